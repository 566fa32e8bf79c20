import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { Row } from "./row.js";

const root = fileURLToPath(new URL("..", import.meta.url));

// It starts compiled programs of its own, so it is played as built: `npm test` builds first.
test("a bench of the smallest size measures every row, whatever its goals, and says where we stand", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const out = join(folder, "deeper", "bench.json");
  const bench = ["dist/bench/bench.js", "--quick", "--scale", "0.02", "--out", out];
  const { stdout } = await promisify(execFile)(process.execPath, bench, { cwd: root });

  const { rows } = JSON.parse(await readFile(out, "utf8")) as { rows: Row[] };
  expect(rows.map(({ id }) => id)).toEqual([
    "sender-throughput",
    "sender-beside-autocannon",
    "virtual-throughput",
    "whole-schedule",
    "delivery-cost-few",
    "delivery-cost-more",
    "delivery-cost-many",
    "command-line-start",
    "command-line-start-beside-node",
    "embedded-repro",
    "embedded-run",
    "run-at-5-ms",
    "targets-time",
    "targets-memory",
    "targets-shards",
  ]);
  for (const row of rows) {
    expect(row.ours, row.id).toBeGreaterThan(0);
    expect(row.peers, row.id).toBeGreaterThan(0);
    expect(row.ratio, row.id).toBeGreaterThan(0);
    expect(typeof row.met, row.id).toBe(row.goal === null ? "object" : "boolean");
  }
  expect(stdout).toMatch(/^\d+ of 11 goals met/m);
});

test("a scale that is no positive number is refused before anything is measured", async () => {
  const bench = promisify(execFile)(process.execPath, ["dist/bench/bench.js", "--scale", "big"], { cwd: root });
  await expect(bench).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--scale: expected a number above 0, got "big"'),
  });
});
