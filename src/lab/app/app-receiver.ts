import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { systemClock } from "../../clock/system-clock.js";
import type { VirtualClock } from "../../clock/virtual-clock.js";
import { defaults } from "../../defaults.js";
import { UsageError } from "../../errors.js";
import { showControlCharacters } from "../../report/control-character.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import type { EffectsProbe } from "../../runner/effects-probe.js";
import type { Network } from "../../sender/open-connection.js";
import type { LabReceiver, ReceiverListener } from "../lab-receiver.js";
import { assertFile, startTimeoutMs } from "./app-file.js";
import { AppThread, type AppNews } from "./app-thread.js";
import { createBridge } from "./bridge.js";
import { exportProbe, pathProbe } from "./app-probes.js";
import { deferred } from "./deferred.js";
import { loadersFor } from "./worker-file.js";
import { sessionHeaderOf } from "../../contract/message.js";
import type { Contract } from "../../contract/contract.js";

export interface AppReceiverOptions {
  /** Of the app's module. */
  readonly file: string;
  /** Of the callback URL, with its query, such as `/webhook`. */
  readonly path: string;
  /** The scenario's; the app lives on it. */
  readonly clock: VirtualClock;
  readonly on: ReceiverListener;
  /** Path of the app, with `{sessionId}` in it, that tells how often a session was processed. */
  readonly probePath?: string;
  /** @default the contract of batch jobs */
  readonly contract?: Contract;
  /** @default this process's own */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Told of what the app waits for, and so does the scenario, longer than a second of wall time. */
  readonly waits?: (what: string) => void;
  /** @default that of the app's thread */
  readonly blockedAfterMs?: number;
  /** Ends the start. */
  readonly signal?: AbortSignal;
}

const keptLines = 10;

/** The app has no address of its own: it is reached wherever the bridge is. */
const origin = "http://localhost";

/**
 * Loads an app into a thread of its own that lives on the scenario's clock: its `Date` and its timers move with it, while
 * its I/O is real and takes no time.
 * @throws UsageError `ERR_APP` with the last output where the app cannot be used.
 */
export async function startAppReceiver(options: AppReceiverOptions): Promise<LabReceiver> {
  const { clock, on, probePath, signal, contract = defaults.contract } = options;
  const file = resolve(options.file);
  await assertFile("--app", options.file, file);
  const loaders = loadersFor(file);
  signal?.throwIfAborted();
  const lastLines: string[] = [];
  const ownTime = new Set<string>();
  const probe = exportProbe(contract, (question) => thread.post({ kind: "count", ...question }));
  const loaded = deferred<boolean>();
  let isLoaded = false;
  let misuse: UsageError | null = null;
  const bridge = await createBridge(clock, (message) => thread.post(message));

  const thread: AppThread = new AppThread({
    start: {
      loaders,
      fileUrl: pathToFileURL(file).href,
      sessionHeader: sessionHeaderOf(contract.request)?.toLowerCase() ?? null,
    },
    clock,
    env: options.env,
    blockedAfterMs: options.blockedAfterMs,
    told: (message) => told(message),
    ended(how) {
      loaded.reject(unusable(`while it was loaded, ${how}`));
      bridge.collapse();
      probe.end(how);
      if (isLoaded) on({ kind: "crashed", at: clock.now(), text: how });
    },
  });

  function told(message: AppNews): void {
    switch (message.kind) {
      case "loaded":
        isLoaded = true;
        return loaded.resolve(message.tellsProcessed);
      case "unusable":
        misuse = unusable(message.reason);
        return loaded.reject(misuse);
      case "printed": {
        const text = showControlCharacters(message.text);
        lastLines.push(text);
        if (lastLines.length > keptLines) lastLines.shift();
        return on({ kind: "printed", at: message.at, text });
      }
      case "own-time":
        return void ownTime.add(message.name);
      case "waits":
        return options.waits?.(showControlCharacters(message.what));
      case "answered-late":
        return on(message);
      case "counted":
      case "uncounted":
        return probe.answered(message);
      case "bytes":
      case "end":
      case "destroy":
      case "reset":
        return bridge.carry(message);
    }
  }

  function unusable(reason: string): UsageError {
    const output =
      lastLines.length === 0 ? "" : `; its last output:\n${lastLines.map((line) => `  ${line}`).join("\n")}`;
    return new UsageError("ERR_APP", `--app ${options.file}: ${reason}${output}`);
  }

  const late = systemClock.timer(startTimeoutMs, () =>
    loaded.reject(unusable(`it was not loaded and ready after ${startTimeoutMs / 1000} seconds`)),
  );
  const interrupt = (): void => loaded.reject(signal?.reason as Error);
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const tellsProcessed = await loaded.promise;
    const network: Partial<Network> = { route: () => ({ host: "127.0.0.1", port: bridge.port }) };
    const paths = probePath === undefined ? null : pathProbe({ origin, path: probePath, contract, network, clock });
    return {
      kind: "app",
      title: `the app ${basename(options.file)}`,
      url: parseCallbackUrl(`${origin}${options.path}`),
      network,
      sharesTime: true,
      ownTime: () => [...ownTime].sort(),
      takesAlong: (bring) => thread.takeAlong(bring),
      probe: atRest(paths ?? (tellsProcessed ? probe : null), clock),
      async settle() {
        if (misuse !== null) throw misuse;
      },
      async close() {
        await Promise.all([thread.close(), bridge.close(), paths?.close()]);
        probe.end("the app was ended");
      },
    };
  } catch (error) {
    await Promise.all([thread.close(), bridge.close()]);
    throw error;
  } finally {
    late.cancel();
    signal?.removeEventListener("abort", interrupt);
  }
}

/** An app may have something left to do, or to print, when it has answered a question: that too belongs to the scenario. */
function atRest(probe: EffectsProbe | null, clock: VirtualClock): EffectsProbe | null {
  if (probe === null) return null;
  return {
    ...probe,
    async count(sessionId, signal) {
      const count = await probe.count(sessionId, signal);
      // Time moves, by however little, only while the app rests.
      await clock.sleep(0, signal);
      return count;
    },
  };
}
