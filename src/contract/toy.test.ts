import { describe, expect, it } from "vitest";
import { explained, judge, patienceMs } from "../../fixtures/judge.test.kit.js";
import { systemClock } from "../clock/system-clock.js";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import type { KnownReceiver } from "../faulty-receivers/index.js";
import { batch, batchWith } from "./batch.js";
import type { Contract } from "./contract.js";

const withFigures = batchWith({ deadlineMs: 5000, retryDelaysMs: [60_000, 120_000] });

/** Another service's callback: other names, three attempts, five seconds. */
const toy: Contract = {
  ...withFigures,
  id: "toy",
  name: "Toy callback",
  clauses: withFigures.clauses.filter(({ id }) => id !== "practice/answer-fast"),
  request: {
    ...withFigures.request,
    method: "PUT",
    methods: ["PUT"],
    sessionHeader: "X-Toy-Job",
    legacySessionHeader: "X-Toy-Old-Job",
    sessionField: "job",
    legacySessionField: "oldJob",
    systemHeaders: ["content-type", "x-toy-job", "x-toy-old-job", "host", "content-length"],
  },
};

const receiverOf = (contract: Contract): KnownReceiver => ({
  id: `reference-for-${contract.id}`,
  title: "Is the one to copy.",
  fails: [],
  async start({ credential } = {}) {
    const [header = "", value = ""] = credential ?? [];
    const receiver = createReferenceReceiver({ clock: systemClock, contract, credential: { header, value } });
    const url = await receiver.listen({ port: 0 });
    return { url, processed: (id) => receiver.processed(id), close: () => receiver.close() };
  },
});

describe("a contract that nobody has heard of", () => {
  it(
    "is kept by a receiver that follows it, in every suite, and speaks of itself in the report",
    async () => {
      const judged = await judge(receiverOf(toy), { contract: toy, onSystemClock: true });
      expect(judged.failed, explained(judged)).toEqual([]);
      const { verdict, contract, checks } = judged.report;
      expect(verdict).toBe("conformant");
      expect(contract).toMatchObject({
        id: "toy",
        name: "Toy callback",
        schedule: { offsetsMs: [0, 60_000, 180_000], deadlineMs: 5000 },
      });
      const sent = checks.flatMap(({ attempts }) => attempts).find(({ label }) => label === "")?.request;
      expect(sent).toMatchObject({ method: "PUT", body: expect.stringMatching(/^\{"job":"\w+","oldJob":"\w+"\}$/) });
      const scheduled = checks.find(({ id }) => id === "retries/acknowledges-every-scheduled-attempt");
      expect(scheduled?.attempts).toHaveLength(3);
      // What none of its clauses says is good practice.
      expect(checks.find(({ id }) => id === "acknowledgement/acknowledges-quickly")).toMatchObject({ clause: null });
    },
    patienceMs,
  );

  it(
    "is not kept by a receiver that follows another",
    async () => {
      const judged = await judge(receiverOf(batch), { contract: toy, onSystemClock: true });
      expect(judged.failed).toContain("acknowledgement/acknowledges-with-2xx");
      expect(judged.report.verdict).toBe("non-conformant");
    },
    patienceMs,
  );
});
