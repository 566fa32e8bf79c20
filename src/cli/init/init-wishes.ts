import type { Contract } from "../../contract/contract.js";
import { contractNamed } from "../../contract/contracts.js";
import { defaults } from "../../defaults.js";
import { UsageError } from "../../errors.js";
import { secretsInUrl } from "../../runner/secrets.js";
import { classifyHost } from "../../sender/callback-host.js";
import { parseCallbackUrl, type CallbackUrl } from "../../sender/callback-url.js";
import { customHeaders } from "../../sender/custom-headers.js";
import { parseHeaders } from "../header-option.js";
import type { Language } from "./init-languages.js";
import type { Host } from "./init-options.js";

/** What the user wants checked, and where. */
export interface Wishes {
  readonly url: CallbackUrl;
  /** How the job starts the receiver; null where it runs already. */
  readonly receiver: { readonly start: string; readonly language: Language | null } | null;
  /** What the job installs before it; null for nothing. */
  readonly install: string | null;
  /** The project has the harness among what it installs. */
  readonly isInstalled: boolean;
  readonly headers: readonly string[];
  /** Those that the receiver is held to; one at least. */
  readonly contracts: readonly Contract[];
  /** What requests are signed with, as `${NAME}`; null where none are. */
  readonly signing: string | null;
  /** Names of the environment variables that headers and signatures are read from. */
  readonly secrets: readonly string[];
  readonly ci: Host;
  readonly failOn: string;
}

/**
 * A callback URL that may stand in a file, and that the job reaches.
 * @throws UsageError `ERR_INIT` or `ERR_CALLBACK_URL`.
 */
export function wishedUrl(text: string, isStartedByJob: boolean): CallbackUrl {
  const url = parseCallbackUrl(text);
  const [secret] = secretsInUrl(url.raw, url.path);
  if (secret !== undefined) {
    const what = secret.kind === "query" ? `the query parameter ${secret.name}` : "a user name or password";
    const instead = "give such a URL to run in the job, from a secret";
    throw unusable(
      `--url: expected a URL without secrets, since it stands in a file, got one with ${what}; ${instead}`,
    );
  }
  if (isStartedByJob && !isThisMachine(url)) {
    const expected = "a URL on this machine beside --start, such as http://localhost:3000/hook";
    throw unusable(`--url: expected ${expected}, got ${url.display}`);
  }
  if (!isStartedByJob && isThisMachine(url)) {
    const expected = "--start beside it with the command that starts the receiver in the job";
    throw unusable(`--url ${url.display}: expected ${expected}, got none`);
  }
  return url;
}

/** Whether only the machine itself reaches it. */
function isThisMachine(url: CallbackUrl): boolean {
  const host = classifyHost(url, defaults.contract);
  return host.kind === "localhost" || (host.kind === "ip-address" && /^(127\.|::1$)/.test(host.address));
}

/**
 * The environment variables that stand in for the value of a header, so that no secret stands in a file.
 * @throws UsageError `ERR_INIT`, `ERR_HEADER` or `ERR_CUSTOM_HEADER`; its message holds no value.
 */
export function secretsOfHeader(header: string, contracts: readonly Contract[]): readonly string[] {
  const names = variablesIn(header);
  const [parsed] = parseHeaders([header], Object.fromEntries(names.map((name) => [name, "value"])));
  const [name, value] = parsed ?? ["", ""];
  if (contracts.some((contract) => customHeaders([[name, value]], contract).dropped.length > 0)) {
    throw unusable(
      `--header ${name}: expected a header of your own, got a system header, which the sender sets itself`,
    );
  }
  if (names.length === 0) {
    const expected = "${NAME} in the value, with the name of a secret of the CI, so that none stands in a file";
    throw unusable(`--header ${name}: expected ${expected}, got a value without one`);
  }
  return names.map((secret) => secretName(`--header ${name}`, secret));
}

const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);

/** What both GitHub and GitLab take for the name of a secret. @throws UsageError `ERR_INIT` */
function secretName(option: string, name: string): string {
  if (/^(?!GITHUB_)[a-z_]\w*$/i.test(name)) return name;
  const expected = "letters, digits and underscores as the name of a secret, not a digit or GITHUB_ first";
  throw unusable(`${option}: expected ${expected}, got ${name}`);
}

export const areSigned = (contracts: readonly Contract[]): boolean =>
  contracts.some(({ request }) => request.signature !== null);

/**
 * The environment variable that stands in for what requests are signed with.
 * @param text as `${NAME}`.
 * @throws UsageError `ERR_INIT`; its message holds no value.
 */
export function secretOfSigning(text: string | undefined, contracts: readonly Contract[]): string | null {
  if (!areSigned(contracts)) {
    if (text === undefined) return null;
    throw unusable(`--secret: expected none with --contract ${contracts.map(({ id }) => id).join(",")}, got one`);
  }
  const [, name] = /^\s*\$\{(\w+)\}\s*$/.exec(text ?? "") ?? [];
  if (name !== undefined) return secretName("--secret", name);
  const got = text === undefined || text.trim() === "" ? "none" : "another text";
  throw unusable(
    `--secret: expected '\${NAME}' with the name of a secret of the CI, so that it stands in no file, got ${got}`,
  );
}

export const contractsCalled = (ids: readonly string[]): readonly Contract[] =>
  [...new Set(ids)].flatMap((id) => contractNamed(id) ?? []);

/** @throws UsageError for a command that says nothing. */
export function wishedCommand(option: "start" | "install", text: string): string {
  const command = text.trim();
  // Tabs and line breaks are what a command may have of them.
  if (command !== "" && !/[^\P{Cc}\t\n]/u.test(command)) return command;
  throw unusable(
    `--${option}: expected a shell command such as 'npm start', got ${command === "" ? "none" : "control characters"}`,
  );
}

export const unusable = (message: string): UsageError => new UsageError("ERR_INIT", message);
