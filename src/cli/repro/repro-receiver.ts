import type { Clock } from "../../clock/clock.js";
import type { VirtualClock } from "../../clock/virtual-clock.js";
import type { Contract } from "../../contract/contract.js";
import { accompanied } from "../../lab/accompanied.js";
import { advancing } from "../../lab/advancing.js";
import { twoInstances } from "../../lab/two-instances.js";
import type { CallbackUrl } from "../../sender/callback-url.js";
import type { LabReceiver, ReceiverListener } from "../../lab/lab-receiver.js";
import { printAside } from "../print.js";
import { advanceCommand } from "../advance-command.js";
import type { ReproSettings } from "./repro-settings.js";

export interface StartOptions {
  readonly settings: ReproSettings;
  readonly clock: Clock;
  readonly contract: Contract;
  readonly on: ReceiverListener;
  readonly signal: AbortSignal;
}

/** Beside what is printed, for it is another on each run. */
export const sayWaits = (what: string): void => printAside(`waiting for ${what}`);

/** Starts the receiver that was chosen, or gets ready to reach it. @throws UsageError where it cannot be started. */
export async function startReceiver(options: StartOptions): Promise<LabReceiver> {
  const command = options.settings.options["advance-command"];
  const startAt = options.clock.now();
  const receiver = await besideCompanions(options);
  return command === undefined ? receiver : advancing(receiver, advanceCommand(command), startAt, options.signal);
}

async function besideCompanions(options: StartOptions): Promise<LabReceiver> {
  const { settings, clock, on, signal } = options;
  const { with: commands, "time-travel": timeTravel, "start-timeout": startTimeoutMs } = settings.options;
  if (commands.length === 0) return chosenReceiver(options);
  const { startCompanions } = await import("../../lab/process/companions.js");
  const { startTime } = await import("../../lab/process/time-travel.js");
  // All of it is to be started before the scenario begins, by its own clock.
  const early = startTimeoutMs * (commands.length + 1);
  const time = timeTravel ? await startTime(clock.now() - early) : null;
  const companions = await startCompanions({
    commands,
    time,
    startTimeoutMs,
    on,
    now: () => clock.now(),
    env: process.env,
    signal,
  });
  try {
    await time?.travelTo(clock.now() - startTimeoutMs, companions.pids());
    return accompanied(await chosenReceiver(options), companions);
  } catch (error) {
    await companions.close();
    throw error;
  }
}

async function chosenReceiver({ settings, clock, contract, on, signal }: StartOptions): Promise<LabReceiver> {
  const { chosen, options, network, probe } = settings;
  switch (chosen.kind) {
    case "embedded":
      return (await import("../../lab/acknowledging-receiver.js")).startAcknowledgingReceiver(clock, contract);
    case "app": {
      const { startAppReceiver } = await import("../../lab/app/app-receiver.js");
      const { file, path, probePath } = chosen;
      const app = await startAppReceiver({
        file,
        path,
        clock: clock as VirtualClock,
        on,
        signal,
        contract,
        waits: sayWaits,
        ...(probePath !== null && { probePath }),
      });
      return probe === null ? app : { ...app, probe };
    }
    case "process": {
      const { startProcessReceiver } = await import("../../lab/process/process-receiver.js");
      const start = ({ command, url }: { readonly command: string; readonly url: CallbackUrl }): Promise<LabReceiver> =>
        startProcessReceiver({
          command,
          url,
          network,
          timeTravel: options["time-travel"],
          startAt: clock.now(),
          startTimeoutMs: options["start-timeout"],
          on,
          now: () => clock.now(),
          probe,
          env: process.env,
          signal,
        });
      const first = await start(chosen);
      if (chosen.other === null) return first;
      try {
        return twoInstances(first, await start(chosen.other));
      } catch (error) {
        await first.close();
        throw error;
      }
    }
    case "url":
      return {
        kind: "url",
        title: chosen.url.display,
        url: chosen.url,
        network,
        ...(chosen.other !== null && { other: chosen.other.url }),
        sharesTime: false,
        probe,
        close: async () => {},
      };
  }
}
