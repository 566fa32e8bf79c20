import { expect, it } from "vitest";
import { batch } from "../contract/batch.js";
import { harness } from "../package-facts.js";
import { contractFacts } from "../report/contract-facts.js";
import { schemaVersion } from "../report/model.js";
import { originOf } from "./origin.js";
import { planRun, type Told } from "./plan.js";

const from = (told: Partial<Told> = {}) =>
  originOf(planRun({ url: "https://hooks.example.com/hook", contract: batch, seed: "seed", nonce: "nonce", ...told }));

it("says whom a report is about, by which harness, and nothing of what is not known", () => {
  expect(from({ headers: [["X-Api-Key", "secret-key"]], kind: "embedded", local: true })).toStrictEqual({
    schemaVersion,
    harness,
    contract: contractFacts(batch),
    target: {
      url: "https://hooks.example.com/hook",
      kind: "embedded",
      local: true,
      capabilities: ["credentials"],
      headers: ["X-Api-Key"],
    },
    seed: "seed",
    nonce: "nonce",
  });
});

it("names what was checked, by which command, and what is repeated", () => {
  const repeats = { startedAt: "2025-01-17T10:30:00.000Z", seed: "s", gatedPassed: 3 };
  const told = { about: { version: "1.2" }, command: "run it", repeats };
  expect(from(told)).toMatchObject(told);
});
