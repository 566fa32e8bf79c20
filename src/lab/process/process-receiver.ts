import type { LabReceiver } from "../lab-receiver.js";
import { assertDateFollows } from "./follows-time.js";
import { ProcessHost, portTaken } from "./process-host.js";
import { defaultStartTimeoutMs, type ProcessReceiverOptions } from "./process-options.js";
import { accepts, localEndpoint } from "./this-machine.js";
import { startTime } from "./time-travel.js";

/** Any local process. */
export interface ProcessReceiver extends LabReceiver {
  readonly kind: "process";
  /** The last ten lines that it printed, fit to be shown. */
  output(): readonly string[];
  /**
   * For after an attempt whose connection failed: resolves at once while the process lives, and else when it is dead
   * and its end was told, so that the end stands beside the attempt that caused it and not at some later one.
   */
  settle(): Promise<void>;
  /** Sentences on what of the process does not follow the scenario's clock. */
  caveats(): readonly string[];
}

/**
 * Starts the command and waits until it accepts connections.
 * @throws UsageError `ERR_EXEC_URL` for a URL of another machine, `ERR_EXEC_PORT` for a port that is taken, `ERR_EXEC`
 * with the last output for a command that cannot be started, ends, or does not listen in time, `ERR_TIME_TRAVEL` for a
 * clock that cannot be moved.
 */
export async function startProcessReceiver(options: ProcessReceiverOptions): Promise<ProcessReceiver> {
  const endpoint = await localEndpoint(options.url, options.network);
  if (await accepts(endpoint)) throw portTaken(endpoint.port, "before the command was started");
  const { startAt, startTimeoutMs = defaultStartTimeoutMs } = options;
  // It starts that much before the scenario, so that its clock need not be held back for the first attempt.
  const time = options.timeTravel ? await startTime(startAt - startTimeoutMs) : null;
  const host = new ProcessHost(options, endpoint, time);
  try {
    await host.start();
  } catch (error) {
    await host.close();
    throw error;
  }
  return {
    kind: "process",
    title: options.timeTravel ? "a local process, its clock moved" : "a local process",
    url: options.url,
    ...(options.network && { network: options.network }),
    sharesTime: false,
    probe: options.probe,
    ...(time && {
      travelTo: (now: number) => host.travelTo(now),
      attempt: () => host.attempt(),
      ownTime: () => host.met(),
      assertFollows: (date: string, now: number) => assertDateFollows(date, now, now - startAt),
    }),
    restart: () => host.restart(),
    crash: () => host.crash(),
    output: () => host.output(),
    settle: () => host.settle(),
    heard: () => host.heard(),
    caveats: () => host.caveats(),
    close: () => host.close(),
  };
}
