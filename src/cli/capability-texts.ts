import type { Capability } from "../runner/check.js";

/** How a capability is declared, so that the checks that need it can be made. */
export const capabilityTexts: Readonly<Record<Capability, string>> = {
  credentials: "the headers configured with the webhook, given with -H 'Name: value'",
  effects: "a way to ask how often a session was processed; this version has none",
  "elapsed-time": "time that passes for the receiver too, with --real-time",
  "results-api": "a results API of the harness that the receiver is pointed at; this version has none",
};
