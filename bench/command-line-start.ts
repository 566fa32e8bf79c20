import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { playRounds, timeMs, type Contender } from "./rounds.js";
import { row, unmeasured, type Plan, type Row } from "./row.js";

const program = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The embedded run takes seconds. */
const mostLongRounds = 5;

/**
 * Seconds say as much of the machine as of what runs on it: of one that takes 65 ms for `node -e 0`, these are 0.4 s and
 * 4 s.
 */
const mostOfNode = { repro: 6.2, run: 61.5 };

/** How long commands take that need no receiver of the user's, start and end included. */
export async function commandLineStart({ rounds, scale }: Plan): Promise<Row[]> {
  const list = { what: "`list` on the command line", unit: "ms" } as const;
  const peer = "node -e 0";
  const rows = {
    list: {
      ...list,
      id: "command-line-start",
      peer: "an empty yargs program",
      goal: { of: "ratio", bound: "at-most", value: 1.4 },
    },
    listBesideNode: {
      ...list,
      id: "command-line-start-beside-node",
      peer,
      goal: { of: "ratio", bound: "at-most", value: 2 },
    },
    repro: {
      what: "a scenario of `repro`",
      unit: "ms",
      id: "embedded-repro",
      peer,
      goal: { of: "ratio", bound: "at-most", value: mostOfNode.repro },
    },
    run: {
      what: "a full run on the embedded receiver",
      unit: "s",
      id: "embedded-run",
      peer,
      goal: { of: "ratio", bound: "at-most", value: mostOfNode.run },
    },
  } as const;

  // What is installed.
  const main = program("../../bundle/cli.js");
  if (!existsSync(main)) return Object.values(rows).map((each) => unmeasured(each, "there is no bundle/cli.js"));

  const cwd = mkdtempSync(join(tmpdir(), "embedded-"));
  const start =
    (...parameters: readonly string[]): Contender =>
    () =>
      timeMs(() => runNode(parameters, cwd));
  const inSeconds =
    (contender: Contender): Contender =>
    async () =>
      (await contender()) / 1000;
  const node = start("-e", "0");
  try {
    const short = await playRounds(rounds, {
      list: start(main, "list"),
      repro: start(main, "repro", "503,200"),
      yargs: start(program("empty-yargs-program.js")),
      node,
    });
    const long = await playRounds(Math.min(rounds, mostLongRounds), {
      run: inSeconds(start(main, "run", ...(scale < 0.1 ? ["--embedded", "--suite", "acknowledgement"] : []))),
      node: inSeconds(node),
    });
    return [
      row(rows.list, short.list, short.yargs),
      row(rows.listBesideNode, short.list, short.node),
      row(rows.repro, short.repro, short.node),
      row(rows.run, long.run, long.node),
    ];
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function runNode(parameters: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(process.execPath, parameters, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`node ${parameters.join(" ")} ended with ${String(status)}: ${stderr.toString()}`);
}
