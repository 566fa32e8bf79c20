import { Pool } from "undici";
import { virtualClock } from "../src/clock/virtual-clock.js";
import { createSender } from "../src/sender/sender.js";
import { bareRequest, sendBare } from "./bare-request.js";
import { startReceiver } from "./receiver-process.js";
import { perSecond, playRounds, sideBySide } from "./rounds.js";
import { row, type Plan, type Row } from "./row.js";
import { sessionId } from "./session-id.js";

const connections = 50;
const deliveriesSideBySide = 200;
const attemptsOfADelivery = 6;

/** Attempts a second while deliveries that are never acknowledged live through their 53 minutes side by side. */
export async function virtualThroughput({ rounds, scale }: Plan): Promise<Row[]> {
  const deliveries = Math.ceil(2500 * scale);
  const count = deliveries * attemptsOfADelivery;
  const receiver = await startReceiver(503);
  const clock = virtualClock();
  const sender = createSender({
    url: `${receiver.origin}/hook`,
    pooledConnections: connections,
    clock,
    deadlineClock: clock,
  });
  const pool = new Pool(receiver.origin, { connections });
  const bare = bareRequest(sender.callback(sessionId(0)));
  try {
    const figures = await playRounds(rounds, {
      ours: () =>
        perSecond(count, () =>
          sideBySide(deliveries, deliveriesSideBySide, async (index) => {
            const { attempts } = await sender.deliver({ sessionId: sessionId(index) });
            if (attempts.length !== attemptsOfADelivery) throw new Error(`a delivery had ${attempts.length} attempts`);
          }),
        ),
      bare: () => perSecond(count, () => sideBySide(count, connections, () => sendBare(pool, bare, 503))),
    });
    return [
      row(
        {
          id: "virtual-throughput",
          what: `attempts under virtual time, ${deliveriesSideBySide} deliveries side by side`,
          unit: "per second",
          peer: "bare Pool.request",
          goal: { of: "ratio", bound: "at-least", value: 0.85 },
        },
        figures.ours,
        figures.bare,
      ),
    ];
  } finally {
    clock.close();
    await Promise.all([sender.close(), pool.destroy()]);
    await receiver.close();
  }
}
