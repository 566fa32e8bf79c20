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
  [["-H", "X-Api-Key:", "s0me-key9"], /expected a command \(.*\) or an absolute URL, got another word$/],
  [["lsit"], /"lsit"; did you mean list\?/],
  [["run", URL_, "--lokal"], /unknown option --lokal; did you mean --local\?/],
  [["list", "--local"], /list: unknown option --local; it belongs to run/],
  [["run", URL_, "http://127.0.0.1/another"], /expected one argument, the url, got 1 more/],
  [["localhost:3000/hook"], /expected an absolute https:\/\/ or http:\/\/ URL/],
  [["run", ""], /the callback URL: expected one, got an empty argument; is it a variable that is not set\?/],
  [[""], /the callback URL: expected one, got an empty argument/],
  [["run", "--quiet"], /--quiet: expected a callback URL beside it .*, or --embedded for .*, got neither/],
  [["--fail-on", "recommended"], /--fail-on: expected a callback URL beside it .*, got neither/],
  [["--dry-run"], /--dry-run: expected a callback URL beside it .*, got neither/],
  [
    ["run", "--config", "<dir>/c.json"],
    /--config: expected a callback URL beside it .*, got neither/,
    { "c.json": "{}" },
  ],
  [
    ["run", "--config", "<dir>/c.json"],
    /--seed: expected a callback URL beside it .*, got neither/,
    { "c.json": '{"seed": "1"}' },
  ],
  [
    ["run", "--config", "<dir>/c.json"],
    /c\.json, line 1, column 9, url: expected a URL, got an empty text/,
    { "c.json": '{"url": ""}' },
  ],
  [["run", URL_, "--instance", "pod-1:3000"], /--instance: expected an absolute https:\/\/ or http:\/\/ URL/],
  [["run", URL_, "--instance", ""], /--instance: expected a value, got none/],
  [
    ["run", URL_, ...Array.from({ length: 11 }, () => ["--instance", "http://a/"]).flat()],
    /--instance: expected 10 at most, got 11/,
  ],
  [["run", URL_, "--embedded"], /--embedded: expected no callback URL beside it, got one/],
  [["run", "--embedded", "-H", "X-Api-Key: some-key"], /--header: expected a callback URL beside it, got none/],
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
  [["run", URL_, "--session-command", "echo why >&2; exit 3"], /--session-command: .*ended with exit code 3: why/],
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
    /known\.json, line 1, column 41, \[1\]: expected the key "reason" in it, got none/,
    { "known.json": '[{"check": "retries/*", "reason": "x"}, {"check": "payload/*"}]' },
  ],
  [
    ["run", URL_, "--known-failures", "<dir>/known.json"],
    /known\.json, line 1, column 51, \[0\]\.expires: expected a day such as 2026-12-31, got one that no calendar has/,
    { "known.json": '[{"check": "payload/*", "reason": "x", "expires": "2026-02-30"}]' },
  ],
  [
    ["run", URL_, "--known-failures", "<dir>/known.json"],
    /known\.json, line 1, column 49, \[0\]\.flaky: expected true or false, got "yes"/,
    { "known.json": '[{"check": "payload/*", "reason": "x", "flaky": "yes"}]' },
  ],
  [["run", URL_, "--config", "<dir>/none.json"], /--config .*none\.json: expected a readable file/],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 2, column 2: expected JSON with a key in double quotes, or } here, got something else/,
    { "c.json": '{"out": 1,\n x}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 1, column 2: unknown key "lokal"; did you mean local\?/,
    { "c.json": '{"lokal": true}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 1, column 17, concurrency: expected a whole number from 1 to 256, got "many"/,
    { "c.json": '{"concurrency": "many"}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json: expected an object of options, such as url, got an empty file/,
    { "c.json": "\n" },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.yaml"],
    /c\.yaml, line 2, column 2: unknown key "lokal"; did you mean local\?/,
    { "c.yaml": '{"local": true,\n lokal: "http://localhost"}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 1, column 1: expected an object of options, such as url, got a list of 1/,
    { "c.json": "[1]" },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 1, column 25, level\[1\]: expected one of .*, got "requird"; did you mean required\?/,
    { "c.json": '{"level": ["hardening", "requird"]}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 1, column 12, report: expected one or more of .*, got "htm"; did you mean html\?/,
    { "c.json": '{"report": "json, htm"}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 1, column 11, local: expected true or false, got "yes"/,
    { "c.json": '{"local": "yes"}' },
  ],
  [
    ["run", URL_, "--config", "<dir>/c.json"],
    /c\.json, line 1, column 12, header: expected a value, or a list of such, got an object/,
    { "c.json": '{"header": {"X-Api-Key": "some-key"}}' },
  ],
  [["run", URL_, "--suite", "acknowlegement"], /--suite: .*got "acknowlegement"; did you mean acknowledgement\?/],
  [["run", URL_, "--suite", "nothing"], /--suite: .*got "nothing"; there are callback-url, acknowledgement, /],
  [["run", URL_, "--skip", "load"], /--skip: .*got "load"; did you mean load\/\*\?/],
  [["run", URL_, "--check", "lod/*"], /--check: .*got "lod\/\*"; did you mean load\/\*\?/],
  [["run", URL_, "--check", "does-not-redirec"], /did you mean acknowledgement\/does-not-redirect\?/],
  [["run", URL_, "--local=yes"], /--local: expected no value, or true or false, got "yes"/],
  [["list", "--json=1"], /--json: expected no value, or true or false, got "1"/],
  [["run", URL_, "-H", "X-Api-Key=some-key"], /--header: expected 'Name: value'/],
  [["run", URL_, "--report", "htm"], /--report: expected json, junit.*got "htm"; did you mean html\?/],
  [["run", "hooks.example.com/scriptix"], /expected an absolute https:\/\/ .*got one without a scheme/],
  [["run", "http://localhost:99999/"], /got one with a host or port that no URL can have/],
  [["init"], /--url: expected the callback URL, got none; in a terminal, init asks for it/],
  [["init", "--url", "hooks.example.com"], /callback URL: .*got one without a scheme/],
  [
    ["init", "--url", "https://user:word@hooks.example.com"],
    /--url: expected a URL without secrets.*got one with a user/,
  ],
  [["init", "--url", "https://h.example.com/?token=some-key"], /--url: .*got one with the query parameter token/],
  [["init", "--url", "http://localhost:3000/hook"], /--url http:\/\/localhost:3000\/hook: expected --start beside it/],
  [
    ["init", "--url", "https://h.example.com", "--start", "npm start"],
    /--url: expected a URL on this machine beside --start, such as .*, got https:\/\/h\.example\.com\//,
  ],
  [
    ["init", "--url", "https://h.example.com", "-H", "X-Api-Key: some-key"],
    /--header X-Api-Key: expected \$\{NAME\} in the value, .* got a value without one/,
  ],
  [["init", "--url", "https://h.example.com", "-H", "X-Api-Key"], /--header: expected 'Name: value'/],
  [["init", "--url", "https://h.example.com", "-H", "Host: ${A}"], /--header Host: .*got a system header/],
  [["init", "--url", "https://h.example.com", "-H", "A: ${GITHUB_KEY}"], /--header A: .*got GITHUB_KEY/],
  [["init", "--url", "https://h.example.com", "--ci", "gitlap"], /--ci: .*got "gitlap"; did you mean gitlab\?/],
  [["init", "--url", "https://h.example.com", "--dir", "<dir>/file"], /--dir .*a part of it is a file/, { file: "" }],
  [["completion", "tcsh"], /completion: expected bash or zsh or fish, got "tcsh"/],
  [["repro", "flaping"], /scenario: .*got "flaping"; did you mean flapping\?/],
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
    expect((error as Error).message).not.toContain("some-key");
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
