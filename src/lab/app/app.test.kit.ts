import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { virtualClock, type VirtualClock } from "../../clock/virtual-clock.js";
import type { Attempt } from "../../sender/attempt.js";
import type { Delivery } from "../../sender/delivery.js";
import { createSender, type AttemptOptions, type Sender } from "../../sender/sender.js";
import type { LabReceiver, ReceiverEvent } from "../lab-receiver.js";
import { startAppReceiver, type AppReceiverOptions } from "./app-receiver.js";

/** An app that runs, a sender for it, and what it did. Times are in seconds since the start. */
export interface RunningApp {
  readonly receiver: LabReceiver;
  readonly clock: VirtualClock;
  readonly sender: Sender;
  readonly events: readonly ReceiverEvent[];
  seconds(): number;
  /** The lines that it printed. */
  printed(): string[];
  deliver(sessionId?: string): Promise<Delivery>;
  attempt(sessionId?: string, options?: AttemptOptions): Promise<Attempt>;
  processed(sessionId?: string): Promise<number | undefined>;
  close(): Promise<void>;
}

const running = new Set<RunningApp>();
const directories: string[] = [];

export async function closeApps(): Promise<void> {
  await Promise.all([...running].map((app) => app.close()));
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
}

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/apps/${name}`, import.meta.url));

export async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "app-"));
  directories.push(directory);
  return directory;
}

/** A module with this source. */
export async function moduleOf(source: string, extension = ".mjs"): Promise<string> {
  const file = join(await emptyDirectory(), `app${extension}`);
  await writeFile(file, source);
  return file;
}

/** An app that does the work of a session, `id`, where this expression says that it is new to it, and tells how often. */
export const workingWhere = (isNew: string, before: string): Promise<string> =>
  moduleOf(`${before}
    const counts = new Map();
    export const processed = (id) => counts.get(id) ?? 0;
    export default async (request, response) => {
      const id = request.headers["x-scriptix-session"];
      request.resume();
      if (${isNew}) counts.set(id, processed(id) + 1);
      response.end();
    };`);

export async function startApp(file: string, options: Partial<AppReceiverOptions> = {}): Promise<RunningApp> {
  const clock = virtualClock();
  const startedAt = clock.now();
  const events: ReceiverEvent[] = [];
  const receiver = await startAppReceiver({
    file,
    path: "/webhook",
    clock,
    on: (event) => void events.push(event),
    ...options,
  });
  const sender = createSender({ url: receiver.url, network: receiver.network ?? {}, clock, deadlineClock: clock });
  const rested = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    await clock.sleep(0);
    return result;
  };
  const app: RunningApp = {
    receiver,
    clock,
    sender,
    events,
    seconds: () => (clock.now() - startedAt) / 1000,
    printed: () => events.flatMap((event) => (event.kind === "printed" ? [event.text] : [])),
    deliver: (sessionId = "session-1") => rested(sender.deliver({ sessionId })),
    attempt: (sessionId = "session-1", how = {}) => rested(sender.attempt(sender.callback(sessionId), how)),
    processed: async (sessionId = "session-1") => receiver.probe?.count(sessionId, new AbortController().signal),
    async close() {
      running.delete(app);
      await sender.close();
      await receiver.close();
      clock.close();
    },
  };
  running.add(app);
  return app;
}

/** An app of a listener's body, in which `request`, `response` and `count`, the number of the request, are known. */
export const appDoing = async (body: string, before = ""): Promise<RunningApp> =>
  startApp(
    await moduleOf(`${before}
      let count = 0;
      export default async (request, response) => {
        count += 1;
        request.resume();
        ${body}
      };`),
  );
