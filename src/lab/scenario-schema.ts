import type { ErrorObject } from "ajv";
import type { UserDocument } from "../input/document.js";
import { assertSchema } from "../input/schema-mistakes.js";

/** `503,timeout,pass`, or a list of such words, where a status may be a number. */
export type WrittenAttempts = string | number | readonly (string | number)[];

export interface WrittenExpectation {
  readonly outcome?: "acknowledged" | "abandoned";
  readonly attempts?: number;
  readonly processed?: number;
}

export interface WrittenDelivery {
  /** After the scenario's start: `30s`, or seconds. */
  readonly startsAt?: string | number;
  readonly attempts: WrittenAttempts;
  /** How many sessions do the same. */
  readonly times?: number;
  /** The delivery, from 1 in the file, whose session it is of, too. */
  readonly of?: number;
  readonly expect?: WrittenExpectation;
}

/** A scenario as a file has it; `fixtures/scenarios/scenario.schema.json` says the same. */
export interface WrittenScenario {
  readonly name?: string;
  readonly title?: string;
  readonly incident?: string;
  /** Id of the contract that it is of, where it makes no sense under others. */
  readonly contract?: string;
  readonly attempts?: WrittenAttempts;
  readonly deliveries?: readonly WrittenDelivery[];
  readonly expect?: WrittenExpectation;
}

/**
 * Checks what a file says against the schema. What is wrong with the words of a script is left to who reads them.
 * @throws UsageError `ERR_SCENARIO` that names the file, the line and the key, what was expected and what came.
 */
export function assertScenario(document: UserDocument, schema: object): WrittenScenario {
  const written = assertSchema(document, schema, isLeftToOthers) as WrittenScenario;
  const [both, neither] = [Object.hasOwn(written, "attempts"), !Object.hasOwn(written, "deliveries")];
  if (both !== neither) {
    const got = both ? "both" : "neither";
    throw document.wrong([], `expected either the key attempts or the key deliveries, got ${got}`);
  }
  return written;
}

/** What stands in a script is told by who reads it, word for word; the choice of a key is told here. */
const isLeftToOthers = ({ instancePath, keyword }: ErrorObject): boolean =>
  (instancePath === "" && keyword === "oneOf") ||
  (/(^|\/deliveries\/\d+)\/attempts(\/\d+)?$/.test(instancePath) && keyword !== "type" && keyword !== "minItems");
