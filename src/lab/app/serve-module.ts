import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { systemClock } from "../../clock/system-clock.js";
import { UsageError } from "../../errors.js";
import { assertFile, startTimeoutMs } from "./app-file.js";
import { deferred, type Deferred } from "./deferred.js";
import { errorText } from "./error-text.js";
import type { FromServedApp, ServedAppStart, ToServedApp } from "./messages.js";
import { loadersFor, programUrl } from "./worker-file.js";

/** An app of a module that is served in wall time, in a thread of its own. */
export interface ServedModule {
  /** On loopback. */
  readonly port: number;
  /** What the module exports so; null where it does not. */
  readonly processed: ((sessionId: string, documentId: string) => Promise<number>) | null;
  /** Resolves as long as it answers as an app does. @throws UsageError `ERR_APP` once it was seen to be none. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** @throws UsageError `ERR_APP` where the app cannot be used. */
export async function serveModule(given: string): Promise<ServedModule> {
  const file = resolve(given);
  await assertFile("app", given, file);
  const start: ServedAppStart = { loaders: loadersFor(file), fileUrl: pathToFileURL(file).href };
  const worker = new Worker(programUrl("worker/served-app", import.meta.url), { workerData: start, argv: [] });
  const unusable = (reason: string): UsageError => new UsageError("ERR_APP", `app ${given}: ${reason}`);
  const serves = deferred<{ readonly port: number; readonly tellsProcessed: boolean }>();
  const asked = new Map<number, Deferred<number>>();
  let trouble: UsageError | null = null;
  const fail = (reason: string): void => {
    trouble ??= unusable(reason);
    serves.reject(trouble);
    for (const answer of asked.values()) answer.reject(trouble);
    asked.clear();
  };
  const gone = new Promise<void>((end) => worker.once("exit", () => end()));
  worker.once("error", (error) => fail(`an error that nothing caught ended it: ${errorText(error)}`));
  worker.once("exit", (code) => fail(`it ended itself with exit code ${code}`));
  worker.on("message", (message: FromServedApp) => {
    switch (message.kind) {
      case "serves":
        return serves.resolve(message);
      case "unusable":
        return fail(message.reason);
      case "counted":
        return asked.get(message.question)?.resolve(message.count);
      case "uncounted":
        return asked.get(message.question)?.reject(new Error(message.reason));
    }
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  const post = (message: ToServedApp): void => worker.postMessage(message);
  const late = systemClock.timer(startTimeoutMs, () =>
    fail(`it was not loaded and ready after ${startTimeoutMs / 1000} seconds`),
  );
  let count = 0;
  try {
    const { port, tellsProcessed } = await serves.promise;
    const processed = async (sessionId: string, documentId: string): Promise<number> => {
      if (trouble !== null) throw trouble;
      count += 1;
      const question = count;
      const answer = deferred<number>();
      asked.set(question, answer);
      post({ question, sessionId, documentId });
      try {
        return await answer.promise;
      } finally {
        asked.delete(question);
      }
    };
    return {
      port,
      processed: tellsProcessed ? processed : null,
      async settle() {
        if (trouble !== null) throw trouble;
      },
      async close() {
        await worker.terminate();
        await gone;
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    late.cancel();
  }
}
