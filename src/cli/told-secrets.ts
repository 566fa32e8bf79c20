import { shortestFreeTextSecret, type Secret } from "../report/secret.js";
import { saysSecret, secretsInCommand } from "../runner/command-secrets.js";
import { secretsInUrl } from "../runner/secrets.js";
import { parsedUrl } from "../parsed-url.js";
import type { OptionTable } from "./option.js";

/** Whose words are read by who they are: a header by its name, the callback URL as what it is. */
const readElsewhere = new Set(["header", "url"]);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What is secret in all that options say, beside headers and the callback URL: in URLs and in lines for a shell, and
 * values of variables of the environment whose names say so, where they stand in an option or where programs of the
 * user's are started, which may print them.
 * @param values by the names of the options, as given or as read.
 */
export function secretsTold(
  options: OptionTable,
  values: Readonly<Record<string, unknown>>,
  environment: Environment,
): readonly Secret[] {
  const given = Object.entries(values).flatMap(([name, value]) => textsIn(value).map((text) => ({ name, text })));
  const own = given.filter(({ name }) => !readElsewhere.has(name)).map(({ text }) => text);
  const named = given.filter(({ name }) => name !== "header").map(({ text }) => text);
  const startsPrograms = given.some(({ name }) => options[name]?.isShellLine ?? options[name]?.isProgram);
  return [
    ...own.flatMap((text) => (parsedUrl(text) === null ? [] : secretsInUrl(text, text))),
    ...own.flatMap((text) => secretsInCommand(text, environment)),
    ...secretsIn(environment).filter(({ value }) => startsPrograms || named.some((text) => text.includes(value))),
  ];
}

/** Where the shell stands, and stood: its own words for it, which are no password. */
const shellsOwn = new Set(["PWD", "OLDPWD"]);

/** What a program that is started with this environment may print of it. */
export const secretsIn = (environment: Environment): readonly Secret[] =>
  Object.entries(environment).flatMap(([name, value = ""]): Secret[] =>
    !shellsOwn.has(name) && saysSecret(name) && value.trim().length >= shortestFreeTextSecret
      ? [{ kind: "token", value: value.trim() }]
      : [],
  );

const textsIn = (value: unknown): readonly string[] => [value].flat().filter((one) => typeof one === "string");
