import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../clock/system-clock.js";
import { UsageError } from "../errors.js";
import { createScriptedReceiver, type ScriptedReceiver } from "../receivers/scripted-receiver.js";
import { cli } from "./cli.js";
import { runCli, temporaryDirectory } from "./cli.test.kit.js";

let receiver: ScriptedReceiver;
beforeAll(async () => {
  receiver = await createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status: 200 }] });
});
afterAll(() => receiver.close());

const URL_ = "<url>";

type Mistake = readonly [args: readonly string[], says: RegExp, files?: Readonly<Record<string, string>>];

/** Arguments, what the sentence must hold, and the files that are there. */
const mistakes: readonly Mistake[] = [
  [["lsit"], /"lsit"; did you mean list\?/],
  [["run", URL_, "--lokal"], /unknown option --lokal; did you mean --local\?/],
  [["list", "--local"], /list: unknown option --local; it belongs to run/],
  [["run", URL_, "http://127.0.0.1/another"], /expected one argument, the url, got 1 more/],
  [["localhost:3000/hook"], /expected an absolute https:\/\/ or http:\/\/ URL/],
  [["run", ""], /the callback URL: expected one, got an empty argument/],
  [["run", "-H", "X-Api-Key: some-key"], /--header: expected a callback URL beside it, got none/],
  [["run", URL_, "-H", "X-Api-Key"], /--header: expected 'Name: value'/],
  [
    ["run", URL_, "-H", "X-Api-Key:"],
    /--header X-Api-Key: expected a value, got none; 'X-Api-Key;' sends an empty one/,
  ],
  [["run", URL_, "-H", "X-Api-Key: ${NO_SUCH_VARIABLE}"], /environment variable NO_SUCH_VARIABLE, which is not set/],
  [["run", URL_, "--check", "no-such/*"], /--check: expected an id or a glob that matches one, got "no-such\/\*"/],
  [["run", URL_, "--level", "requird"], /--level: expected .*, got "requird"; did you mean required\?/],
  [["run", URL_, "--report", "json,html5"], /--report: expected json, junit.*got "html5"/],
  [["run", URL_, "--concurrency", "0"], /--concurrency: expected a whole number from 1 to 256, got "0"/],
  [["run", URL_, "--max-rate", "-1"], /--max-rate: expected a number above zero, got "-1"/],
  [["run", URL_, "--max-rate", "NaN"], /--max-rate: expected a number above zero, got "NaN"/],
  [["run", URL_, "--max-time", "5x"], /--max-time: expected a duration above zero/],
  [["run", URL_, "--max-time", "0"], /--max-time: expected a duration above zero/],
  [["run", URL_, "--out"], /--out: expected a value, got none/],
  [
    ["run", URL_, "--out", "<dir>/file/reports"],
    /--out .*file\/reports.*expected a path that can be written/,
    { file: "" },
  ],
  [["run", URL_, "--ca", "<dir>/none.pem"], /--ca .*none\.pem: expected a readable file, but there is none/],
  [
    ["run", URL_, "--ca", "<dir>/ca.pem"],
    /--ca .*ca\.pem: expected a PEM file with a certificate in it, got one without/,
    { "ca.pem": "x" },
  ],
  [
    ["run", URL_, "--ca", "<dir>/ca.pem"],
    /--ca .*ca\.pem: expected certificates, but number 1 cannot be parsed/,
    { "ca.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" },
  ],
  [["run", URL_, "--connect-to", "nowhere"], /--connect-to: expected HOST1:PORT1:HOST2:PORT2/],
  [["run", URL_, "--proxy", "nowhere"], /--proxy: expected an http:\/\/ or https:\/\/ URL/],
  [["run", URL_, "--credential-header", "X-Other"], /--credential-header: expected the name of a header.*"X-Other"/],
  [["run", URL_, "--session-ids", "<dir>/ids"], /--session-ids .*ids: expected session ids.*got none/, { ids: "\n\n" }],
  [["run", URL_, "--session-command", "echo why >&2; exit 3"], /--session-command: .*got exit code 3: why/],
  [["run", URL_, "--session-command", "true"], /--session-command: expected session ids.*got none/],
  [
    ["run", URL_, "--probe-url", "http://127.0.0.1/processed"],
    /--probe-url: expected an http\(s\) URL with {sessionId}/,
  ],
  [
    ["run", URL_, "--probe-url", "http://127.0.0.1/{sessionId}", "--probe-command", "echo 1"],
    /--probe-url and --probe-command: expected one of them, got both/,
  ],
  [["run", "--probe-command", "echo 1"], /--probe-command: expected a callback URL beside it, got none/],
  [["run", "--results-api", "4000"], /--results-api: expected a callback URL beside it, got none/],
  [["run", URL_, "--results-api", "4000"], /--results-api: expected --results-token with the token.*got none/],
  [
    ["run", URL_, "--results-api", "70000", "--results-token", "t"],
    /--results-api: expected \[HOST:\]PORT such as 4000 .*got "70000"/,
  ],
  [
    ["run", URL_, "--results-api", "localhost", "--results-token", "t"],
    /--results-api: expected \[HOST:\]PORT .*got "localhost"/,
  ],
  [
    ["run", URL_, "--results-api", "192.0.2.1:0", "--results-token", "t"],
    /--results-api 192\.0\.2\.1:0: expected an address to listen on, but this machine has no such address/,
  ],
  [
    ["run", URL_, "--results-api", "0", "--results-token", "${NO_SUCH_VARIABLE}"],
    /--results-token: expected a value in the environment variable NO_SUCH_VARIABLE, which is not set/,
  ],
  [
    ["run", URL_, "--results-api", "0", "--results-token", "t", "--results-url", "harness:4000"],
    /--results-url: expected an http\(s\) URL/,
  ],
  [["run", URL_, "--results-token", "t"], /--results-token: expected --results-api beside it, got none/],
  [["run", URL_, "--settle", "soon"], /--settle: expected a duration above zero/],
  [["run", URL_, "--fuzz-cases", "0"], /--fuzz-cases: expected a whole number from 1 to 1000000, got "0"/],
  [["run", URL_, "--duration", "10s"], /--duration: expected --rate .* beside it, got none/],
  [["run", URL_, "--update-known-failures"], /--update-known-failures: expected --known-failures/],
  [["run", URL_, "--known-failures", "<dir>/none.json"], /--known-failures .*none\.json: expected a readable file/],
  [
    ["run", URL_, "--known-failures", "<dir>/known.json"],
    /known\.json: entry 2 \(payload\/\*\): expected a sentence in "reason"/,
    { "known.json": '[{"check": "retries/*", "reason": "x"}, {"check": "payload/*"}]' },
  ],
  [["run", URL_, "--config", "<dir>/none.json"], /--config .*none\.json: expected a readable file/],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json: expected JSON, got something else \(see line 2\)/,
    { "c.json": '{"out": 1,\n x}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json: unknown key "lokal"; did you mean local\?/,
    { "c.json": '{"lokal": true}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json: "concurrency": expected a whole number from 1 to 256, got "many"/,
    { "c.json": '{"concurrency": "many"}' },
  ],
  [["explain"], /explain: expected <check>, the id of a check, got none/],
  [["explain", "acknowledges-with-2x"], /did you mean acknowledgement\/acknowledges-with-2xx\?/],
  [["send"], /send: expected <url>/],
  [["receiver", "--script", "503,soon"], /--script: expected a status.* as word 2, got "soon"/],
  [["receiver", "--faulty", "catch-al"], /--faulty: .*got "catch-al"; did you mean catch-all\?/],
  [["receiver", "--https"], /--https: expected --ca-out/],
  [
    ["api", "--complete-after", "soon"],
    /--complete-after: expected a duration above zero such as 5s, or none, got "soon"/,
  ],
  [["api", "--token", "${NO_SUCH_VARIABLE}"], /--token: expected a value in the environment variable NO_SUCH_VARIABLE/],
  [["list", "--clauses", "--level", "required"], /--clauses: expected no filter beside it/],
  [["receiver", "--port", "99999"], /--port: expected a whole number from 0 to 65535, got "99999"/],
];

async function prepare([args, , files = {}]: Mistake): Promise<readonly string[]> {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return args.map((argument) => argument.replace(URL_, receiver.url).replace("<dir>", directory));
}

describe("what cannot be understood is told in one sentence before anything is sent", () => {
  it.each(mistakes.map((mistake) => [mistake] as const))("%j", async (mistake) => {
    const error: unknown = await cli(await prepare(mistake)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(mistake[1]);
    expect((error as Error).message).not.toContain("\n");
    expect(receiver.journal.connections).toEqual([]);
  });
});

describe("the process prints that sentence alone, on stderr, and ends with 2", () => {
  const some = mistakes.filter(([, says]) => /did you mean|none\\\.pem|no-such|exit code 3/.test(says.source));
  it.concurrent.each(some.map((mistake) => [mistake] as const))("%j", async (mistake) => {
    const { code, stdout, stderr } = await runCli(await prepare(mistake));
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(mistake[1]);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(receiver.journal.connections).toEqual([]);
  });
});
