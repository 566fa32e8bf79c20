import { describe, expect, it } from "vitest";
import { systemClock } from "../clock/system-clock.js";
import { harness } from "../package-facts.js";
import { schemaErrorsOf } from "../report/schema-errors.test.kit.js";
import { expectAcknowledged } from "./expectations.js";
import type { KnownFailure } from "./known-failures.js";
import type { RunEvent } from "./run.js";
import {
  baselineCheckOf,
  checkIn,
  checkOf,
  outcomesOf,
  runChecks,
  runSuites,
  startReceiver,
  startScripted,
  targetOf,
  timeOf,
} from "./run.test.kit.js";
import { suppliedSessions } from "./session-ids.js";
import { restartedAfter, restartedAfterNone, type Death } from "./vitals.js";

describe("a run", () => {
  it("fits its schema with failures, errors, remarks, latencies and known failures", async () => {
    const receiver = await startReceiver(({ number }) => (number === 1 ? {} : { status: 500, body: "\u0000\ufffdé" }));
    const checks = [
      checkOf("a/fails", { clause: null, source: "RFC 9110 §9" }),
      checkOf("a/breaks", { run: () => Promise.reject(new Error("oh")) }),
      checkOf("b/measures", {
        level: "hardening",
        run: async (context) => {
          context.latencies([1, 2, 3]);
          context.note("Hm.");
        },
      }),
      checkOf("b/skipped", { level: "recommended", needs: ["credentials"] }),
    ];
    const report = await runChecks(targetOf(receiver.url), checks, {
      knownFailures: [
        { check: "a/fails", reason: "later" },
        { check: "none", reason: "never" },
      ],
    });
    expect(schemaErrorsOf(report)).toBeNull();
    expect(outcomesOf(report)).toEqual({
      "a/fails": "failed",
      "a/breaks": "error harness-error",
      "b/measures": "passed",
      "b/skipped": "skipped not-observable",
    });
    expect(checkIn(report, "b/measures").latencies).toMatchObject({ count: 3, maxMs: 3 });
  });

  it("says what was run, and where it comes from", async () => {
    const receiver = await startReceiver();
    const before = systemClock.now();
    const target = targetOf(receiver.url, { headers: [["X-A", "1"]], seed: "s", nonce: "n" });
    const origin = { about: { version: "1.2" }, command: "run it", notes: ["Set up so."] };
    const report = await runChecks(target, [checkOf("a/one"), checkOf("a/left-out")], {
      ...origin,
      selected: new Set(["a/one"]),
      knownFailures: [{ check: "none", reason: "never" }],
    });
    expect(report).toMatchObject({
      harness,
      contract: { id: "batch" },
      target: { url: receiver.url, local: true, capabilities: ["credentials"], headers: ["X-A"] },
      about: origin.about,
      command: "run it",
      seed: "s",
      nonce: "n",
      notes: ["Set up so.", 'known failure "none" matches no check: correct or remove it'],
    });
    expect(report).not.toHaveProperty("repeats");
    expect(checkIn(report, "a/left-out")).toMatchObject({
      outcome: "skipped",
      reasonCode: "not-selected",
      reason: "not selected by the filters",
    });
    expect(Date.parse(report.startedAt)).toBeGreaterThanOrEqual(Math.floor(before));
    expect(report.durationMs).toSatisfy((ms) => Number.isInteger(ms) && ms <= systemClock.now() - before + 1);
  });

  it.each([
    ["acknowledges", 200, 3, "passed"],
    ["refuses", 500, 0, "inconclusive"],
  ])("counts what passed in the run that it repeats where the receiver %s", async (_, status, gatedPassed, gate) => {
    const receiver = await startReceiver(() => ({ status }));
    const repeats = { startedAt: "2025-01-17T10:30:00.000Z", seed: "s", gatedPassed: 3 };
    const ungated = checkOf("a/one", { level: "recommended" });
    const report = await runChecks(targetOf(receiver.url), [ungated], { repeats });
    expect(report.repeats).toEqual({ ...repeats, gatedPassed });
    expect(report.gate.outcome).toBe(gate);
  });

  it.each([
    ["is inconclusive", [], "inconclusive"],
    ["passes where it is one of several jobs", ["Shard 1 of 2"], "passed"],
  ])("that judges nothing of what is gated %s", async (_what, notes, gate) => {
    const receiver = await startReceiver();
    const ungated = checkOf("a/one", { level: "recommended" });
    expect((await runChecks(targetOf(receiver.url), [ungated], { notes })).gate.outcome).toBe(gate);
  });

  it("that takes too long says how to give it more time", async () => {
    const receiver = await startReceiver(() => "hang");
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one")], { maxTimeMs: 1 });
    expect(checkIn(report, "a/one")).toMatchObject({
      reasonCode: "time-budget-spent",
      reason: "the time budget of 0.001 seconds was spent; raise --max-time",
    });
  });

  it("sends nothing where none of its checks does", async () => {
    const receiver = await startReceiver();
    const quiet = checkOf("a/quiet", { builds: "nothing", run: async () => {} });
    const report = await runChecks(targetOf(receiver.url), [quiet]);
    expect([outcomesOf(report), receiver.arrived, report.notes]).toEqual([{ "a/quiet": "passed" }, [], []]);
  });

  it("gives a receiver that was taken down five seconds before it counts as down", async () => {
    const clock = timeOf();
    const receiver = await startReceiver(({ number }) => ({ status: number > 2 && clock.now() < 5000 ? 500 : 200 }));
    const rough = checkOf("a/rough", { pace: "rough" });
    const report = await runChecks(targetOf(receiver.url, { clock }), [rough, checkOf("a/two", { pace: "rough" })]);
    expect(outcomesOf(report)).toEqual({ "a/rough": "passed", "a/two": "passed" });
    expect(clock.now()).toBe(5000);
  });

  it("asks nothing of a receiver for want of a session, and goes on with what needs none", async () => {
    const receiver = await startReceiver();
    const rough = checkOf("a/rough", { builds: "nothing", sessions: 0, pace: "rough", run: async () => {} });
    const target = targetOf(receiver.url, { sessions: suppliedSessions([]) });
    const report = await runChecks(target, [rough, checkOf("a/one")]);
    expect(outcomesOf(report)).toEqual({ "a/rough": "passed", "a/one": "not-run sessions-used-up" });
    expect(receiver.arrived).toEqual([]);
  });

  it("tells of the stack of what the harness itself threw, without secrets", async () => {
    const receiver = await startReceiver();
    const stacks: unknown[] = [];
    const target = targetOf(receiver.url, { headers: [["X-Api-Key", "very-secret-value"]] });
    const fails = (): never => {
      throw new Error("ours, with very-secret-value");
    };
    await runChecks(target, [checkOf("a/ours", { run: async () => fails() }), checkOf("a/none")], {
      concurrency: 1,
      on: (event) => void (event.kind === "check-ended" && stacks.push(event.stack)),
    });
    expect(stacks).toEqual([expect.stringMatching(/^Error: ours, with (?!very)[\s\S]*\n +at fails /), undefined]);
  });

  it("tells of what happens as it happens", async () => {
    const receiver = await startReceiver(({ number }) => ({ status: number === 2 ? 500 : 200 }));
    const events: string[] = [];
    const on = (event: RunEvent): void => {
      switch (event.kind) {
        case "started":
          events.push(`started ${event.checks}: ${JSON.stringify([...event.suites])}`);
          break;
        case "stage":
          events.push(event.says);
          break;
        case "baseline":
          events.push(`baseline ${event.baseline}`);
          break;
        case "check-started":
          events.push(`${event.confirming ? "repeat" : "start"} ${event.id}`);
          break;
        case "waiting":
          break;
        case "check-ended":
          events.push(`end ${event.check.id} ${event.check.outcome}`);
          break;
      }
    };
    await runChecks(
      targetOf(receiver.url),
      [checkOf("a/one"), checkOf("a/two", { needs: ["credentials"] }), checkOf("a/three")],
      {
        on,
        concurrency: 1,
        selected: new Set(["a/one", "a/two"]),
      },
    );
    expect(events).toEqual([
      'started 2: [["a",2]]',
      "end a/two skipped",
      "first callback sent, waiting up to 20 s",
      "baseline acknowledged",
      "start a/one",
      "1 failed once, confirming alone",
      "repeat a/one",
      "end a/one passed",
    ]);
  });

  it("tells of each check, once, just what stands in the report", async () => {
    const receiver = await startReceiver();
    const ended: unknown[] = [];
    const fails = checkOf("a/fails", {
      run: async (context) => context.mismatch("something else", "this", await context.send()),
    });
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one"), checkOf("a/two"), fails], {
      concurrency: 1,
      on: (event) => void (event.kind === "check-ended" && ended.push(event.check)),
    });
    expect(ended).toEqual(report.checks);
  });

  it("reports checks in the order of the catalogue, whatever the order of their ends", async () => {
    const receiver = await startReceiver();
    const checks = [checkOf("a/last", { pace: "rough" }), checkOf("a/measured", { pace: "alone" }), checkOf("b/first")];
    const report = await runChecks(targetOf(receiver.url), checks);
    expect(report.checks.map(({ id }) => id)).toEqual(["a/last", "a/measured", "b/first"]);
  });

  it("starts a suite that could disturb others when those have ended", async () => {
    const receiver = await startReceiver();
    const started: string[] = [];
    await runSuites(
      targetOf(receiver.url),
      [
        { id: "load", title: "", separate: true, checks: [checkOf("load/floods")] },
        { id: "a", title: "", checks: [checkOf("a/one"), checkOf("a/rough", { pace: "rough" })] },
      ],
      { on: (event) => void (event.kind === "check-started" && started.push(event.id)) },
    );
    expect(started).toEqual(["a/one", "a/rough", "load/floods"]);
  });

  it("does not ask a receiver that acknowledged nothing whether it still does", async () => {
    const receiver = await startReceiver(() => ({ status: 500 }));
    const rough = checkOf("a/rough", { builds: "nothing", pace: "rough", run: async () => {} });
    await runChecks(targetOf(receiver.url), [baselineCheckOf("a/one"), rough]);
    // The first callback, which is asked for twice.
    expect(receiver.arrived).toHaveLength(2);
  });

  it("notes that nobody listened for a while, where no failed check says so and somebody listens again", async () => {
    const over = (...ids: string[]): Death => ({ after: ids.map((check) => ({ check, label: "odd" })) });
    const [told, untold, last] = [over("none/other", "a/odd"), over("a/fails"), over("none/last")];
    const receiver = await startReceiver(({ headers }) => (headers["x-odd"] === "1" ? "reset" : {}));
    const odd = checkOf("a/odd", {
      run: async (context) =>
        expectAcknowledged(context, await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } })),
    });
    const fails = checkOf("a/fails", {
      run: async (context) => context.mismatch("something else", "this", await context.send()),
    });
    const target = targetOf(receiver.url);
    const deathBy = (check: string): Death | null => (check === "a/odd" ? told : null);
    const vitals = { ...target.vitals, deaths: [told, untold, last], death: last, deathBy };
    const report = await runChecks({ ...target, vitals }, [odd, fails]);
    expect(outcomesOf(report)).toEqual({ "a/odd": "failed", "a/fails": "failed" });
    expect(report.notes).toEqual([restartedAfter(untold)]);
    const acquitting = { ...vitals, isByNoneOf: (death: Death) => death === untold };
    const acquitted = await runChecks({ ...target, vitals: acquitting }, [odd, fails]);
    expect(acquitted.notes).toEqual([restartedAfterNone(untold)]);
  });

  it("names the custom headers that it did not send, since system headers win", async () => {
    const receiver = await startReceiver();
    const report = await runChecks(
      targetOf(receiver.url, {
        headers: [
          ["content-type", "text/plain"],
          ["content-length", "1"],
          ["X-A", "1"],
        ],
      }),
      [checkOf("a/one")],
    );
    expect(report.notes).toEqual([
      "System headers cannot be overridden, so these custom headers were not sent: content-type, content-length.",
    ]);
    expect(report.target.headers).toEqual(["X-A"]);
  });

  it("plays the schedule at the documented times, byte for byte the same, in no time", async () => {
    const receiver = await startReceiver();
    const clock = timeOf();
    const check = checkOf("a/one", {
      spansMinutes: true,
      run: async (context) => expectAcknowledged(context, ...(await context.schedule({ attempts: 6 }))),
    });
    const report = await runChecks(targetOf(receiver.url, { clock }), [check]);
    const minutes = checkIn(report, "a/one").attempts.map(({ virtualOffsetMs }) => virtualOffsetMs / 60_000);
    expect(minutes).toEqual([0, 1, 3, 8, 23, 53]);
    const [, ...attempts] = receiver.arrived.map(({ body, rawHeaders }) => [body, ...rawHeaders].join("\n"));
    expect(new Set(attempts).size).toBe(1);
  });

  it("plays the schedule in wall time where it is told to", async () => {
    const receiver = await startReceiver();
    const clock = timeOf();
    const check = checkOf("a/one", {
      spansMinutes: true,
      run: async (context) => expectAcknowledged(context, ...(await context.schedule({ attempts: 6 }))),
    });
    const waits: string[] = [];
    const on = (event: RunEvent): void => {
      if (event.kind === "waiting")
        waits.push(`attempt ${event.attempt} of ${event.of} at ${event.until.slice(11, 19)}`);
    };
    await runChecks(targetOf(receiver.url, { clock, elapse: "real" }), [check], { on });
    expect(waits).toEqual([
      "attempt 2 of 6 at 00:01:00",
      "attempt 3 of 6 at 00:03:00",
      "attempt 4 of 6 at 00:08:00",
      "attempt 5 of 6 at 00:23:00",
      "attempt 6 of 6 at 00:53:00",
    ]);
    expect(clock.now()).toBe(53 * 60_000);
  });

  it("plays several schedules in wall time side by side", async () => {
    const receiver = await startReceiver();
    const clock = timeOf();
    const spanning = (id: string) =>
      checkOf(id, { spansMinutes: true, run: async (context) => void (await context.schedule({ attempts: 6 })) });
    await runChecks(targetOf(receiver.url, { clock, elapse: "real" }), [spanning("a/one"), spanning("a/two")]);
    expect(clock.now()).toBe(53 * 60_000);
  });

  it("lets stand what it saw over the real schedule: 53 minutes are not played twice", async () => {
    const receiver = await startReceiver(({ number }) => (number === 4 ? { status: 500 } : {}));
    const clock = timeOf();
    const check = checkOf("a/one", {
      spansMinutes: true,
      run: async (context) => expectAcknowledged(context, ...(await context.schedule({ attempts: 6 }))),
    });
    const report = await runChecks(targetOf(receiver.url, { clock, elapse: "real" }), [check]);
    expect(checkIn(report, "a/one").mismatches.map(({ where }) => where)).toEqual(["attempt 3 at 00:03:00"]);
    expect(clock.now()).toBe(53 * 60_000);
  });

  it.each([
    ["the real schedule was not played", {}, { spansMinutes: true }],
    ["it plays none", { elapse: "real" }, {}],
  ] as const)("repeats a failure where %s", async (_why, told, rest) => {
    const receiver = await startReceiver(({ number }) => (number === 2 ? { status: 500 } : {}));
    const report = await runChecks(targetOf(receiver.url, told), [checkOf("a/one", rest)]);
    expect(outcomesOf(report)).toEqual({ "a/one": "passed" });
  });

  it("does not wait for bodies once the baseline's did not end", async () => {
    const { clock, target } = await startScripted({ kind: "dribble", part: "body", bytes: 1, everyMs: 1000 });
    const checks = [baselineCheckOf("a/judges"), checkOf("a/one"), checkOf("a/two")];
    const report = await runChecks(target, checks, { concurrency: 1 });
    expect(report.verdict).toBe("conformant");
    expect(clock.now()).toBeLessThan(25_000);
  });
});

describe("a run with known failures", () => {
  const entry = (check: string, reason = "later"): KnownFailure => ({ check, reason });
  const run = async (known: readonly KnownFailure[], status = 500) => {
    const receiver = await startReceiver(() => ({ status }));
    return runChecks(
      targetOf(receiver.url),
      [baselineCheckOf("a/one"), baselineCheckOf("b/two", { level: "recommended" })],
      {
        knownFailures: known,
      },
    );
  };

  it("passes its gate, and is non-conformant all the same", async () => {
    const report = await run([entry("a/one", "until May")]);
    expect([report.verdict, report.gate.exitCode]).toEqual(["non-conformant", 0]);
    expect(checkIn(report, "a/one")).toMatchObject({ outcome: "failed", knownFailure: "until May" });
  });

  it("fails its gate where a listed check passes, of whatever level", async () => {
    const report = await run([entry("b/two")], 200);
    expect([report.verdict, report.gate.outcome, report.gate.exitCode]).toEqual(["conformant", "failed", 1]);
    expect(report.notes.join()).toContain("b/two passes, so remove it");
  });

  it("says of a flaky one that it passed, and only then", async () => {
    const flaky = { ...entry("a/one"), flaky: true };
    const notesAt = async (status: number) => checkIn(await run([flaky], status), "a/one").notes;
    const note = "passed this time; listed as flaky: later";
    expect([await notesAt(200), await notesAt(500)]).toEqual([[note], []]);
  });

  it("does not pass its gate where the receiver cannot be reached", async () => {
    const receiver = await startReceiver();
    await receiver.close();
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one")], { knownFailures: [entry("**")] });
    expect(report.gate.exitCode).toBe(3);
  });
});
