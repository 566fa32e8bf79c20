import { expect, it } from "vitest";
import { startCli } from "../cli.test.kit.js";

/** Says on stderr which modules are loaded. */
const hooks = `
import { writeSync } from "node:fs";
export async function load(url, context, next) { writeSync(2, "loads " + url + "\\n"); return next(url, context); }`;
const register = `
import { register } from "node:module";
register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
const watched = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(register)}` };

const heavy = ["fast-check", "undici", "fastify", "ajv", "ipaddr.js", "picomatch"];

/** Packages of ours that a command has loaded. */
async function packagesLoadedBy(...args: readonly string[]): Promise<ReadonlySet<string>> {
  const { code, stderr } = await startCli(args, { env: watched }).ended;
  expect(code).toBe(0);
  const names = [...stderr.matchAll(/^loads file:.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(
    ([, name]) => name ?? "",
  );
  return new Set(names);
}

it.each([[["list"]], [["list", "--json"]], [["--help"]], [["run", "--help"]]])(
  "%j starts without what only a run needs",
  async (args) => {
    const loaded = await packagesLoadedBy(...args);
    expect(loaded).toContain("yargs");
    expect(heavy.filter((name) => loaded.has(name))).toEqual([]);
  },
);

it("would show in this way what a run loads", async () => {
  const loaded = await packagesLoadedBy("run", "--embedded", "--dry-run");
  expect(loaded).toContain("ipaddr.js");
  expect(loaded).not.toContain("fastify");
});
