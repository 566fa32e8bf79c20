import type { Contract } from "../contract/contract.js";
import type { Scenario } from "./scenario.js";
/**
 * A scenario from a file of JSON or YAML.
 * @throws UsageError `ERR_FILE` or `ERR_SCENARIO` in one sentence that points at the line, the key and the word.
 */
export declare function loadScenario(file: string, contract?: Contract): Scenario;
/** A scenario of one session from a script: `503,timeout,pass`. @throws UsageError `ERR_SCENARIO` */
export declare function scenarioOf(script: string, contract?: Contract): Scenario;
/** Those that come with the package, by name. */
export declare function namedScenarios(contract?: Contract): readonly Scenario[];
/**
 * What was asked for: by the name of a scenario, by a file, or word by word.
 * @throws UsageError `ERR_FILE` or `ERR_SCENARIO`
 */
export declare function findScenario(given: string, contract?: Contract): Scenario;
