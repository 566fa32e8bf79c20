import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, test, type TestContext } from "vitest";
import { suites } from "../../suites/index.js";
import { assertRealTimers } from "../clock/faked-timers.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import type { ReportCheck } from "../report/model.js";
import { redactLine } from "../report/redact-line.js";
import { blindnessOf } from "../runner/calibrate.js";
import type { Check, Suite } from "../runner/check.js";
import { unansweredText } from "../runner/effects-judged.js";
import { createExamination, type Examination } from "../runner/examination.js";
import { staleEntries } from "../runner/known-failures.js";
import { oneByOne, type OneByOne } from "../runner/one-by-one.js";
import { namedChecks, selectChecks } from "../runner/selection.js";
import { suitesUnder } from "../runner/suites-under.js";
import { stopSignal } from "../runner/stop-signal.js";
import { contractFor } from "./contract.js";
import { inOurOptions, inOurWords } from "./option-names.js";
import type { ConformanceOptions } from "./options.js";
import { openReceiver, type OpenReceiver } from "./receiver.js";
import { scenarioSuite } from "./scenarios.js";
import { testEndOf, type TestEnd } from "./test-end.js";
import { Unredacted } from "../unredacted.js";

/** For the test to end by itself, with a reason. */
const graceMs = 10_000;

/** Whatever the project's own tests do. */
const inTheirOrder = { concurrent: false, shuffle: false };

/**
 * Registers the conformance checks and the named scenarios as tests, a `describe` for each suite and one for the
 * scenarios; call it at the top of a test file, or within a `describe`. They run one at a time, since some of them
 * stall or flood the receiver; to spread them over files, and so over workers and shards, give each file its `suites`.
 * @throws UsageError for an option that is no use, such as a filter that matches nothing.
 * @example
 * conformance({ app: build, path: "/hook", headers: { "X-Api-Key": "secret" } });
 */
export function conformance(options: ConformanceOptions): void {
  const place = new Error("conformance");
  Error.captureStackTrace(place, conformance);
  const {
    title = defaults.vitest.title,
    failOn = defaults.run.failOn,
    timeoutMs = defaults.vitest.timeoutMs,
  } = options;
  const seed = options.seed ?? randomBytes(8).toString("hex");
  assertOneTarget(options);

  let receiver: OpenReceiver | null = null;
  let checking: OneByOne | null = null;
  let examination: Examination | null = null;
  let stop = new AbortController().signal;
  let ran = 0;
  let judged = 0;
  const all: readonly Suite[] = [
    ...suitesUnder(contractFor(options), suites),
    scenarioSuite(options, { receiver: () => opened(receiver), stop: () => stop }),
  ];
  const selected = selectedOf(all, options);

  async function within<T>(signal: AbortSignal | undefined, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    assertRealTimers("conformance");
    const budget = stopSignal(signal, timeoutMs, "raise timeoutMs");
    try {
      stop = budget.signal;
      return await work(stop);
    } finally {
      budget.dispose();
    }
  }

  const endOf = (reported: ReportCheck): TestEnd =>
    testEndOf(reported, {
      contract: contractFor(options),
      failOn,
      seed,
      servedAt: opened(receiver).servedAt,
    });

  async function run(check: Check, signal: AbortSignal | undefined): Promise<TestEnd> {
    const reported = await within(signal, (until) => opened(checking).examine(check, until));
    await opened(receiver).settle();
    ran += 1;
    if (reported.outcome === "passed" || reported.outcome === "failed") judged += 1;
    return endOf(reported);
  }

  /** What the checks had acknowledged beside what they look at themselves. */
  async function collect(signal: AbortSignal | undefined): Promise<TestEnd> {
    const { failed, unanswered, trouble } = await within(signal, (until) => opened(checking).collect(until));
    if (opened(examination).calibration?.kind !== "observable") {
      return { kind: "skipped", note: "not observable: processed() has shown nothing" };
    }
    const ends = failed.map((reported) => [reported.id, endOf(reported)] as const);
    const red = ends.flatMap(([id, end]) => (end.kind === "failed" ? [`${id}: ${end.message}`] : []));
    if (red.length > 0) return { kind: "failed", message: red.join("\n\n") };
    const notes = ends.flatMap(([id, end]) => (end.kind === "skipped" ? [`${id} ${end.note}`] : []));
    if (unanswered > 0) notes.push(unansweredText(unanswered));
    if (trouble !== null) notes.push(`not all of it could be seen: ${trouble}`);
    return notes.length > 0 ? { kind: "skipped", note: notes.join("; ") } : { kind: "passed" };
  }

  describe(title, inTheirOrder, () => {
    beforeAll(async () => {
      assertRealTimers("conformance");
      receiver = await openReceiver(options, {
        suites: all,
        named: namedChecks(all, options),
        seed,
      });
      examination = createExamination(receiver.target);
      checking = oneByOne(examination, all);
    }, timeoutMs);
    afterAll(async () => {
      await receiver?.close();
      // Skipped tests alone would leave the file green.
      if (ran > 0 && judged === 0)
        throw failureAt(place, "nothing was judged: no check could be, see why each was skipped");
      const blindness = blindnessOf(examination?.calibration ?? null);
      if (blindness !== null)
        throw failureAt(
          place,
          new Unredacted(inOurOptions(`${blindness.reason}. ${blindness.howToTell}`)).through(
            opened(receiver).target.redactor,
            redactLine,
          ),
        );
      ran = 0;
      judged = 0;
    }, timeoutMs);

    for (const suite of all) {
      const checks = inOrder(suite.checks).filter(({ id }) => selected.has(id));
      if (checks.length === 0) continue;
      describe(suite.id, inTheirOrder, () => {
        for (const check of checks) {
          test(`${check.id}: ${check.title}`, { timeout: timeoutMs + graceMs }, async (context) => {
            endAs(await run(check, context.signal), context, place);
          });
        }
      });
    }
    const wholeRun = "each session that was acknowledged was processed once";
    for (const title of options.processed === undefined &&
    typeof options.app !== "string" &&
    !(options.app instanceof URL)
      ? []
      : [wholeRun]) {
      test(title, { timeout: timeoutMs + graceMs }, async (context) =>
        endAs(await collect(context.signal), context, place),
      );
    }
  });
}

function endAs(end: TestEnd, context: TestContext, place: Error): void {
  switch (end.kind) {
    case "passed":
      return;
    case "skipped":
      return context.skip(end.note);
    case "failed":
      throw failureAt(place, end.message);
  }
}

function assertOneTarget({ app, url }: ConformanceOptions): void {
  if ((app === undefined) !== (url === undefined)) return;
  const got = app === undefined ? "neither" : "both";
  throw new UsageError("ERR_CONFORMANCE", `conformance: expected app or url, got ${got}`);
}

/** The ids of the checks to register. */
function selectedOf(all: readonly Suite[], options: ConformanceOptions): ReadonlySet<string> {
  const catalogue = all.flatMap(({ checks }) => checks);
  const [stale] = staleEntries(options.knownFailures ?? [], catalogue, new Map());
  if (stale !== undefined) throw new UsageError("ERR_KNOWN_FAILURES", `knownFailures: ${stale}`);
  try {
    return selectChecks(all, options);
  } catch (error) {
    throw inOurWords(error);
  }
}

/** Vitest runs no test whose `beforeAll` has failed. */
function opened<T>(value: T | null): T {
  if (value === null) throw new Error("the receiver is not there");
  return value;
}

/** What stalls or floods comes last, as in a whole run. */
function inOrder(checks: readonly Check[]): readonly Check[] {
  const paces = ["side-by-side", "alone", "rough"] as const;
  return paces.flatMap((pace) => checks.filter((check) => (check.pace ?? "side-by-side") === pace));
}

/** An error that points at where the tests were asked for, since nothing of ours is to be debugged. */
function failureAt(place: Error, message: string): Error {
  const error = new Error(message);
  error.name = "ConformanceError";
  const frames = place.stack?.slice(place.stack.indexOf("\n    at ")) ?? "";
  error.stack = `${error.name}: ${message}${frames}`;
  return error;
}
