import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { afterEach, expect, it } from "vitest";
import { parse } from "yaml";
import { readReport, runCli, temporaryDirectory } from "../cli.test.kit.js";

const main = resolve(import.meta.dirname, "../../../dist/src/cli/main.js");

/** Stands in for the program of the same name, so that the build is run and nothing is fetched or waited for. */
const stubs = {
  npx: `test "$1" = --yes && case "$2" in webhook-conformance@[0-9]*) shift 2; exec node ${JSON.stringify(main)} "$@";; esac; exit 97`,
  sleep: "exec node -e 'setTimeout(() => {}, 50)'",
};

const receiver = (status: number): string => `
  import { createServer } from "node:http";
  console.log("started with " + process.env.SCRIPTIX_KEY);
  createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(
      request.headers["x-api-key"] === process.env.SCRIPTIX_KEY ? ${status} : 401).end());
  }).listen(process.env.PORT);`;

/** Whatever a job has left behind ends with its group. */
const groups: number[] = [];
afterEach(() => {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // Nothing was left.
    }
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

interface Shell {
  readonly cwd: string;
  /** As the CI runs a step: the first line that fails ends it. */
  run(script: string): Promise<{ readonly code: number; readonly output: string }>;
}

async function repository(status: number, start: string, ci: string): Promise<Shell> {
  const cwd = temporaryDirectory();
  const port = await freePort();
  writeFileSync(join(cwd, "server.mjs"), receiver(status));
  const url = `http://localhost:${port}/hook`;
  const header = "X-Api-Key: ${SCRIPTIX_KEY}";
  const { code } = await runCli(["init", "--url", url, "--start", start, "-H", header, "--ci", ci], { cwd });
  expect(code).toBe(0);
  const bin = join(temporaryDirectory(), "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(stubs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const path = `${bin}${delimiter}${process.env["PATH"]}`;
  const env = { PATH: path, PORT: String(port), SCRIPTIX_KEY: "a-key-for-the-job" };
  return {
    cwd,
    async run(script) {
      const child = spawn("sh", ["-e", "-c", script], { cwd, env, detached: true });
      groups.push(child.pid ?? 0);
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (output += String(chunk)));
      const [code] = (await once(child, "close")) as [number];
      return { code, output };
    },
  };
}

/** What the shell is given by GitHub: each step by itself. */
function githubSteps(cwd: string): readonly string[] {
  const { jobs } = parse(readFileSync(join(cwd, ".github/workflows/webhook-conformance.yml"), "utf8")) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
  };
  return jobs["webhook-conformance"]?.steps.flatMap(({ run }) => run ?? []) ?? [];
}

it("turns green on GitHub for a receiver that behaves: it is started, waited for and checked", async () => {
  const shell = await repository(200, "node server.mjs # the receiver", "github");
  const [start = "", check = ""] = githubSteps(shell.cwd);
  expect(await shell.run(start)).toEqual({ code: 0, output: "" });
  const { code, output } = await shell.run(check);
  expect(output).toContain("verdict: conformant");
  expect(code).toBe(0);
  expect(readReport(shell).target.kind).toBe("url");
});

it("turns red on GitLab for one that does not, and shows what it printed", async () => {
  const shell = await repository(500, "node server.mjs", "gitlab");
  const jobs = parse(readFileSync(join(shell.cwd, ".gitlab-ci.yml"), "utf8")) as Readonly<
    Record<string, Readonly<Record<"script" | "after_script", readonly string[]>>>
  >;
  const job = jobs["webhook-conformance"];
  const { code, output } = await shell.run(job?.script.join("\n") ?? "");
  expect(output).toContain("acknowledgement/acknowledges-with-2xx");
  expect(code).toBe(1);
  expect(readReport(shell).verdict).toBe("non-conformant");
  const afterwards = await shell.run(["CI_JOB_STATUS=failed", ...(job?.after_script ?? [])].join("\n"));
  expect(afterwards).toEqual({ code: 0, output: "started with a-key-for-the-job\n" });
});

it("turns red for a receiver that never listens, after a minute", async () => {
  const shell = await repository(200, "echo 'no such server' >&2; exit 1", "github");
  const [start = "", , show = ""] = githubSteps(shell.cwd);
  const { code, output } = await shell.run(start.replace("-gt 60", "-gt 2"));
  expect(output).toMatch(/^The receiver did not listen on localhost:\d+ within 60 seconds\.\n$/);
  expect(code).toBe(1);
  expect(await shell.run(show)).toEqual({ code: 0, output: "no such server\n" });
});
