import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import type { Contract } from "../contract/contract.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { readDocument } from "../input/document.js";
import { isFile } from "../input/path-kind.js";
import { expectationOf } from "./leads-to.js";
import { assertScenario, type WrittenScenario } from "./scenario-schema.js";
import { writtenScenario } from "./scenario-written.js";
import type { Scenario } from "./scenario.js";
import { parseTokens, quoted, wordAt } from "./tokens.js";
import { words } from "./words.js";

/** Where the package keeps the named scenarios and their schema, in a checkout as well as where it is installed. */
const folder = join(dirname(createRequire(import.meta.url).resolve("#package.json")), "fixtures", "scenarios");
const schemaFile = join(folder, "scenario.schema.json");

const kind = { code: "ERR_SCENARIO", expected: "a scenario with attempts or deliveries" };

/** A file's name without its end, so that the schema is none. */
const namePattern = /^[a-z]+(-[a-z]+)*$/;

/**
 * A scenario from a file of JSON or YAML.
 * @throws UsageError `ERR_FILE` or `ERR_SCENARIO` in one sentence that points at the line, the key and the word.
 */
export function loadScenario(file: string, contract: Contract = defaults.contract): Scenario {
  const document = readDocument(kind, `scenario ${file}`, file);
  const written = assertScenario(document, JSON.parse(readFileSync(schemaFile, "utf8")) as object);
  return writtenScenario(written, basename(file, extname(file)), contract, {
    where: (path, piece) => `${document.title}, ${document.where(path, piece)}`,
  });
}

/** A scenario of one session from a script: `503,timeout,pass`. @throws UsageError `ERR_SCENARIO` */
export function scenarioOf(script: string, contract: Contract = defaults.contract): Scenario {
  const tokens = parseTokens(script, "scenario", contract);
  const text = tokens.map(({ text }) => text).join(",");
  const deliveries = [{ startsAtMs: 0, script: tokens }];
  return { name: text, title: text, incident: null, deliveries, expect: expectationOf(deliveries, contract) };
}

/** Those that come with the package and fit the contract, by name. */
export function namedScenarios(contract: Contract = defaults.contract): readonly Scenario[] {
  return names().flatMap((name) => {
    try {
      return [writtenScenario(writtenAs(name), name, contract)];
    } catch (error) {
      // It is of another contract, or has more attempts than this one.
      if (error instanceof UsageError) return [];
      throw error;
    }
  });
}

function names(): readonly string[] {
  return readdirSync(folder)
    .flatMap((file) => (extname(file) === ".json" ? [basename(file, ".json")] : []))
    .filter((name) => namePattern.test(name))
    .sort();
}

/** They are known to fit the schema: a test sees to it. */
const writtenAs = (name: string): WrittenScenario =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as WrittenScenario;

/**
 * What was asked for: by the name of a scenario, by a file, or word by word.
 * @throws UsageError `ERR_FILE` or `ERR_SCENARIO`
 */
export function findScenario(given: string, contract: Contract = defaults.contract): Scenario {
  const text = given.trim();
  if (namePattern.test(text) && existsSync(join(folder, `${text}.json`)))
    return writtenScenario(writtenAs(text), text, contract);
  if (/^https?:\/\//i.test(text)) {
    throw unusable("a name, a file or a script such as 503,timeout,pass, got a URL; --url names the receiver");
  }
  if (/[/\\]|\.(json|ya?ml)$/i.test(text)) return loadScenario(text, contract);
  // A single word that is none of a script's may be anything.
  if (!/^$|[\s,;|*:]/.test(text) && wordAt(text, words) === undefined) {
    if (isFile(text)) return loadScenario(text, contract);
    const meant = suggestion(text, [...names(), ...words.map(({ name }) => name).filter(Boolean)]);
    const expected = "the name of a scenario (--list tells them), a file, or a script such as 503,timeout,pass";
    throw unusable(`${expected}, got ${quoted(text)}${meant}`);
  }
  return scenarioOf(given, contract);
}

const unusable = (expected: string): UsageError => new UsageError("ERR_SCENARIO", `scenario: expected ${expected}`);
