import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { systemClock } from "../../clock/system-clock.js";
import { UsageError } from "../../errors.js";
import type { FormatName } from "../../report/formats.js";
import type { MatrixBuilder, MatrixTarget } from "../../report/matrix/matrix.js";
import { exitCodes } from "../../runner/verdict.js";
import { withoutSecretsOf } from "../run/run-plans.js";
import { runReported } from "../run/run-reported.js";
import { linksTo } from "../report/matrix-files.js";
import type { PlannedTarget } from "./targets-plan.js";
import { createSlots, type Slot } from "./targets-slots.js";

export interface TargetsRun {
  readonly targets: readonly PlannedTarget[];
  readonly atOnce: number;
  /** Each receiver has a directory in it, made ready. */
  readonly directory: string;
  readonly formats: readonly FormatName[];
  readonly signal: AbortSignal;
  readonly matrix: MatrixBuilder;
  /** Told of each receiver that is done with. */
  ended(target: MatrixTarget): void;
}

/** A receiver that says nothing for so long is waited for beside the others; a good one answers sooner. */
const patienceMs = 1000;
/** For each receiver that is worked on, so many may be open: those that hang take a deadline each, all at once. */
const openPerWorking = 10;

/** Runs against many receivers, side by side; of each, only its line of the matrix is kept in memory. */
export async function runMany(options: TargetsRun): Promise<void> {
  const { targets, atOnce, signal, matrix } = options;
  // Every run under way listens to it.
  setMaxListeners(0, signal);
  const slots = createSlots({ atOnce, mostOpen: atOnce * openPerWorking, patienceMs, clock: systemClock });
  const running = new Set<Promise<void>>();
  const begun = new Set<PlannedTarget>();
  for (const target of targets) {
    const slot = await slots.take(signal);
    if (slot === null) break;
    begun.add(target);
    const work = runOne(target, slot, options).finally(() => {
      running.delete(work);
      slot.release();
    });
    running.add(work);
  }
  await Promise.all(running);
  for (const { name, url } of targets.filter((target) => !begun.has(target))) {
    const reason = "the run was interrupted before its turn";
    options.ended(matrix.addUnrun({ name, url, reason, exitCode: exitCodes.interrupted }));
  }
}

/** A fault with one receiver, ours or its settings', is no reason not to check the others. */
async function runOne(target: PlannedTarget, slot: Slot, options: TargetsRun): Promise<void> {
  const { name, url } = target;
  try {
    options.ended(await reported(target, slot, options));
  } catch (error) {
    const exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.internal;
    const said = error instanceof Error ? error.message : String(error);
    const reason = exitCode === exitCodes.usage ? said : `a fault of the harness, not of the receiver: ${said}`;
    options.ended(options.matrix.addUnrun({ name, url, reason, exitCode }));
  }
}

async function reported(
  { name, plans }: PlannedTarget,
  slot: Slot,
  { directory, formats, signal, matrix }: TargetsRun,
): Promise<MatrixTarget> {
  return withoutSecretsOf(plans.runs, async () => {
    const report = await runReported(plans, {
      signal,
      directory: join(directory, name),
      formats,
      isOneOfMany: true,
      follow: () => ({ on: () => slot.sign() }),
    });
    return matrix.add(report, { name, files: linksTo(name, formats) });
  });
}
