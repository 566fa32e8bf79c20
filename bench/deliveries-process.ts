import { virtualClock } from "../src/clock/virtual-clock.js";
import { createSender } from "../src/sender/sender.js";
import { sideBySide, timeMs } from "./rounds.js";
import { sessionId } from "./session-id.js";

/**
 * So many six-attempt deliveries under virtual time, 50 at once: `deliveries-process.js ORIGIN COUNT WARM-UP`. It has a
 * process of its own because peak memory is the process's, and tells its parent what they cost.
 */
export interface DeliveriesCost {
  /** Time of the processor per delivery, in microseconds: what others do on the machine does not count. */
  readonly cpuUs: number;
  /** Time that passed per delivery, in microseconds. */
  readonly wallUs: number;
  readonly peakRssMb: number;
  readonly peakHeapMb: number;
}

const [origin, countText, warmUpText] = process.argv.slice(2);
const [count, warmUp] = [Number(countText), Number(warmUpText)];
const width = 50;
const heapSampleEvery = 500;
let peakHeapBytes = 0;

const clock = virtualClock();
const sender = createSender({ url: `${origin}/hook`, pooledConnections: width, clock, deadlineClock: clock });

const deliver = async (index: number): Promise<void> => {
  const { attempts } = await sender.deliver({ sessionId: sessionId(index) });
  if (attempts.length !== 6) throw new Error(`a delivery had ${attempts.length} attempts`);
  if (index % heapSampleEvery === 0) peakHeapBytes = Math.max(peakHeapBytes, process.memoryUsage().heapUsed);
};

await sideBySide(warmUp, width, deliver);
const before = process.cpuUsage();
const wallMs = await timeMs(() => sideBySide(count, width, deliver));
const { user, system } = process.cpuUsage(before);
const cost: DeliveriesCost = {
  cpuUs: (user + system) / count,
  wallUs: (wallMs * 1000) / count,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
  peakHeapMb: peakHeapBytes / 1024 ** 2,
};
clock.close();
await sender.close();
process.send?.(cost, () => process.disconnect());
