import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli, type Ended } from "../cli.test.kit.js";
import { targetsFile } from "../many-receivers.test.kit.js";

let server: Server;
let at: (path: string) => string;

/**
 * `/all` acknowledges whatever comes; `/plain` only a callback as documented, once, and answers the rest with a fault;
 * `/moved` sends all of them elsewhere.
 */
beforeAll(async () => {
  const seen = new Set<string>();
  server = createServer((request, response) => {
    let body = "";
    request.on("error", () => {});
    request.setEncoding("latin1").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const isPlain =
        /^\{"[^"]+":"[^"]+"(,"[^"]+":"[^"]+")*\}$/.test(body) && request.method === "POST" && !seen.has(body);
      seen.add(body);
      if (request.url === "/plain/hook" && !isPlain) response.statusCode = 500;
      if (request.url === "/moved/hook") response.writeHead(302, { Location: "/all/hook" });
      response.end("Error: no\n    at handle (/srv/app/hook.js:1:2)\n".repeat(response.statusCode === 500 ? 9 : 0));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  at = (path) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}/hook`;
});

afterAll(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});

/** The log is the same for one case as for a hundred. */
const few = ["--fuzz-cases", "2"];
const three = ["--contracts", "batch,document,signed", "--secret", "a secret of a test"];
const linesOf = ({ stdout, stderr }: Ended): readonly string[] => `${stdout}${stderr}`.trimEnd().split("\n");

describe.each([
  ["in GitHub Actions", { CI: "true", GITHUB_ACTIONS: "true" }],
  ["in another CI", { CI: "true", GITHUB_ACTIONS: "" }],
])("the log of a job %s", (_, env) => {
  const run = (...args: readonly string[]): Promise<Ended> =>
    runCli(["run", ...args], { env: { ...env, NO_COLOR: "1" } });

  it("of a conformant run has at most 25 lines", async () => {
    const ended = await run("--embedded", ...few);
    expect(ended.code).toBe(0);
    expect(linesOf(ended).length).toBeLessThanOrEqual(25);
    expect(ended.stdout).toMatch(/^payload: \d+ passed \(/m);
    expect(ended.stdout).not.toMatch(/^.*skipped +callback-url/m);
    expect(ended.stdout).not.toContain("curl");
  }, 300_000);

  it("of a conformant receiver that fails what is not gated, under three contracts, has no more", async () => {
    const ended = await run(at("all"), "--local", ...three, ...few);
    expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining("verdict: conformant under 3 contracts")]);
    expect(linesOf(ended).length).toBeLessThanOrEqual(25);
    expect(ended.stdout).toMatch(/^document: .*payload: \d+ passed \(.*bad-input: .*\d+ failed/m);
    expect(ended.stdout).toMatch(/^failed \S+bad-input\/.*\n(.*\n)*and \d+ more failed: .*bad-input \d+/m);
  }, 300_000);

  it("of a receiver that fails at most of what there is, under three contracts, has at most 80", async () => {
    const ended = await run(
      at("plain"),
      "--local",
      ...three,
      "--check",
      "{payload,bad-input}/*,retries/acknowledges-a-duplicate",
    );
    expect([ended.code, ended.stdout]).toEqual([1, expect.stringContaining("verdict: non-conformant under 3")]);
    expect(linesOf(ended).length).toBeLessThanOrEqual(80);
    expect(ended.stdout).toMatch(/^cause 1: /m);
    expect(ended.stdout).toMatch(/^failed batch:payload\/accepts-unknown-fields: /m);
  }, 300_000);

  it.each([
    ["all", 0, 25],
    ["moved", 1, 80],
  ])(
    "of sixty receivers like /%s ends with %i, and has at most %i lines",
    async (path, code, most) => {
      const entries = Array.from({ length: 60 }, (__, index) => ({
        name: `receiver-${index + 1}`,
        url: at(path),
        local: true,
      }));
      const ended = await run("--targets", targetsFile(entries), "--check", "acknowledgement/does-not-redirect");
      expect(ended.code).toBe(code);
      expect(linesOf(ended).length).toBeLessThanOrEqual(most);
      expect(ended.stdout).toMatch(/^gate: \w+; 60 receivers/m);
    },
    300_000,
  );
});

it("folds the suites in GitHub Actions", async () => {
  const ended = await runCli(["run", at("all"), "--local", "--suite", "payload"], {
    env: { CI: "true", GITHUB_ACTIONS: "true" },
  });
  expect(ended.stdout).toMatch(/^::group::Checks by suite\npayload: \d+ passed \(.*\)\n::endgroup::$/m);
}, 300_000);
