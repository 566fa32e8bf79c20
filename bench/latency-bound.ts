import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaults } from "../src/defaults.js";
import { startProgram } from "./child-program.js";
import { runCommand } from "./command-line-run.js";
import { row, type Plan, type Row } from "./row.js";

const latenciesMs = [5, 100, 300, 900];
/** What a run takes beside waiting for answers. */
const fixedMs = 4000;
const factor = 1.5;

/** How long a full run takes against a healthy receiver of some latency, beside what its requests make unavoidable. */
export async function latencyBound({ scale }: Plan): Promise<Row[]> {
  const rows: Row[] = [];
  for (const latencyMs of latenciesMs.slice(0, scale < 0.1 ? 1 : scale < 1 ? 2 : latenciesMs.length)) {
    const { ms, requests } = await fullRun(latencyMs, scale < 0.1 ? ["--suite", "payload"] : []);
    const bound = factor * ((requests * latencyMs) / defaults.run.concurrency) + fixedMs;
    rows.push(
      row(
        {
          id: `run-at-${latencyMs}-ms`,
          what: `full run, ${latencyMs} ms an answer, ${requests} requests`,
          unit: "s",
          peer: `${factor} x (requests x L / ${defaults.run.concurrency}) + ${fixedMs / 1000} s`,
          goal: { of: "ratio", bound: "at-most", value: 1 },
        },
        [ms / 1000],
        [bound / 1000],
      ),
    );
  }
  return rows;
}

async function fullRun(
  latencyMs: number,
  filters: readonly string[],
): Promise<{ readonly ms: number; readonly requests: number }> {
  const { child, message: port, ended } = await startProgram("slow-server.js", [String(latencyMs)]);
  const out = mkdtempSync(join(tmpdir(), "bench-run-"));
  try {
    const url = `http://127.0.0.1:${String(port)}/hook`;
    const { ms } = await runCommand(["run", url, "--local", "--quiet", "--out", out, ...filters], [0, 1, 3]);
    const answer = once(child, "message");
    child.send("how many?");
    const [requests] = (await answer) as [number];
    return { ms, requests };
  } finally {
    child.kill();
    await ended;
    rmSync(out, { recursive: true });
  }
}
