import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../src/clock/system-clock.js";
import { isoTime } from "../src/clock/timestamps.js";
import { commandLineStart } from "./command-line-start.js";
import { deliveryCost } from "./delivery-cost.js";
import { latencyBound } from "./latency-bound.js";
import { manyTargets } from "./many-targets.js";
import type { Plan, Row } from "./row.js";
import { senderThroughput } from "./sender-throughput.js";
import { table } from "./table.js";
import { virtualThroughput } from "./virtual-throughput.js";
import { wholeSchedule } from "./whole-schedule.js";

const measurements: readonly ((plan: Plan) => Promise<Row[]>)[] = [
  senderThroughput,
  virtualThroughput,
  wholeSchedule,
  deliveryCost,
  commandLineStart,
  latencyBound,
  manyTargets,
];

/** `npm run bench`: where we stand against the peers. It is no test: a missed goal is told, not failed on. */
const { values: options } = parseArgs({
  options: {
    /** Fewer rounds, and a tenth of the deliveries. */
    quick: { type: "boolean", default: false },
    /** Multiplies the work of a round, for a test that wants to see every row and no figure. */
    scale: { type: "string", default: "1" },
    out: { type: "string", default: "reports/bench.json" },
  },
});
const scale = Number(options.scale);
if (!(scale > 0 && scale < Infinity)) {
  console.error(`--scale: expected a number above 0, got ${JSON.stringify(options.scale)}`);
  process.exit(2);
}
const plan: Plan = options.quick ? { rounds: 3, scale: scale / 10 } : { rounds: 9, scale };

const startedAt = systemClock.now();
const rows: Row[] = [];
for (const measure of measurements) {
  console.error(`measuring: ${measure.name}`);
  rows.push(...(await measure(plan)));
}
const report = {
  startedAt: isoTime(startedAt),
  durationMs: Math.round(systemClock.now() - startedAt),
  node: process.version,
  processors: cpus().map(({ model }) => model),
  plan,
  rows,
};
mkdirSync(dirname(options.out), { recursive: true });
writeFileSync(options.out, `${JSON.stringify(report, null, 2)}\n`);
console.log(table(rows));
console.log(`written to ${options.out}`);
