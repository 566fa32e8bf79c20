import { UsageError } from "../errors.js";
import type { Given } from "./command.js";
import type { Asked } from "./command-line.js";
import { overlaid } from "./contract-option.js";
import { withEnvironment } from "./environment-value.js";
import { findConfig, type FoundConfig } from "./found-config.js";
import { runOptions } from "./run/run-options.js";
import { readOptions, type OptionTable, type RawValues } from "./option.js";
import { printAside } from "./print.js";

/** The option that names a config file, for whatever command takes one. */
export const configOption = {
  config: {
    kind: "text",
    path: true,
    group: "How it runs:",
    describe:
      "JSON or YAML file of these options, by their names; without it, webhook-conformance.{json,yaml,yml} in the working directory, or the file that package.json names",
  },
} as const satisfies OptionTable;

/** What was asked, on the command line and in the config file together; `${NAME}` in it is read. */
export interface Request {
  /** The callback URL; null where there is none. */
  readonly url: string | null;
  readonly raw: RawValues;
  /** What was given on the command line, with the config file that holds as if it had been named there. */
  readonly asked: Asked;
  /** The file that was found without being asked for; null where there was none, or none was looked for. */
  readonly found: FoundConfig | null;
}

/** What says whom it is about: said on the command line, nothing of it is taken from a file. */
const whom = ["url", "targets", "embedded"] as const;

/**
 * @param options those that the command takes from a config file, where every option of `run` may stand.
 * @throws UsageError for a config file that cannot be used, and for a variable that is not set.
 */
export async function requestOf(given: Given, options: OptionTable): Promise<Request> {
  const { config: named, ...others } = given.options;
  const { config: file } = readOptions(configOption, { config: named });
  const stated = withVariablesRead(
    Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
    options,
  );
  // The embedded receiver is another one than any file is about.
  const found = file === undefined && stated["embedded"] !== true ? findConfig() : null;
  const saysWhom = given.argument !== undefined || whom.some((name) => stated[name] !== undefined);
  const isTaken = (name: string): boolean =>
    whom.some((own) => own === name)
      ? !saysWhom && (name === "url" || name in options)
      : name in options || name === "about";
  const { url = null, ...own } = await configuredIn(file, found, isTaken);
  const raw = overlaid(own, stated);
  return {
    url: given.argument ?? (url as string | null),
    // A config file counts as something given, though nothing may stand in it.
    raw: file === undefined && found === null ? raw : { ...raw, config: file ?? found?.file },
    asked: { argument: given.argument, options: { ...others, config: file ?? found?.file } },
    found,
  };
}

/** The schema's validator is loaded where there is something to validate. */
async function configuredIn(
  file: string | undefined,
  found: FoundConfig | null,
  isTaken: (name: string) => boolean,
): Promise<RawValues> {
  if (file === undefined && found === null) return {};
  const { readConfigFile } = await import("./config-file.js");
  const { file: path, title } = found ?? { file: file ?? "", title: `--config ${file}` };
  return readConfigFile({ file: path, title }, runOptions, process.env, isTaken);
}

/** On the command line the shell reads variables; some options do, so that no secret stands in its history. */
function withVariablesRead(stated: RawValues, options: OptionTable): RawValues {
  const read = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => read(name, one));
    if (typeof value !== "string") return value;
    // Of a header the name may be told.
    const header = name === "header" ? /^\s*([\w-]+):/.exec(value)?.[1] : undefined;
    return withEnvironment(`--${name}${header === undefined ? "" : ` ${header}`}`, value, process.env);
  };
  return Object.fromEntries(
    Object.entries(stated).map(([name, value]) => [
      name,
      options[name]?.readsVariables === true ? read(name, value) : value,
    ]),
  );
}

/** Says which file was found, where the command is not to be quiet. */
export function tellFound({ found, raw }: Request, log: { aside(text: string): void } = { aside: printAside }): void {
  if (found !== null && raw["quiet"] !== true) log.aside(found.title.replace(" ", ": "));
}

/** The callback URL, where a command has to have one. @throws UsageError */
export function urlOf({ url }: Request, command: string): string {
  if (url !== null && url.trim() !== "") return url;
  const got = url === null ? "none" : "an empty argument; is it a variable that is not set?";
  throw new UsageError("ERR_ARGUMENT", `${command}: expected <url>, the callback URL, got ${got}`);
}
