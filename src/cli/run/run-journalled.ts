import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import type { Report, ReportCheck } from "../../report/model.js";
import { run, type RunEvent } from "../../runner/run.js";
import type { Target } from "../../runner/target.js";
import { isDebugged } from "../failure.js";
import { printAside } from "../print.js";
import { reportOutline } from "../report/report-outline.js";
import { openJournal, type RunJournalLine } from "../report/journal.js";

interface Following {
  readonly signal: AbortSignal;
  /** The exchanges of what passed stand in journal and report too. @default true */
  readonly keepsPassing?: boolean;
  on(event: RunEvent): void;
}

/** Runs the checks against one receiver under one contract; each outcome goes to the journal as it comes. */
export async function runJournalled(target: Target, directory: string, following: Following): Promise<Report> {
  const { signal, keepsPassing = true } = following;
  const kept = (check: ReportCheck): ReportCheck =>
    keepsPassing || check.outcome !== "passed" ? check : { ...check, attempts: [] };
  const startedAtMs = systemClock.now();
  const outline = reportOutline(target, isoTime(startedAtMs));
  const journal = openJournal<RunJournalLine>(directory, {
    kind: "run",
    startedAt: outline.startedAt,
    target: outline.target.url,
    seed: outline.seed,
    nonce: outline.nonce,
    checks: target.selected.size,
    outline,
  });
  const stacks: string[] = [];
  try {
    const report = await run(target, {
      signal,
      on(event) {
        if (event.kind === "check-ended") {
          const { check, stack } = event;
          const elapsedMs = Math.round(systemClock.now() - startedAtMs);
          journal.write({ kind: "check", elapsedMs, ...kept(check), ...(stack !== undefined && { stack }) });
          if (stack !== undefined) stacks.push(`${check.id}: ${stack}`);
        }
        following.on(event);
      },
    });
    return { ...report, checks: report.checks.map(kept) };
  } finally {
    journal.close();
    // At the end, so that no progress display is written over.
    if (isDebugged()) stacks.forEach(printAside);
  }
}
