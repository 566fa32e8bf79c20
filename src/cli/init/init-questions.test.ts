import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { temporaryDirectory } from "../cli.test.kit.js";

const main = resolve(import.meta.dirname, "../../../dist/src/cli/main.js");
const [down, enter, clear, ctrlC] = ["\u001b[B", "\r", "\u0015", "\u0003"];

interface Terminal {
  readonly cwd: string;
  /** Waits until this is on the screen, below what was waited for before, and types. */
  type(shown: string, keys: string): Promise<void>;
  ended(): Promise<{ readonly code: number; readonly screen: string }>;
}

/** The command in a terminal of its own, which `script` (util-linux) makes. */
function inTerminal(...args: readonly string[]): Terminal {
  const cwd = temporaryDirectory();
  const line = `stty rows 40 cols 150; exec node '${main}' init ${args.map((text) => `'${text}'`).join(" ")}`;
  const { CI: _ci, ...env } = process.env;
  const child = spawn("script", ["-qec", line, "/dev/null"], { cwd, env: { ...env, TERM: "xterm", SHELL: "/bin/sh" } });
  const closed = once(child, "close") as Promise<[number]>;
  let screen = "";
  let seen = 0;
  let look = (): void => {};
  child.stdout.on("data", (chunk: Buffer) => {
    screen += stripVTControlCharacters(String(chunk));
    look();
  });
  return {
    cwd,
    async type(shown, keys) {
      await new Promise<void>((found, failed) => {
        look = () => {
          const at = screen.indexOf(shown, seen);
          if (at < 0) return;
          seen = at + shown.length;
          found();
        };
        look();
        void closed.then(() => failed(new Error(`expected ${shown}, got ${screen}`)));
      });
      child.stdin.write(keys);
    },
    async ended() {
      const [code] = await closed;
      return { code, screen };
    },
  };
}

it("asks for what is needed, says at once what is no use, and writes", async () => {
  const terminal = inTerminal("--fail-on", "hardening");
  await terminal.type("Where is the receiver", down + enter);
  await terminal.type("Which command starts it?", `node server.js${enter}`);
  await terminal.type("What is the callback URL?", `https://hooks.example.com/${enter}`);
  await terminal.type("expected a URL on this machine beside --start", `${clear}http://localhost:3000/hook${enter}`);
  await terminal.type("Which command installs", enter);
  await terminal.type("Which callbacks does it meet?", `${down}${down} ${enter}`);
  await terminal.type("Which header is configured", `X-Api-Key: abc${enter}`);
  await terminal.type("expected ${NAME} in the value", `${clear}X-Api-Key: \${SCRIPTIX_KEY}${enter}`);
  await terminal.type("Another header?", enter);
  await terminal.type("What are its requests signed with?", `s3cret${enter}`);
  await terminal.type("expected '${NAME}'", `${clear}\${WEBHOOK_SECRET}${enter}`);
  await terminal.type("Where is the job to run?", down + enter);
  const { code, screen } = await terminal.ended();
  expect(code).toBe(0);
  expect(screen).not.toContain("Which failures");
  const config = JSON.parse(readFileSync(join(terminal.cwd, "webhook-conformance.json"), "utf8")) as object;
  expect(config).toMatchObject({
    url: "http://localhost:3000/hook",
    local: true,
    contracts: ["batch", "signed"],
    header: ["X-Api-Key: ${SCRIPTIX_KEY}"],
    secret: "${WEBHOOK_SECRET}",
    "fail-on": "hardening",
    "as-of": "0.1",
  });
  expect(readFileSync(join(terminal.cwd, ".gitlab-ci.yml"), "utf8")).toContain("node server.js\n");
});

it("writes nothing when it is interrupted, and ends with 130", async () => {
  const terminal = inTerminal();
  await terminal.type("Where is the receiver", enter);
  await terminal.type("What is the callback URL?", ctrlC);
  expect((await terminal.ended()).code).toBe(130);
  expect(readdirSync(terminal.cwd)).toEqual([]);
});

it("asks nothing where the URL is given", async () => {
  const terminal = inTerminal("--url", "https://hooks.example.com/");
  const { code, screen } = await terminal.ended();
  expect(code).toBe(0);
  expect(screen).toMatch(/^Written:/);
});
