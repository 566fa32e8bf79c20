import type { Named } from "./option.js";

/** The names there are; where they come from is loaded when they are asked for. */
export async function offeredNames(named: Named): Promise<readonly string[]> {
  switch (named) {
    case "suite":
      return (await import("../../suites/index.js")).suites.map(({ id }) => id);
    case "check":
      return (await import("../../suites/index.js")).suites.flatMap(({ checks }) => checks.map(({ id }) => id));
    case "faulty-receiver":
      return (await import("../faulty-receivers/index.js")).faultyReceivers.map(({ id }) => id);
    case "hostile-server":
      return (await import("../receivers/hostile-answer.js")).hostileNames();
    case "scenario":
      return (await import("../lab/scenario-file.js")).namedScenarios().map(({ name }) => name);
  }
}
