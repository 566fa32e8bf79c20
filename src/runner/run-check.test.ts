import { describe, expect, it } from "vitest";
import { notApplicable, notJudged, notObservable, type Check } from "./check.js";
import { expectAcknowledged } from "./expectations.js";
import { checkIn, checkOf, outcomesOf, runChecks, startReceiver, targetOf } from "./run.test.kit.js";

async function end(rest: Partial<Check>, options: Parameters<typeof targetOf>[1] = {}) {
  const receiver = await startReceiver();
  const report = await runChecks(targetOf(receiver.url, options), [checkOf("a/one", rest)]);
  return { ...checkIn(report, "a/one"), came: outcomesOf(report)["a/one"], report, receiver };
}

describe("a check", () => {
  it("that throws is in error, which is ours and never charged to the receiver", async () => {
    const { came, reason, mismatches, report } = await end({
      run: async (context) => {
        await context.send();
        throw new TypeError("x is not a function");
      },
    });
    expect(came).toBe("error harness-error");
    expect(reason).toBe("a fault of the harness, not of the receiver: x is not a function");
    expect(mismatches).toEqual([]);
    expect([report.verdict, report.gate.exitCode]).toEqual(["inconclusive", 3]);
  });

  it("that throws after it found something is in error all the same", async () => {
    const { came, mismatches } = await end({
      run: async (context) => {
        context.mismatch("this", "that", "there");
        throw new Error("oh");
      },
    });
    expect([came, mismatches]).toEqual(["error harness-error", []]);
  });

  it("that throws something that is no error is in error too", async () => {
    // oxlint-disable-next-line prefer-promise-reject-errors, typescript/prefer-promise-reject-errors -- just that is tried
    expect((await end({ run: () => Promise.reject("oh") })).reason).toContain("oh");
  });

  it("that throws before it is under way is in error too", async () => {
    const run = (): never => {
      throw new Error("at once");
    };
    expect((await end({ run })).came).toBe("error harness-error");
  });

  it("reports every mismatch, with what was expected, what came and where", async () => {
    const { mismatches, hint } = await end({
      run: async (context) => {
        const [, second] = [await context.send(), await context.send({ variation: { label: "odd" } })];
        context.mismatch("this", "that", second);
        context.mismatch("these", "those", "the certificate");
      },
    });
    expect(mismatches).toMatchObject([
      { expected: "this", actual: "that", where: "callback 2 (odd)" },
      { expected: "these", actual: "those", where: "the certificate" },
    ]);
    expect(hint).toBe("Mend it.");
  });

  it("says of a scheduled attempt its number and its virtual time", async () => {
    const { mismatches, attempts } = await end({
      spansMinutes: true,
      run: async (context) => {
        const [, , third] = await context.schedule({ attempts: 3 });
        context.mismatch("this", "that", third ?? "nowhere");
      },
    });
    expect(mismatches[0]?.where).toBe("attempt 3 at 00:03:00");
    expect(attempts.map(({ number, virtualOffsetMs }) => [number, virtualOffsetMs])).toEqual([
      [1, 0],
      [2, 60_000],
      [3, 180_000],
    ]);
  });

  it.each([
    [notApplicable("there is no TLS here"), "skipped not-applicable", "not applicable: there is no TLS here"],
    [notObservable("pass --probe-url"), "skipped not-observable", "not observable: pass --probe-url"],
    [notJudged("no answer came"), "not-run baseline-not-acknowledged", "no answer came"],
  ])("may say that it cannot judge: %j", async (skip, came, reason) => {
    const ended = await end({ run: async () => skip });
    expect([ended.came, ended.reason]).toEqual([came, reason]);
  });

  it("that found something has failed, even where it says that it cannot judge", async () => {
    const { came } = await end({
      run: async (context) => {
        context.mismatch("this", "that", "there");
        return notObservable("after all");
      },
    });
    expect(came).toBe("failed");
  });

  it("may remark on something without failing", async () => {
    const { came, notes } = await end({ run: async (context) => context.note("An HTML page.") });
    expect([came, notes]).toEqual(["passed", ["An HTML page."]]);
  });

  it("that asks for what it does not declare is in error", async () => {
    expect((await end({ builds: "nothing", run: async (context) => void context.baseline })).reason).toContain(
      "asks for the baseline",
    );
    expect((await end({ run: async (context) => void (await context.effects([])) })).reason).toContain(
      "asks about effects",
    );
  });
});

describe("a check is skipped before anything is sent", () => {
  it("where it needs credentials and none are configured, with how to pass them", async () => {
    const { came, reason, receiver } = await end({ needs: ["credentials"] });
    expect(came).toBe("skipped not-observable");
    expect(reason).toBe(
      "not observable: no credentials are configured; pass the webhook's headers with -H 'Name: value'",
    );
    expect(receiver.arrived).toEqual([]);
  });

  it("where it needs elapsed time, and waits are skipped", async () => {
    expect((await end({ needs: ["elapsed-time"] })).reason).toContain("--real-time");
    expect((await end({ needs: ["elapsed-time"] }, { elapse: "real" })).came).toBe("passed");
  });

  it("where it is about the production address, and the target is not there", async () => {
    expect((await end({ productionOnly: true })).came).toBe("skipped not-applicable");
    expect((await end({ productionOnly: true }, { local: false })).came).toBe("passed");
  });

  it("where it is not selected, and stands in the report all the same", async () => {
    const receiver = await startReceiver();
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one"), checkOf("a/two")], {
      selected: new Set(["a/two"]),
    });
    expect(outcomesOf(report)).toEqual({ "a/one": "skipped not-selected", "a/two": "passed" });
    expect(receiver.arrived).toHaveLength(2);
    expect(report.verdictLine).toMatch(/^conformant in the 1 of 2 required checks selected: /);
  });
});

describe("evidence", () => {
  it("stands in the order of sending, whatever the order of the answers", async () => {
    const receiver = await startReceiver(async ({ headers }) => {
      if (headers["x-turn"] === "0") await new Promise((resolve) => setTimeout(resolve, 30));
      return {};
    });
    const check = checkOf("a/one", {
      run: async (context) => {
        const turns = [0, 1, 2].map((turn) =>
          context.send({ variation: { label: `turn ${turn}`, set: { "X-Turn": `${turn}` } } }),
        );
        expectAcknowledged(context, ...(await Promise.all(turns)));
      },
    });
    const report = await runChecks(targetOf(receiver.url), [check]);
    expect(checkIn(report, "a/one").attempts.map(({ label }) => label)).toEqual(["turn 0", "turn 1", "turn 2"]);
  });

  it("is kept of failures alone, or of none, where a check sends much", async () => {
    const receiver = await startReceiver(({ number }) => ({ status: number % 2 === 0 ? 200 : 500 }));
    const sendsMuch = (evidence: "failures" | "none"): Promise<number> =>
      runChecks(targetOf(receiver.url), [
        checkOf("a/one", {
          run: async (context) => void [await context.send({ evidence }), await context.send({ evidence })],
        }),
      ]).then((report) => checkIn(report, "a/one").attempts.length);
    expect(await sendsMuch("failures")).toBe(1);
    expect(await sendsMuch("none")).toBe(0);
  });

  it("is kept of what a mismatch points at in any case, with its label", async () => {
    const { attempts, mismatches } = await end({
      run: async (context) => {
        const attempt = await context.send({ evidence: "none", variation: { label: "odd" } });
        context.mismatch("this", "that", attempt);
        context.mismatch("these", "those", attempt);
      },
    });
    expect(attempts.map(({ label }) => label)).toEqual(["odd"]);
    expect(mismatches.map(({ where }) => where)).toEqual(["callback 1 (odd)", "callback 1 (odd)"]);
  });

  it("has long bodies cut, with a mark", async () => {
    const receiver = await startReceiver(({ number }) => ({
      status: number < 2 ? 200 : 500,
      body: "x".repeat(20_000),
    }));
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one")]);
    expect(checkIn(report, "a/one").attempts[0]?.response?.body).toMatch(
      /^x{8192}… \[cut: 8,192 of 20,000 bytes shown\]$/,
    );
  });
});
