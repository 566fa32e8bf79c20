import { levels } from "../../runner/check.js";
import type { OptionTable } from "../option.js";

const group = "Which checks:";

/** The filters that `run` and `list` share. */
export const selectionOptions = {
  suite: { kind: "list", commas: true, names: "suite", group, describe: "only these suites (globs over ids)" },
  check: {
    kind: "list",
    commas: true,
    names: "check",
    group,
    describe: "only these checks (globs over ids, such as payload/*)",
  },
  skip: {
    kind: "list",
    commas: true,
    names: "check",
    group,
    describe: "not these checks (globs over ids)",
  },
  level: { kind: "list", commas: true, choices: levels, group, describe: `only these levels: ${levels.join(", ")}` },
} as const satisfies OptionTable;
