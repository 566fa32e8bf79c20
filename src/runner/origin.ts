import { harness } from "../package-facts.js";
import { contractFacts } from "../report/contract-facts.js";
import { schemaVersion, type Report } from "../report/model.js";
import type { Plan } from "./plan.js";

/** What a report has from the plan alone: whom it is about, by which harness and command, and what it repeats. */
export const originOf = (plan: Plan) =>
  ({
    schemaVersion,
    harness,
    contract: contractFacts(plan.contract),
    target: {
      url: plan.shownUrl,
      kind: plan.kind,
      local: plan.local,
      capabilities: [...plan.capabilities],
      headers: plan.headers.map(([name]) => name),
    },
    ...(plan.about !== null && { about: plan.about }),
    ...(plan.command !== null && { command: plan.command }),
    ...(plan.repeats !== null && { repeats: plan.repeats }),
    seed: plan.seed,
    nonce: plan.nonce,
  }) satisfies Partial<Report>;
