import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished, test } from "vitest";
import type { Capture } from "../../capture/capture.js";
import { captured } from "../../capture/capture.test.kit.js";
import { printed, readReport, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";

const url = /receiver.*: (https?:\S+)\n/;

/** A receiver that captures; `next` waits for the next capture that it says it has written. */
async function startCapturing(...args: string[]) {
  const cwd = temporaryDirectory();
  const { child, ended } = startCli(["receiver", "--capture", "calls/here", ...args], {
    cwd,
    env: { KEY: "k3y-value" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [, to = ""] = await printed(child.stdout, url);
  const directory = join(cwd, "calls/here");
  const captures = (): Capture[] =>
    readdirSync(directory)
      .toSorted()
      .map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")) as Capture);
  const stop = async (): Promise<string> => {
    child.kill("SIGINT");
    const { stdout, stderr } = await ended;
    return stdout + stderr;
  };
  return { to, directory, captures, stop, next: () => printed(child.stdout, /captured .*: .*\n/) };
}

/** Writes a request as it is, and reads to the end of the answer. */
async function raw(to: string, ...lines: string[]): Promise<void> {
  const { hostname, port } = new URL(to);
  const socket = connect(Number(port), hostname);
  socket.end(lines.join("\r\n"));
  socket.resume();
  await once(socket, "close");
}

const body = '{"sessionId":"../s 1","zoom_id":"../s 1","echo":"qu3ry-secret"}';
const request = (to: string, target: string): string[] => [
  `POST ${target} HTTP/1.1`,
  `host: ${new URL(to).host}`,
  "X-API-key: k3y-value",
  "Authorization: Bearer t0ken-secret",
  "Cookie: sid=c00kie-secret",
  "content-TYPE: application/json",
  "x-scriptix-session: ../s 1",
  `Content-Length: ${body.length}`,
  "Connection: close",
  "",
  body,
];

test.each([
  ["the reference receiver", ["-H", "X-Api-Key: ${KEY}"]],
  ["a scripted receiver", ["--script", "200"]],
])("%s writes what comes as it came, without secrets", async (_, args) => {
  const { to, directory, captures, stop, next } = await startCapturing(...args);
  const first = next();
  await raw(to, ...request(to, "/webhook?token=qu3ry-secret"));
  await first;
  const [capture] = captures();
  expect(capture?.request).toEqual({
    method: "POST",
    target: "/webhook?token=[removed]",
    httpVersion: "1.1",
    headers: [
      ["host", "[removed]"],
      ["X-API-key", "[removed]"],
      ["Authorization", "[removed]"],
      ["Cookie", "[removed]"],
      ["content-TYPE", "application/json"],
      ["x-scriptix-session", "../s 1"],
      ["Content-Length", String(body.length)],
      ["Connection", "close"],
    ],
    body: { encoding: "text", data: body.replace("qu3ry-secret", "[removed]"), cut: false },
  });
  expect(readdirSync(directory)).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d.-]+Z-.._s_1\.json$/)]);

  const second = next();
  await raw(to, ...request(to, "/webhook?token=qu3ry-secret"));
  await second;
  expect(captures()).toHaveLength(2);

  const output = await stop();
  expect(output).toContain("request/legacy-session-header: expected X-Zoom-Session: ../s 1, got no such header");
  expect(output + JSON.stringify(captures())).not.toMatch(/k3y-value|t0ken-secret|c00kie-secret|qu3ry-secret/);
});

it("captures what the receiver refuses as well, to its last byte", async () => {
  const { to, captures, stop, next } = await startCapturing("-H", "X-Api-Key: ${KEY}");
  for (const lines of [
    ["PUT /webhook HTTP/1.1", "Host: h", "Content-Length: 4", "Connection: close", "", "{bad"],
    [
      "POST /elsewhere HTTP/1.1",
      "Host: h",
      "Transfer-Encoding: chunked",
      "Connection: close",
      "",
      "2",
      "ab",
      "0",
      "",
      "",
    ],
    ["POST /webhook HTTP/1.1", "Host: h", "X-Api-Key: k3y-value", "Content-Length: 90", "", "{"],
  ]) {
    const written = next();
    await raw(to, ...lines);
    await written;
  }
  expect(
    captures().map(
      ({
        request: {
          method,
          target,
          body: { data, cut },
        },
      }) => [method, target, data, cut],
    ),
  ).toEqual([
    ["PUT", "/webhook", "{bad", false],
    ["POST", "/[removed]", "ab", false],
    ["POST", "/webhook", "{", true],
  ]);
  const output = await stop();
  expect(output).toContain("request/post-json: expected POST, got PUT");
  expect(output).toContain("auth/custom-headers: expected X-Api-Key, as configured, got no such header");
});

it("says of a callback that keeps to the contract that it does, and changes nothing for its sender", async () => {
  const { to, stop } = await startCapturing("--script", "503,200");
  const { code, stdout } = await runCli(["send", to, "--skip-waits"]);
  expect(stdout).toContain("acknowledged by attempt 2");
  expect(code).toBe(0);
  expect((await stop()).match(/captured .*: as documented\n/g)).toHaveLength(2);
});

test.each([
  [["--capture", "file"], /^error: --capture file: expected a path that can be written, but .*\n$/],
  [["--capture", "calls", "--faulty", "catch-all"], /^error: --capture: expected no --faulty beside it; .*\n$/],
])("receiver %j is refused before it starts", async (args, sentence) => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "file"), "");
  const { code, stdout, stderr } = await runCli(["receiver", ...args], { cwd });
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

/** A capture in a file, for a run. */
function withCapture(changes: Parameters<typeof captured>[0], name = "call.json"): string {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, name), JSON.stringify(captured(changes)));
  return cwd;
}

const odd = {
  headers: [
    ["user-agent", "scriptix/3"],
    ["content-type", "application/json; charset=utf-8"],
    ["X-SCRIPTIX-SESSION", "s-1"],
    ["X-Api-Key", "was-secret"],
    ["X-Forwarded-For", "192.0.2.1"],
  ],
  body: '{ "meta": {}, "sessionId": "s-1", "job": {"id": "s-1", "note": "a}"} }\n',
} as const;

it("a run sends and varies the captured callback, and the report says where that strays", async () => {
  const cwd = withCapture(odd);
  const { code, stdout } = await runCli(["run", "--embedded", "--callback", "call.json"], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain("verdict: conformant");
  const { notes, verdict, checks } = readReport({ cwd });
  expect(verdict).toBe("conformant");
  expect(notes).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^The callback that was sent, and varied, is the captured one of call\.json/),
      "The captured callback strays from request/legacy-session-header: expected X-Zoom-Session: s-1, got no such header.",
      expect.stringMatching(/strays from request\/body: expected zoom_id: s-1 .*, got no such member\.$/),
      "Beside what is documented, the body of the captured callback has: meta, job.",
      expect.stringMatching(/were left out; .*: X-Forwarded-For\.$/),
    ]),
  );
  const [attempt] = checks.find(({ id }) => id === "acknowledgement/acknowledges-with-2xx")?.attempts ?? [];
  expect(attempt?.request.body).toBe(odd.body.replaceAll("s-1", attempt?.sessionId ?? ""));
});

it("a run against a URL sends the captured headers in their order and spelling, with its own in their places", async () => {
  const seen: string[][] = [];
  const server = createServer((incoming, answer) => {
    seen.push(incoming.rawHeaders.filter((_, index) => index % 2 === 0));
    incoming.resume().on("end", () => answer.end());
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const cwd = withCapture(odd);
  writeFileSync(
    join(cwd, "config.json"),
    JSON.stringify({ url: to, callback: "call.json", header: ["x-api-key: mine-now"] }),
  );
  const args = ["run", "--config", "config.json", "--local", "--check", "acknowledgement/acknowledges-with-2xx"];
  const { code } = await runCli(args, { cwd });
  expect(code).toBe(0);
  const ours = seen[0]?.filter((name) => !/^(?:host|connection|content-length)$/i.test(name));
  expect(ours).toEqual(["user-agent", "content-type", "X-SCRIPTIX-SESSION", "X-Api-Key"]);
  expect(readFileSync(join(cwd, "reports/report.json"), "utf8")).not.toContain("mine-now");
});

it("a secret that was written into the file is in no output", async () => {
  const cwd = temporaryDirectory();
  const capture = captured();
  const headers = [...capture.request.headers, ["X-Api-Key", "by-hand-secret"]];
  writeFileSync(join(cwd, "call.json"), JSON.stringify({ ...capture, request: { ...capture.request, headers } }));
  const args = ["run", "--embedded", "--callback", "call.json", "--check", "acknowledgement/acknowledges-with-2xx"];
  const { stdout, stderr } = await runCli(args, { cwd });
  const reports = readdirSync(join(cwd, "reports"))
    .map((name) => join(cwd, "reports", name))
    .filter((file) => statSync(file).isFile());
  expect(reports.length).toBeGreaterThan(0);
  const written = reports.map((file) => readFileSync(file, "utf8")).join("");
  expect(stdout + stderr + written).not.toContain("by-hand-secret");
});

test.each([
  ["that is no JSON", "{", /^error: --callback call\.json, line 1, column 2: expected JSON .*\n$/],
  [
    "without keys",
    "{}",
    /^error: --callback call\.json, line 1, column 1: expected the keys "schemaVersion", .*, got none\n$/,
  ],
  [
    "whose body cannot be varied",
    JSON.stringify(captured({ body: "x" })),
    /^error: --callback call\.json: expected a body that is a JSON object .*\n$/,
  ],
  [
    "that was cut",
    JSON.stringify(captured({ bodyIsCut: true })),
    /^error: --callback call\.json: expected a whole callback, .*\n$/,
  ],
])("a run with a callback %s is refused in one sentence", async (_, text, sentence) => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "call.json"), text);
  const { code, stdout, stderr } = await runCli(["run", "--embedded", "--callback", "call.json"], { cwd });
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});
