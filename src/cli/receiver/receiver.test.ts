import { join } from "node:path";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createSender } from "../../sender/sender.js";
import { printed, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";

const url = /receiver.*: (https?:\S+)\n/;

async function attempt(to: string, sessionId: string, options: { ca?: string; key?: string } = {}): Promise<string> {
  const { ca, key } = options;
  const sender = createSender({
    url: to,
    headers: key === undefined ? [] : [["X-Api-Key", key]],
    network: { ca: ca === undefined ? [] : [ca] },
  });
  const { outcome } = await sender.attempt(sender.callback(sessionId));
  await sender.close();
  return outcome.kind === "failed" ? outcome.code : String(outcome.status);
}

it("starts the reference receiver, which asks for the header, and says what comes in", async () => {
  const { child, ended } = startCli(["receiver", "-H", "X-Api-Key: ${KEY}"], { env: { KEY: "some-key" } });
  const [, to = ""] = await printed(child.stdout, url);
  expect(await attempt(to, "session-1")).toBe("401");
  const seen = printed(child.stdout, /callback of session session-2: accepted\n/);
  expect(await attempt(to, "session-2", { key: "some-key" })).toBe("200");
  await seen;
  child.kill("SIGINT");
  const { code, stdout } = await ended;
  expect(stdout).toContain("refused with 401, session session-1");
  expect(code).toBe(0);
});

it("speaks TLS by a CA whose certificate it writes", async () => {
  const cwd = temporaryDirectory();
  const { child, ended } = startCli(["receiver", "--https", "--ca-out", "ca.pem"], { cwd });
  const [, to = ""] = await printed(child.stdout, url);
  expect(await attempt(to, "session-1", { ca: readFileSync(join(cwd, "ca.pem"), "utf8") })).toBe("200");
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

it("plays a script", async () => {
  const { child, ended } = startCli(["receiver", "--script", "503,reset,200"]);
  const [, to = ""] = await printed(child.stdout, url);
  const codes = [await attempt(to, "session-1"), await attempt(to, "session-1"), await attempt(to, "session-1")];
  expect(codes).toEqual(["503", "ECONNRESET", "200"]);
  child.kill("SIGINT");
  await ended;
});

it("starts a faulty receiver by its name", async () => {
  const { child, ended } = startCli(["receiver", "--faulty", "catch-all"]);
  const [, to = ""] = await printed(child.stdout, url);
  const seen = printed(child.stdout, /POST \/elsewhere, session session-1: answered 200\n/);
  expect(await attempt(new URL("/elsewhere", to).href, "session-1")).toBe("200");
  await seen;
  child.kill("SIGINT");
  await ended;
});

it("lists the faulty receivers", async () => {
  const { code, stdout } = await runCli(["receiver", "--list"]);
  expect(stdout).toMatch(/^catch-all +Answers 200 on every path\.$/m);
  expect(code).toBe(0);
});

it("starts a hostile server by its name, and says what becomes of an attempt", async () => {
  const { child, ended } = startCli(["receiver", "--hostile", "length-twice"]);
  const [, to = ""] = await printed(child.stdout, /hostile server .*: (https?:\S+)\n/);
  expect(await attempt(to, "session-1")).toBe("200");
  child.kill("SIGINT");
  const { code, stdout } = await ended;
  expect(stdout).toContain("an attempt ends so: acknowledged 200; told: repeated-content-length");
  expect(code).toBe(0);
});

it("knows no hostile server of another name, and no way out of their directory", async () => {
  const wrong = await runCli(["receiver", "--hostile", "length-twise"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("length-twice")]);
  expect((await runCli(["receiver", "--hostile", "../scenarios/flapping"])).code).toBe(2);
  expect((await runCli(["receiver", "--list", "--hostile", "any"])).stdout).toMatch(/^reset-at-once +\S/m);
});
