import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printed, runCli, startCli, temporaryDirectory, type Ended } from "./cli.test.kit.js";

/** One for each input that can hold one, so that a find says where it came in. */
const secrets = {
  header: "hEad3r/Zq+w7=xY",
  userinfo: "uS3r1nf0pZ7Lm",
  query: "qU3ryT0k3n9Vb",
  declaredQuery: "d3cLar3dQ5sT",
  path: "p4tHs3cr3tXc8",
  token: "r3sUltsT0k3nWe",
  probe: "pR0b3uS3rGh2",
  probeQuery: "pR0b3kEyJk4n",
  proxy: "pR0xyPa55wLo6",
  config: "c0nf1gKeyMn8b",
  target: "t4rg3tKeyBv5c",
  command: "c0mM4ndPa55Cx3",
  environment: "eNv1r0nM3ntZa1",
  captured: "c4ptUr3dHe4dQw",
  member: "m3mb3rS3cr3tTy",
  signing: "s1gn1ngS3cr3tUv",
  knownFailure: "kn0wnF41lur3Dq",
  scenario: "sc3n4r10K3yRx",
} as const;

/** Thirty ways to write one. */
const spellings = (text: string): readonly string[] => {
  const bytes = Buffer.from(text);
  const hex = bytes.toString("hex");
  const each = (write: (code: number) => string): string => [...bytes].map(write).join("");
  const hexOf = (code: number): string => code.toString(16).padStart(2, "0");
  return [
    text,
    text.toUpperCase(),
    text.toLowerCase(),
    encodeURIComponent(text),
    each((code) => `%${hexOf(code)}`),
    each((code) => `%25${hexOf(code)}`),
    each((code) => `\\u00${hexOf(code)}`),
    each((code) => `\\x${hexOf(code)}`),
    each((code) => `&#${code};`),
    each((code) => `&#x${hexOf(code)};`),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    Buffer.from(`user:${text}`).toString("base64"),
    Buffer.from(`k=${text}&`).toString("base64"),
    hex,
    hex.toUpperCase(),
    hex.replace(/..(?=.)/g, "$&:"),
    hex.replace(/..(?=.)/g, "$& "),
    Buffer.from(text, "utf16le").toString("hex"),
    Buffer.from(text, "utf16le").toString("base64"),
    Buffer.from(text, "utf16le").swap16().toString("hex"),
    Buffer.from(text, "utf16le").swap16().toString("base64"),
    [...text].toReversed().join(""),
    [...text].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join(""),
    each((code) => `=${hexOf(code).toUpperCase()}`),
    each((code) => `\\${code.toString(8).padStart(3, "0")}`),
    each((code) => `\\u{${code.toString(16)}}`),
    each((code) => `%u00${hexOf(code)}`),
    encodeURIComponent(encodeURIComponent(bytes.toString("base64"))),
    Buffer.from(bytes.toString("base64")).toString("base64"),
    hex.replace(/..(?=.)/g, "$&-"),
    hex.replace(/../g, "0x$&, "),
    [...text].join("\u200b"),
  ];
};
const all = Object.values(secrets).flatMap(spellings);

/** Of a spelling, what tells something even if its end is cut off. */
const telling = (spelling: string): string => spelling.slice(0, Math.max(8, Math.ceil(spelling.length * 0.7)));

/** Those that a command was told, on its line, in a file that it names or by a variable. */
function toldTo(args: readonly string[], cwd: string): (readonly [name: string, secret: string])[] {
  const files = args.filter((arg) => arg.startsWith("given/")).map((file) => readFileSync(join(cwd, file), "utf8"));
  const said = [...args, ...files].join("\n");
  const variables = Object.entries(env).filter(([name]) => said.includes(name));
  const known = [said, ...variables.map(([, value]) => value)].join("\n");
  return Object.entries(secrets).filter(([, secret]) => known.includes(secret));
}

function expectNone(told: readonly (readonly [name: string, secret: string])[], output: string): void {
  expect(told.length).toBeGreaterThan(0);
  // As what was printed reads, in which none is lost that was printed as it is.
  const text = output.replaceAll("\\\\", "\\").replaceAll(/\\u200b|&#x?200b;/gi, "\u200b");
  for (const [name, secret] of told) {
    for (const spelling of spellings(secret)) {
      const at = text.indexOf(telling(spelling));
      if (at < 0) continue;
      expect(text.slice(Math.max(0, at - 100), at + 100), `${name} as ${spelling}`).toBe("");
    }
  }
}

/** All that a command has printed and written. */
function everythingOf({ stdout, stderr, cwd }: Ended): string {
  const files = readdirSync(cwd, { recursive: true, encoding: "utf8" })
    .filter((file) => !file.startsWith("given"))
    .map((file) => join(cwd, file))
    .filter((file) => statSync(file).isFile());
  return [stdout, stderr, ...files.map((file) => readFileSync(file, "utf8"))].join("\n");
}

/** Characters or bytes after which something of ours cuts what it quotes. */
const limits = [0, 0, 60, 80, 120, 200, 240, 300, 512, 1024, 2048, 4096, 8192, 16_384, 65_536];
/** So many in each answer. */
const several = 40;

/** Says all of them wherever an answer has room, in turn, and fails now and then so that all of it is evidence. */
let server: Server;
let base: string;
beforeAll(async () => {
  let count = 0;
  server = createServer((request, response) => {
    request.resume();
    request.once("end", () => {
      count += 1;
      const said = all[count % all.length] ?? "";
      const line = said.replaceAll(/[^ -~]/g, "");
      response.writeHead(count % 3 === 0 ? 500 : 200, `Said ${line}`, {
        "X-Said": `${"x ".repeat(count % 40)}${line}`,
        Location: `/login?back=${line}`,
        "Set-Cookie": `sid=${line.replaceAll(/[;, ]/g, "")}; Path=/`,
      });
      // Where one of our own limits may cut it, at each of its characters in turn.
      const limit = limits[count % limits.length] ?? 0;
      const before = Math.max(0, limit - (count % (said.length + 8)));
      const some = [...all, ...all].slice((count * several) % all.length).slice(0, several);
      const body =
        count % 2 === 0
          ? JSON.stringify({ error: `${"y".repeat(before)} ${said}`, [said]: said, more: some })
          : `${"z".repeat(before)} ${said}\nError: ${said}\n    at handler (/app/${said}/index.js:1:2)\n${some.join("\n")}`;
      const half = body.indexOf(said) + said.length / 2;
      response.write(body.slice(0, half));
      response.end(body.slice(half));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const env = {
  SECRET_HEADER: secrets.header,
  HOOK_SECRET: secrets.path,
  MY_TOKEN: secrets.environment,
  CONFIG_KEY: secrets.config,
  SIGNING: secrets.signing,
  TARGET_KEY: secrets.target,
  RESULTS_TOKEN: secrets.token,
  GITHUB_STEP_SUMMARY: "summary.md",
  GITHUB_ACTIONS: "true",
};

const url = (): string =>
  `http://some:${secrets.userinfo}@${base}/in/${secrets.path}/hook?token=${secrets.query}&odd=${secrets.declaredQuery}`;
const reach = ["-H", "X-Api-Key: ${SECRET_HEADER}", "--credential-query", "odd", "--credential-path", "${HOOK_SECRET}"];
const complains = (): string =>
  `API_PASSWORD=${secrets.command}; echo "$API_PASSWORD $MY_TOKEN said" >&2; env >&2; false`;
const probe = (): string => `http://p:${secrets.probe}@${base}/{sessionId}?key=${secrets.probeQuery}`;
/** Those that show most of what an answer says, and take no time. */
const few =
  "acknowledgement/{acknowledges-with-2xx,does-not-redirect,answers-in-well-formed-http,completes-its-response,acknowledges-quickly}";
const some = ["--check", few, "--check", "authentication/*", "--check", "bad-input/hides*"];
const run = (...more: string[]): string[] => ["run", url(), "--local", ...reach, ...more];

const capture = (body: object): object => ({
  schemaVersion: "1.0",
  capturedAt: "2026-01-01T00:00:00.000Z",
  request: {
    method: "POST",
    target: "/hook",
    httpVersion: "1.1",
    headers: [
      ["Content-Type", "application/json"],
      ["X-Scriptix-Session", "1b8a70f1000001000002d1a37b"],
      ["X-Zoom-Session", "1b8a70f1000001000002d1a37b"],
      ["X-Captured", secrets.captured],
    ],
    body: { encoding: "text", data: JSON.stringify(body), cut: false },
  },
  removed: { headers: [], query: [], body: false },
});

function directory(): string {
  const cwd = temporaryDirectory();
  mkdirSync(join(cwd, "given"));
  const write = (name: string, value: unknown): void => writeFileSync(join(cwd, "given", name), JSON.stringify(value));
  write("config.json", {
    url: url(),
    local: true,
    header: ["X-Key: ${CONFIG_KEY}", `X-Own: ${secrets.config}`],
    check: few,
    "credential-query": "odd",
    "credential-path": "${HOOK_SECRET}",
  });
  write("targets.json", [
    {
      name: "a",
      url: url(),
      local: true,
      header: ["X-Key: ${TARGET_KEY}"],
      "probe-command": complains(),
      check: few,
      "credential-query": "odd",
      "credential-path": "${HOOK_SECRET}",
    },
    {
      name: "b",
      url: url(),
      local: true,
      header: [`X-Key: ${secrets.target}`],
      check: few,
      "probe-command": complains(),
      "credential-query": "odd",
      "credential-path": "${HOOK_SECRET}",
    },
  ]);
  write("bad-config.json", { url: url(), check: few, "max-rate": `https://c:${secrets.config}@host/` });
  write("known.json", [
    { check: "bad-input/hides*", reason: `see https://kf:${secrets.knownFailure}@host/1`, flaky: true },
  ]);
  write("scenario.json", { title: `https://sc:${secrets.scenario}@host/`, attempts: "503,pass" });
  write("capture.json", capture({ sessionId: "1b8a70f1000001000002d1a37b", job: { apiSecret: secrets.member } }));
  write("bad-targets.json", [
    { name: "a", url: url(), local: true, header: [`X-Key: ${secrets.target}`], "session-command": complains() },
  ]);
  return cwd;
}

describe("no output of any command holds a secret, in any spelling", () => {
  it.concurrent.each<[string, () => string[]]>([
    ["run", () => run(...some, "--report", "json,junit,html,markdown,har,ctrf,badge")],
    ["run --json", () => run(...some, "--json")],
    ["run --quiet", () => run(...some, "--quiet")],
    ["run with a probe's URL", () => run(...some, "--probe-url", probe())],
    ["run with a command that complains", () => run("--check", few, "--probe-command", complains())],
    ["run with a probe that answers nonsense", () => run("--check", few, "--probe-command", "env; true")],
    [
      "run with an advance command",
      () => run("--check", "retries/acknowledges-every*", "--advance-command", complains()),
    ],
    ["run with a session command", () => run("--session-command", complains())],
    ["run through a proxy", () => run("--check", few, "--proxy", `http://p:${secrets.proxy}@${base}`)],
    [
      "run with a results API",
      () => run("--check", few, "--results-api", "0", "--results-token", "${RESULTS_TOKEN}", "--settle", "1s"),
    ],
    ["run --dry-run", () => run("--dry-run", "--probe-url", probe())],
    ["run --dry-run --json", () => run("--dry-run", "--json")],
    ["run --config", () => ["run", "--config", "given/config.json"]],
    ["run --targets", () => ["run", "--targets", "given/targets.json"]],
    ["run --targets --json", () => ["run", "--targets", "given/targets.json", "--json"]],
    ["run --targets with a command that complains", () => ["run", "--targets", "given/bad-targets.json"]],
    ["run --targets --dry-run", () => ["run", "--targets", "given/targets.json", "--dry-run"]],
    ["doctor", () => ["doctor", url(), "--local", ...reach]],
    ["doctor --json", () => ["doctor", url(), "--local", "--json", ...reach]],
    ["doctor with a session command", () => ["doctor", url(), "--local", ...reach, "--session-command", complains()]],
    [
      "doctor through a proxy",
      () => ["doctor", url(), "--local", ...reach, "--proxy", `http://p:${secrets.proxy}@${base}`],
    ],
    ["send", () => ["send", url(), "--skip-waits", ...reach]],
    ["send --json", () => ["send", url(), "--skip-waits", "--json", ...reach]],
    ["send with a session command", () => ["send", url(), ...reach, "--session-command", complains()]],
    ["repro", () => ["repro", "503,pass", "--url", url(), ...reach, "--probe-url", probe()]],
    ["repro --json", () => ["repro", "503,pass", "--url", url(), "--json", ...reach]],
    ["repro of every scenario", () => ["repro", "--url", url(), ...reach]],
    [
      "repro with a command that complains",
      () => ["repro", "503,pass", "--url", url(), ...reach, "--probe-command", complains()],
    ],
    ["run with a captured callback", () => run(...some, "--callback", "given/capture.json")],
    [
      "send with a captured callback",
      () => ["send", url(), "--skip-waits", "--json", ...reach, "--callback", "given/capture.json"],
    ],
    [
      "repro with a captured callback",
      () => ["repro", "503,pass", "--url", url(), ...reach, "--replay", "given/capture.json"],
    ],
    ["a dry run with a captured callback", () => run("--dry-run", "--callback", "given/capture.json")],
    ["repro of a process", () => ["repro", "pass", "--exec", complains(), "--url", url()]],
    [
      "run of signed events",
      () => run(...some, "--contract", "signed", "--secret", "${SIGNING}", "--report", "json,junit,html,markdown"),
    ],
    ["run with known failures", () => run(...some, "--known-failures", "given/known.json")],
    ["repro of a scenario's file", () => ["repro", "given/scenario.json", "--url", url(), "--json", ...reach]],
    ["a secret where a duration should be", () => run("--settle", probe())],
    ["a secret where a word should be", () => run("--level", `API_KEY=${secrets.command}`)],
    ["a secret where a name should be", () => ["list", "--suite", `https://p:${secrets.probe}@host/`]],
    ["a config file with a secret in the wrong place", () => ["run", "--config", "given/bad-config.json"]],
    ["a mistake in a header", () => run("--credential-header", "X-Other")],
    ["a mistake in a URL", () => ["run", `http//some:${secrets.userinfo}@${base}/?token=${secrets.query}`]],
    ["a mistake in a proxy", () => run("--proxy", `p:${secrets.proxy}@host`)],
    ["a mistake in a probe", () => run("--probe-url", `http://p:${secrets.probe}@${base}/`)],
    ["a header without a name", () => ["run", url(), "-H", secrets.header]],
    ["a credential of the path that is not there", () => [...run(), "--credential-path", secrets.environment]],
  ])(
    "%s",
    async (_, args) => {
      const [given, cwd] = [args(), directory()];
      const ended = await runCli(given, { cwd, env });
      expect(`${ended.stdout}${ended.stderr}`).not.toBe("");
      expect([0, 1, 2, 3]).toContain(ended.code);
      expectNone(toldTo(given, cwd), everythingOf(ended));
    },
    // A busy machine starts several at once.
    240_000,
  );
});

/** Has a server of ours at work until `use` is done, and resolves to all that it has printed and written. */
async function servedBy(args: readonly string[], use: (url: string) => Promise<unknown>): Promise<string> {
  const { child, ended } = startCli(args, { env });
  const [, url = ""] = await printed(child.stdout, /: (http:\/\/127\.0\.0\.1:\d+\S*)/);
  await use(url);
  child.kill("SIGTERM");
  return everythingOf(await ended);
}

const post = (to: string, headers: Record<string, string>, body: object): Promise<Response> =>
  fetch(to, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

describe("nor does what a server of ours says of those who come", () => {
  it.concurrent.each([
    ["the reference receiver", []],
    ["a scripted one", ["--script", "503,200"]],
    ["a faulty one", ["--faulty", "catch-all"]],
    ["one that captures", ["--capture", "captures"]],
  ])("%s", async (name, options) => {
    const required = name === "a scripted one" ? [] : ["-H", "X-Api-Key: ${SECRET_HEADER}"];
    const said = await servedBy(["receiver", ...required, ...options], async (to) => {
      for (const [key, session] of [
        [secrets.header, "1b8a70f1000001000002d1a37b"],
        [`${secrets.header}x`, "1b8a70f1000001000002d1a37c"],
      ] as const) {
        await post(
          `${to}?token=${secrets.query}`,
          { "X-Api-Key": key, "X-Scriptix-Session": session, "X-Captured": secrets.captured },
          { sessionId: session, zoom_id: session, auth: [{ password: secrets.member }], said: secrets.captured },
        );
      }
      await new Promise((later) => setTimeout(later, 200));
    });
    expect(said).toContain("1b8a70f1000001000002d1a37b");
    const { header, query, captured, member } = secrets;
    expectNone(Object.entries({ header, query, captured, member }), said);
  });

  it("the mock of the API", async () => {
    const said = await servedBy(
      ["api", "--local", "--skip-waits", "--complete-after", "0.01s", "--token", "${MY_TOKEN}"],
      async (to) => {
        const answer = await post(
          `${to}/api/v3/speech-to-text/session`,
          { Authorization: secrets.environment },
          { language: "en", webhook_url: url(), webhook_headers: [`X-Api-Key: ${secrets.header}`] },
        );
        expect(answer.status).toBeLessThan(300);
        await fetch(`${to}/api/v3/speech-to-text/session/x/result?token=${secrets.environment}`, {
          headers: { Authorization: `Bearer ${secrets.environment}` },
        });
        await new Promise((later) => setTimeout(later, 1500));
      },
    );
    const { environment, header, userinfo, query } = secrets;
    expect(said).toMatch(/attempt/);
    expectNone(Object.entries({ environment, header, userinfo, query }), said);
  });
});
