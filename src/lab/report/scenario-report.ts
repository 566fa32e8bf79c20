import { harness } from "../../package-facts.js";
import type { PlayedFacts } from "../played-facts.js";

/** What came of the scenarios of one `repro`: `reports/repro.schema.json`. Nothing in it is secret. */
export interface ScenarioReport {
  readonly schemaVersion: "1.0";
  readonly harness: { readonly name: string; readonly version: string };
  readonly scenarios: readonly PlayedFacts[];
}

export const scenarioReport = (scenarios: readonly PlayedFacts[]): ScenarioReport => ({
  schemaVersion: "1.0",
  harness,
  scenarios,
});
