import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { playRounds, timeMs, type Contender } from "./rounds.js";
import { row, unmeasured, type Plan, type Row } from "./row.js";

const program = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** How long the command line takes to start, do the least it can, and end. */
export async function commandLineStart({ rounds }: Plan): Promise<Row[]> {
  const compared = { what: "`list` on the command line", unit: "ms" } as const;
  const besideYargs = {
    ...compared,
    id: "command-line-start",
    peer: "an empty yargs program",
    goal: { of: "ratio", bound: "at-most", value: 1.4 },
  } as const;
  const besideNode = {
    ...compared,
    id: "command-line-start-beside-node",
    peer: "node -e 0",
    goal: { of: "ratio", bound: "at-most", value: 2 },
  } as const;

  // What is installed.
  const main = program("../../bundle/cli.js");
  if (!existsSync(main)) {
    const note = "there is no bundle/cli.js";
    return [unmeasured(besideYargs, note), unmeasured(besideNode, note)];
  }
  const start =
    (...parameters: readonly string[]): Contender =>
    () =>
      timeMs(() => runNode(parameters));
  const figures = await playRounds(rounds, {
    ours: start(main, "list"),
    yargs: start(program("empty-yargs-program.js")),
    node: start("-e", "0"),
  });
  return [row(besideYargs, figures.ours, figures.yargs), row(besideNode, figures.ours, figures.node)];
}

function runNode(parameters: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, parameters, { stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`node ${parameters.join(" ")} ended with ${String(status)}: ${stderr.toString()}`);
}
