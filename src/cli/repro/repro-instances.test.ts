import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli, temporaryDirectory, type Ended } from "../cli.test.kit.js";
import { freePort } from "../../receivers/free-port.test.kit.js";

/** Counts in a directory that all instances share; what it remembers is in memory, or there as well. */
const receiver = (remembers: string, marks: string, workMs: number): string => `
  const { appendFileSync, existsSync, readFileSync } = require("node:fs");
  const [, , directory, port] = process.argv;
  const seen = new Set();
  const at = (kind, id) => directory + "/" + kind + id;
  require("node:http").createServer(async (request, response) => {
    const asked = /^\\/processed\\/(.*)$/.exec(request.url)?.[1];
    if (asked) return response.end(String(existsSync(at("done-", asked)) ? readFileSync(at("done-", asked)).length : 0));
    request.resume();
    const id = request.headers["x-scriptix-session"];
    if (${remembers}) return response.end("known");
    ${marks};
    await new Promise((done) => setTimeout(done, ${workMs}));
    appendFileSync(at("done-", id), "x");
    response.end();
  }).listen(port, "127.0.0.1");`;

const inMemory = ["seen.has(id)", "seen.add(id)"] as const;
const inFile = ['existsSync(at("mark-", id))', 'appendFileSync(at("mark-", id), "x")'] as const;

async function repro(scenario: string, source: string, instances = 1): Promise<Ended> {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "kept"));
  writeFileSync(join(directory, "receiver.cjs"), source);
  const ports = await Promise.all(Array.from({ length: instances }, freePort));
  const each = ports.flatMap((port) => [
    "--exec",
    `exec node receiver.cjs kept ${port}`,
    "--url",
    `http://127.0.0.1:${port}/hook`,
  ]);
  const probe = `http://127.0.0.1:${ports[0]}/processed/{sessionId}`;
  // Longer than the longest work, so that what is done is seen.
  return runCli(["repro", scenario, ...each, "--probe-url", probe, "--settle", "10s"], { cwd: directory });
}

describe.concurrent("a receiver that is killed", () => {
  test("between mark and work has lost the work", async () => {
    const { stdout, code } = await repro("crashed-at-work", receiver(...inFile, 5000));
    expect(stdout).toContain("crash:300ms: it is delivered, and 0.3 s later the receiver is killed");
    expect(stdout).toContain("expected processed once, got processed never");
    expect(code).toBe(1);
  });

  test("when it had answered is told so, and no retry comes", async () => {
    const { stdout, code } = await repro("crash:500ms,pass", receiver(...inFile, 0));
    expect(stdout).toMatch(/came back: 200 OK\n.*\n +the receiver was killed, whatever it was at/);
    expect(stdout).toContain("as expected: acknowledged by attempt 1, processed once");
    expect(code).toBe(0);
  });

  test("is started anew at the end of the attempt before its restart, with the work that it had in hand lost", async () => {
    const { stdout, code } = await repro("hang-up,restart", receiver(...inFile, 5000));
    expect(stdout).toMatch(/attempt 2 is due at[^\n]*\n +the receiver was restarted\n00:01:00/);
    expect(stdout).toContain("expected processed once, got processed never");
    expect(code).toBe(1);
  });
});

test("a retry on another instance is processed again where each remembers for itself", async () => {
  const forgetful = await repro("retried-on-another-instance", receiver(...inMemory, 0), 2);
  expect(forgetful.stdout).toContain("expected processed once, got processed 2 times");
  const shared = await repro("retried-on-another-instance", receiver(...inFile, 0), 2);
  expect(shared.stdout).toContain("as expected: acknowledged by attempt 2, processed once");
});

test("what the receiver fails itself is told apart from what a gateway answers in its stead", async () => {
  const source = `require("node:http").createServer((q, r) => { r.statusCode = 500; r.end("0") }).listen(process.argv[3], "127.0.0.1")`;
  const { stdout } = await repro("503,pass", source);
  expect(stdout).toContain("the gateway answered 503, not a 2XX");
  expect(stdout).toContain("the receiver answered 500, not a 2XX");
  expect(stdout).toContain(
    "got abandoned after 6 attempts; the receiver itself answered 500 to attempts 2, 3, 4, 5 and 6",
  );
});

test.each([
  [["--exec", "true", "--exec", "true", "--url", "http://127.0.0.1:9/"], "as many of one as of the other, got 2 and 1"],
  [
    ["--url", "http://127.0.0.1:9/", "--url", "http://[::1]:9/", "--url", "http://127.0.0.2/"],
    "two of them at most, got 3",
  ],
])("instances that do not fit are a mistake: %j", async (args, says) => {
  const { stderr, code } = await runCli(["repro", "pass", ...args]);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});
