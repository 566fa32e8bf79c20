import { createRedactor, type Redactor } from "../report/redact.js";
import { base64Spellings, spaceForPlus } from "../report/secret-spelling.js";
import { freeTextValues, type Secret } from "../report/secret.js";
import { secretsInCommand } from "../runner/command-secrets.js";
import { pairsOf } from "../runner/url-secrets.js";
import { secretsOf } from "../runner/secrets.js";
import type { OptionTable, RawValues } from "./option.js";
import { secretsTold } from "./told-secrets.js";
import { guardTheWayOut } from "./way-out.js";

/**
 * The net below all that is printed and written: what this process is told of secrets is kept from the moment that it is
 * told. What is quoted is redacted where it is quoted, since only there a secret that is an ordinary word can be told
 * from a word of ours; the net catches, of all others, what was forgotten.
 */
const kept = new Set<string>();
let spellings: readonly string[] = [];
let redactor: Redactor = createRedactor([]);

/** Letters and digits that take turns as in no word, number, date or name. */
const turns = /[a-z](?=[^a-z\d]*\d)|\d(?=[^a-z\d]*[a-z])/gi;
const fewestTurns = 4;
const shortest = 8;

const isUnmistakable = (value: string): boolean =>
  value.length >= shortest && (value.match(turns)?.length ?? 0) >= fewestTurns;

export function keepSecrets(secrets: readonly Secret[]): void {
  const found = freeTextValues(secrets).filter((value) => isUnmistakable(value) && !kept.has(value));
  if (found.length === 0) return;
  for (const value of found) kept.add(value);
  spellings = [...new Set([...kept].flatMap(usualSpellings))];
  // A token would be taken apart again, and the words in it be looked for.
  redactor = createRedactor([...kept].map((value) => ({ kind: "member", name: "", value })));
  guardTheWayOut(withoutKept);
}

/** For a quick look at all that leaves: where one of these is found, all spellings are looked for. */
const usualSpellings = (value: string): readonly string[] =>
  [
    value,
    encodeURIComponent(Buffer.from(value).toString()),
    JSON.stringify(value).slice(1, -1),
    ...base64Spellings(Buffer.from(value)).map(({ text }) => text),
  ].map((spelling) => spaceForPlus(spelling).toLowerCase());

function withoutKept(text: string): string {
  const searched = spaceForPlus(text).toLowerCase();
  return spellings.some((spelling) => searched.includes(spelling)) ? redactor.redactText(text) : text;
}

/**
 * Keeps what is secret in what a command was given, on its line or in a file.
 * @param told values by the names of the options, variables in them read or not; `url` is the callback URL.
 */
export function keepTold(options: OptionTable, told: RawValues, environment: NodeJS.ProcessEnv): void {
  const values = Object.fromEntries(
    Object.entries(told).map(([name, value]) => [
      name,
      textsIn(value).map((text) => (options[name]?.isShellLine === true ? text : withKnown(text, environment))),
    ]),
  );
  const textsOf = (name: string): readonly string[] => values[name] ?? [];
  const [url = ""] = textsOf("url");
  const credentials = textsOf("credential-header").flatMap((names) => names.toLowerCase().split(/\s*,\s*/));
  const headers = textsOf("header")
    .map((text) => [text.split(/:/)[0]?.trim() ?? "", text.replace(/^[^:]*:/, "").trim()] as const)
    .filter(([name]) => credentials.length === 0 || credentials.includes(name.toLowerCase()));
  const queries = new Set(textsOf("credential-query").flatMap((names) => names.split(/\s*,\s*/)));
  const whole = Object.keys(values)
    .filter((name) => name !== "header" && options[name]?.readsVariables === true)
    .flatMap(textsOf);
  keepSecrets([
    ...secretsOf({ headers, credentials: [], url: { raw: url, path: url } }),
    ...pairsOf(url.split("#")[0] ?? "")
      .filter(({ name }) => queries.has(name))
      .map((pair): Secret => ({ kind: "query", ...pair })),
    ...whole.map((value): Secret => ({ kind: "token", value })),
    ...secretsTold(options, values, environment),
  ]);
}

/** Keeps what is secret in the texts of a document, by where they say it: in a URL, under a name that says so. */
export function keepSaid(document: unknown, environment: NodeJS.ProcessEnv): void {
  // An alias of YAML may lead back to where it stands.
  const met = new Set<unknown>();
  const left = [document];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") keepSecrets(secretsInCommand(value, environment));
    if (typeof value !== "object" || value === null || met.has(value)) continue;
    met.add(value);
    for (const member of Object.values(value)) left.push(member);
  }
}

const textsIn = (value: unknown): readonly string[] => [value].flat().filter((one) => typeof one === "string");

/** Whatever cannot be read is told where it is read. */
const withKnown = (text: string, environment: NodeJS.ProcessEnv): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => environment[name]?.trim() ?? whole);
