import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { runCli, temporaryDirectory } from "../cli.test.kit.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A receiver that runs, with a clock of its own that a file moves by the seconds in its lines. */
async function receiver(keepSeconds: number, counts = (_id: string): boolean => true) {
  const file = join(temporaryDirectory(), "passed");
  const now = (): number =>
    existsSync(file)
      ? readFileSync(file, "utf8")
          .split("\n")
          .map(Number)
          .reduce((a, b) => a + b, 0)
      : 0;
  const seenAt = new Map<string, number>();
  const processed = new Map<string, number>();
  const server = createServer((request, response) => {
    request.resume();
    const asked = request.url?.split("/processed/")[1];
    if (asked !== undefined) return void response.end(String(processed.get(asked) ?? 0));
    const id = String(request.headers["x-scriptix-session"]);
    if (now() - (seenAt.get(id) ?? -Infinity) >= keepSeconds) {
      seenAt.set(id, now());
      if (counts(id)) processed.set(id, (processed.get(id) ?? 0) + 1);
    }
    response.end();
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const play = (...more: readonly string[]) =>
    runCli([
      "repro",
      "lost-ack*5,pass",
      "--url",
      `${origin}/hook`,
      "--probe-url",
      `${origin}/processed/{sessionId}`,
      ...more,
    ]);
  return { file, play };
}

describe("repro --advance-command", () => {
  test.each([
    [600, "expected processed once, got processed 3 times", 1],
    [7200, "as expected: acknowledged by attempt 6, processed once", 0],
  ])("has a memory of %i seconds pass on a receiver that runs", async (seconds, sentence, code) => {
    const { file, play } = await receiver(seconds);
    const ended = await play("--advance-command", `echo {seconds} >> '${file}'`);
    expect(ended.stdout).toContain(sentence);
    expect(ended.code).toBe(code);
  });

  test("that fails leaves nothing to be said of the receiver", async () => {
    const { file, play } = await receiver(600);
    appendFileSync(file, "0\n");
    const { stdout, stderr, code } = await play("--advance-command", "echo no such clock >&2; exit 4");
    expect(stdout).not.toContain("as expected");
    expect(stderr).toMatch(/^error: .*no such clock.*nothing can be said about the receiver\n$/s);
    expect(code).toBe(3);
  });

  test("that is not given leaves a receiver that runs unjudged by what rests on time", async () => {
    const { play } = await receiver(600);
    const { stdout, code } = await play();
    expect(stdout).toContain("INCONCLUSIVE: not observable: the receiver's clock did not move");
    expect(code).toBe(3);
  });
});

test("a probe is believed only once it has told of a session that was surely processed before the scenario", async () => {
  const sessions: string[] = [];
  const { file, play } = await receiver(7200, (id) => {
    sessions.push(id);
    return sessions.length > 1;
  });
  const { stdout, code } = await play("--advance-command", `echo {seconds} >> '${file}'`, "--settle", "100ms");
  expect(new Set(sessions).size).toBe(2);
  expect(stdout).toContain("did not count a control session that was acknowledged");
  expect(code).toBe(3);
});

describe("repro --start-at", () => {
  const app = (): string => {
    const file = join(temporaryDirectory(), "app.mjs");
    writeFileSync(
      file,
      `export const processed = () => 1;
      export default (request, response) => { request.resume(); console.log(new Date().toISOString()); response.end(); };`,
    );
    return file;
  };

  test("has an app live at that moment, and its dates shown as they are", async () => {
    const args = ["repro", "503,pass", "--app", app(), "--start-at", "2027-02-28T23:59:30Z"];
    const { stdout, code } = await runCli(args);
    expect(stdout).toContain("the receiver printed: 2027-03-01T00:00:30.000Z");
    expect(code).toBe(0);
    expect((await runCli(args)).stdout).toBe(stdout);
    expect(JSON.parse((await runCli([...args, "--json"])).stdout)).toMatchObject({
      startedAt: "2027-02-28T23:59:30.000Z",
    });
  });

  test("that is no time is told so", async () => {
    const { stderr, code } = await runCli(["repro", "pass", "--app", app(), "--start-at", "tomorrow"]);
    expect(stderr).toContain('--start-at: expected a time such as 2025-01-01T00:00:00Z, got "tomorrow"');
    expect(code).toBe(2);
  });
});
