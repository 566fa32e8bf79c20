import { setMaxListeners } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ProbeError } from "../../runner/effects-probe.js";
import { temporaryDirectory } from "../cli.test.kit.js";
import { commandProbe } from "./command-probe.js";
import { batch } from "../../contract/batch.js";
import { document } from "../../contract/document.js";

const never = new AbortController().signal;
setMaxListeners(0, never);
const count = (command: string, sessionId = "s1", timeoutMs?: number): Promise<number> =>
  commandProbe(command, batch, timeoutMs).count(sessionId, never);

it.each([
  ["echo 2", 2],
  ["printf 0", 0],
  [`echo '{"processed": 3}'`, 3],
] as const)("reads what %s prints", async (command, expected) => {
  expect(await count(command)).toBe(expected);
});

it("listens once for the end of this process, however many commands run", async () => {
  const before = process.listenerCount("exit");
  const counts = Array.from({ length: 12 }, () => count("echo 1"));
  expect(process.listenerCount("exit")).toBe(before + 1);
  await Promise.all(counts);
  expect(process.listenerCount("exit")).toBe(before);
});

it.each(["{sessionId}", '"$SESSION_ID"'])("passes an id as it is, whatever stands in it, as %s", async (written) => {
  const id = `1'; exit 1; "$(exit 2)" \`exit 3\` $HOME !`;
  expect(await count(`node -p 'process.argv[1].length' ${written}`, id)).toBe(id.length);
  expect(await count(`test ${written} = "$SESSION_ID" && echo 1`, id)).toBe(1);
});

it.each([
  ["./count", ["sessionId", "documentId"]],
  ["./count {sessionId}", ["sessionId"]],
  ['./count "$SESSION_ID"', ["sessionId"]],
  ["./count {sessionId} {documentId}", ["sessionId", "documentId"]],
  ['./count "$SESSION_ID" "$DOCUMENT_ID"', ["sessionId", "documentId"]],
  ['./count {sessionId} "$DOCUMENT_ID"', ["sessionId", "documentId"]],
])("tells apart what it asks about: %s", (command, parts) => {
  expect(commandProbe(command, document).tellsApart).toEqual(parts);
});

it.each([
  ["exit 3", "it ended with exit code 3 and said nothing on stderr"],
  ["echo first >&2; echo second >&2; exit 3", "it ended with exit code 3: first"],
  ["kill -TERM $$", "it was ended by SIGTERM and said nothing on stderr"],
  ["echo many", 'expected an integer, or JSON with an integer "processed", got "many"'],
  ["true", 'expected an integer, or JSON with an integer "processed", got ""'],
  ["head -c 100000 /dev/zero", "it printed more than 65536 bytes"],
])("fails where it cannot tell: %s", async (command, message) => {
  await expect(count(command)).rejects.toThrow(new ProbeError(`the probe command failed: ${message}`));
});

describe("is killed with all that it has started", () => {
  const file = join(temporaryDirectory(), "pid");
  /** Waits for a process that it has started, whose id it writes to the file. */
  const parent = `sleep 60 & echo $! > '${file}'; wait; echo 1`;

  /** Resolves to the id of the process that the command has started. */
  const started = async (): Promise<number> => {
    await expect.poll(() => existsSync(file) && readFileSync(file, "utf8")).toMatch(/\d+\n/);
    const pid = Number(readFileSync(file, "utf8"));
    rmSync(file);
    return pid;
  };
  const isDead = (pid: number): boolean => {
    // One that nobody waits for may linger as a zombie, which runs no more.
    const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[2] : "Z";
    return state === "Z";
  };

  it("when it takes too long", async () => {
    const counted = count(parent, "s1", 500);
    const pid = started();
    await expect(counted).rejects.toThrow(new ProbeError("the probe command failed: it was killed after 0.5 seconds"));
    const id = await pid;
    await expect.poll(() => isDead(id)).toBe(true);
  });

  it("when the run is interrupted, for the reason of that", async () => {
    const controller = new AbortController();
    const counted = commandProbe(parent, batch).count("s1", controller.signal);
    const pid = await started();
    const reason = new Error("the run was interrupted");
    controller.abort(reason);
    await expect(counted).rejects.toBe(reason);
    await expect.poll(() => isDead(pid)).toBe(true);
  });
});
