import { notApplicable, type Check, type Suite } from "../src/runner/check.js";

/** Loaded only when something is drawn, so that listing the checks does not load the generators. */
const cases = () => import("./fuzz-cases.js");

const idsAreGiven = notApplicable("it takes hundreds of session ids of its own, and they are supplied");

const fuzzCheck = (
  check: Omit<Check, "level" | "clause" | "source" | "builds" | "pace" | "sessions" | "requests">,
): Check => ({
  ...check,
  level: "hardening",
  clause: null,
  source: "good practice",
  builds: "on-baseline",
  pace: "rough",
  sessions: 0,
  requests: ({ fuzzCases }) => fuzzCases,
});

export const fuzzing: Suite = {
  id: "fuzz",
  title: "Arbitrary input, drawn from the seed",
  separate: true,
  checks: [
    fuzzCheck({
      id: "fuzz/never-fails-on-arbitrary-json",
      title: "answers any JSON body with a 2XX or a 4XX",
      explain: {
        sends:
          "Bodies drawn at random from the seed: the documented one with other members, nested values and edge cases, and JSON of any other form.",
        expects: "A 2XX or a 4XX for each, within the deadline.",
        why: "A 5XX, a hang or a reset on odd input is an unhandled case in the handler, and may be a way to take it down.",
        fix: "Validate the body's types before use; the report holds the smallest body that fails.",
      },
      run: async (context) => (context.inventsSessions ? (await cases()).fuzzBodies(context) : idsAreGiven),
    }),
    fuzzCheck({
      id: "fuzz/never-fails-on-arbitrary-headers",
      title: "answers any headers with a 2XX or a 4XX",
      explain: {
        sends:
          "The documented callback with headers drawn at random from the seed: well-known ones with odd values, and unknown ones.",
        expects: "A 2XX or a 4XX for each, within the deadline.",
        why: "A header that a proxy or a tracer adds must not make the handler fail.",
        fix: "Treat every header as optional and as text; the report holds the fewest headers that fail.",
      },
      run: async (context) => (context.inventsSessions ? (await cases()).fuzzHeaders(context) : idsAreGiven),
    }),
  ],
};
