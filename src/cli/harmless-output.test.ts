import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { runCli } from "./cli.test.kit.js";
import { withoutCiCommands, withoutOrders } from "./harmless-output.js";

test.each([
  ["::add-mask::x", ": :add-mask::x"],
  ["a\n  ::set-env name=A::b", "a\n  : :set-env name=A::b"],
  ["a\r::error::b", "a\r: :error::b"],
  ["\x1b[31m::error::b", "\x1b[31m: :error::b"],
  ["it says ##[error]x", "it says # #[error]x"],
  ["it says ##vso[task.setvariable variable=A]b", "it says # #vso[task.setvariable variable=A]b"],
  ["##TeamCity[message]", "# #TeamCity[message]"],
  ["###[group]x", "## #[group]x"],
  ["\v\f ::error::b", "\v\f : :error::b"],
  ["a\u0085::error::b", "a\u0085: :error::b"],
  ["a\u2028\ufeff::error::b", "a\u2028\ufeff: :error::b"],
  ["\x1b[0m \x1b[1;31m\t::error::b", "\x1b[0m \x1b[1;31m\t: :error::b"],
])("%j is only read", (text, harmless) => {
  expect(withoutCiCommands(text)).toBe(harmless);
});

test.each(["a::b", "std::vector", "## Heading", "a [link](##)", "::1".slice(1)])("%j stays", (text) => {
  expect(withoutCiCommands(text)).toBe(text);
});

test.each([
  ["a\x1b[2Jb", "a\\x1b[2Jb"],
  ["\x1b]0;title\x07", "\\x1b]0;title\\x07"],
  ["\x1b[31mred\x1b[0m\tand\r\x1b[2K\n", "\x1b[31mred\x1b[0m\tand\r\x1b[2K\n"],
  ["\x9b2J\u202egnp.exe\u2069", "\\x9b2J\\u202egnp.exe\\u2069"],
  ["section_start:1:x\r\x1b[0Jhidden", "section_start:1:x\r\\x1b[0Jhidden"],
  ["a\0b\bc", "a\\x00b\\x08c"],
])("%j is shown, and not obeyed", (text, shown) => {
  expect(withoutOrders(text)).toBe(shown);
});

const commands = ["::add-mask::all", "##[error]pwned", "##vso[task.complete result=Succeeded;]done"];
/** As the runners look for them. */
const commanding = /^[^\S\n]*::[a-z]|##(?:vso)?\[/im;

/** A receiver that would like to talk to the runner of the job, in whatever it sends. */
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(500, commands.join(" "), { "X-Said": commands.join(" "), Location: commands[2] });
    response.end(`${commands.join("\n")}\n${"x ".repeat(37)}${commands.join(" ")}`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

describe("a receiver commands nothing through the output of", () => {
  it.each([
    ["run", ["--local", "--suite", "acknowledgement"]],
    ["run", ["--local", "--suite", "acknowledgement", "--json"]],
    ["send", ["--skip-waits"]],
    ["send", ["--skip-waits", "--json"]],
    ["doctor", ["--local"]],
    ["doctor", ["--local", "--json"]],
    ["repro", ["lost-acknowledgement", "--url"]],
    ["repro", ["lost-acknowledgement", "--json", "--url"]],
  ])("%s %j", async (command, options) => {
    const args = command === "repro" ? [command, ...options, url] : [command, url, ...options];
    const { stdout, stderr } = await runCli(args);
    expect(stdout + stderr).toMatch(/500/);
    expect(stdout).not.toMatch(commanding);
    expect(stderr).not.toMatch(commanding);
    if (options.includes("--json")) JSON.parse(stdout);
  });

  it("a sentence that repeats what a user has typed", async () => {
    const { stderr, code } = await runCli(["run", "##[error]x", "--header", "\n::error::x"]);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(commanding);
  });
});
