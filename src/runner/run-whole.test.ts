import { describe, expect, it } from "vitest";
import { suites } from "../../suites/index.js";
import { systemClock } from "../clock/system-clock.js";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import type { Report } from "../report/model.js";
import { schemaErrorsOf } from "../report/schema-errors.test.kit.js";
import { closeAfterTest, runSuites, startScripted, targetOf } from "./run.test.kit.js";
import { inventedSessions } from "./session-ids.js";

const key = ["X-Api-Key", "k3y-of-the-tests"] as const;

/** Every suite against the receiver that is embedded. */
async function countEmbedded(
  seed: string,
  { isObserved = false } = {},
): Promise<{ readonly report: Report; readonly requests: number }> {
  /** Callbacks that were taken or refused. */
  let requests = 0;
  const receiver = createReferenceReceiver({
    clock: systemClock,
    credential: { header: key[0], value: key[1] },
    log: ({ event }) => void (requests += Number(event === "callback" || event === "refused")),
  });
  closeAfterTest(() => receiver.close());
  const url = await receiver.listen({ port: 0 });
  const target = targetOf(url, {
    kind: "embedded",
    headers: [key],
    sessions: inventedSessions(seed, ""),
    ...(isObserved && { effects: { name: "the receiver", count: async (id) => receiver.processed(id) } }),
  });
  return { report: await runSuites(target, suites, { seed, nonce: "" }), requests };
}

const runEmbedded = async (seed: string): Promise<Report> => (await countEmbedded(seed)).report;

/** What differs between two runs by nature: times, ports, and the Date header. */
function withoutTimes(report: Report): unknown {
  const text = JSON.stringify({ ...report, durationMs: 0, startedAt: "" }, (name, value: unknown) => {
    if (["startedAt", "durationMs", "latencies"].includes(name)) return 0;
    if (name === "headers" && Array.isArray(value))
      return value.filter((header: string[]) => header[0]?.toLowerCase() !== "date");
    return value;
  });
  return JSON.parse(text.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:0"));
}

describe("a run of every suite", () => {
  it("against the embedded receiver is conformant, and says the same twice", async () => {
    const [first, second] = [await runEmbedded("seed"), await runEmbedded("seed")];
    expect([first.verdict, first.gate.exitCode]).toEqual(["conformant", 0]);
    expect(withoutTimes(second)).toEqual(withoutTimes(first));
    expect(schemaErrorsOf(first)).toBeNull();
  });

  it("asks the receiver for at most half as much more where effects are looked at", async () => {
    const [without, observed] = [await countEmbedded("seed"), await countEmbedded("seed", { isObserved: true })];
    const passed = ({ report: { checks } }: typeof without): number =>
      checks.filter(({ outcome }) => outcome === "passed").length;
    expect(passed(observed)).toBeGreaterThan(passed(without) + 10);
    expect(observed.requests).toBeLessThanOrEqual(1.5 * without.requests);
  });

  it("with another seed sends other session ids", async () => {
    const idsOf = ({ checks }: Report): string[] =>
      checks.flatMap(({ attempts }) => attempts.map(({ sessionId }) => sessionId));
    const [first, second] = [idsOf(await runEmbedded("one")), idsOf(await runEmbedded("two"))];
    expect(first.length).toBeGreaterThan(50);
    expect(second.filter((id) => id.length === 26 && first.includes(id))).toEqual([]);
  });

  it("fits its schema where the receiver fails", async () => {
    const { target } = await startScripted({ kind: "answer", status: 500, body: "oh" });
    expect(schemaErrorsOf(await runSuites(target, suites))).toBeNull();
  });

  it("fits its schema where it hangs", async () => {
    const { target } = await startScripted({ kind: "never" });
    expect(schemaErrorsOf(await runSuites(target, suites))).toBeNull();
  });
});
