import { jsonText } from "../../report/json-text.js";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { minorOf } from "../../runner/as-of.js";
import { exitCodes } from "../../runner/verdict.js";
import { defaults } from "../../defaults.js";
import { assertConfig } from "../config-file.js";
import type { Given } from "../command.js";
import { initEnding } from "./init-ending.js";
import { githubText, githubWorkflow } from "./init-github.js";
import { gitlabFile, gitlabText } from "./init-gitlab.js";
import { configName } from "./init-job.js";
import { initOptions, type Host } from "./init-options.js";
import type { Answers } from "./init-questions.js";
import { languageOf } from "./init-languages.js";
import { hostOf, installFor, ownInstall } from "./init-surroundings.js";
import {
  contractsCalled,
  secretOfSigning,
  secretsOfHeader,
  unusable,
  wishedCommand,
  wishedUrl,
  type Wishes,
} from "./init-wishes.js";
import { assertNoneExists, writeNewFiles, type NewFile } from "../new-files.js";
import { readOptions, type OptionValues } from "../option.js";
import { harness } from "../../package-facts.js";
import { print } from "../print.js";
import { runOptions } from "../run/run-options.js";

/** `init`: writes a config file, and the job that checks a receiver with it. */
export async function initCommand({ options: raw }: Given): Promise<number> {
  const options = readOptions(initOptions, raw);
  assertNoneExists([join(options.dir, configName)]);
  const wishes = wishesOf(await answersTo(options, (name) => raw[name] !== undefined), options.dir);
  const files = filesFor(wishes, options.dir);
  writeNewFiles("dir", files);
  print(initEnding(wishes, options.dir, files));
  return exitCodes.passed;
}

/** In a terminal the user is asked where the options do not say enough. */
async function answersTo(
  options: OptionValues<typeof initOptions>,
  isStated: (name: keyof typeof options) => boolean,
): Promise<Answers> {
  const install = (start: string | undefined): string | null => installFor(start, options.dir);
  const guesses = { install, ci: hostOf(options.dir) };
  if (options.url === undefined && process.stdin.isTTY && process.stdout.isTTY) {
    return (await import("./init-questions.js")).ask(options, isStated, guesses);
  }
  return { ...options, install: options.install ?? install(options.start) };
}

function wishesOf(
  { url, start, install, header, contract, secret, ci, "fail-on": failOn }: Answers,
  directory: string,
): Wishes {
  if (url === undefined) throw unusable("--url: expected the callback URL, got none; in a terminal, init asks for it");
  const own = ownInstall(directory);
  const wanted = start === undefined || install === null ? [] : [wishedCommand("install", install)];
  const commands = [...new Set([...(own === null ? [] : [own]), ...wanted])];
  const contracts = contractsCalled(contract);
  const signing = secretOfSigning(secret, contracts);
  const ofHeaders = header.flatMap((each) => secretsOfHeader(each, contracts));
  return {
    url: wishedUrl(url, start !== undefined),
    receiver:
      start === undefined ? null : { start: wishedCommand("start", start), language: languageOf(start, directory) },
    install: commands.length === 0 ? null : commands.join("\n"),
    isInstalled: own !== null,
    headers: header,
    contracts,
    signing: signing === null ? null : `\${${signing}}`,
    secrets: [...new Set([...ofHeaders, ...(signing === null ? [] : [signing])])],
    ci: (ci as Host | undefined) ?? hostOf(directory),
    failOn,
  };
}

function filesFor(wishes: Wishes, directory: string): readonly NewFile[] {
  const schema = schemaFor(directory);
  const config = configOf(wishes, schema.address);
  const files = [{ path: configName, text: `${jsonText(config)}\n` }, ...schema.files];
  if (wishes.ci === "github") files.push({ path: githubWorkflow, text: githubText(wishes) });
  if (wishes.ci === "gitlab") files.push({ path: gitlabFile(directory), text: gitlabText(wishes) });
  return files.map(({ path, text }) => ({ path: join(directory, path), text }));
}

/** Options of `run` and no others: they are read as `run` reads them. */
function configOf({ url, receiver, headers, contracts, signing, failOn }: Wishes, $schema: string): object {
  const config = {
    $schema,
    url: url.raw,
    ...(receiver !== null && { local: true }),
    ...whichCallback(contracts.map(({ id }) => id)),
    ...(headers.length > 0 && { header: headers }),
    ...(signing !== null && { secret: signing }),
    "fail-on": failOn,
    "as-of": minorOf(harness.version),
  };
  assertConfig(configName, config, runOptions);
  return config;
}

/** The one that holds anyhow is not told. */
function whichCallback([first, ...others]: readonly string[]): object {
  if (others.length > 0) return { contracts: [first, ...others] };
  return first === defaults.contract.id ? {} : { contract: first };
}

const publishedSchema = join("reports", "config.schema.json");

/** Where editors find the schema: in the installed package, which keeps it up to date, or else in a file of its own. */
function schemaFor(directory: string): { readonly address: string; readonly files: readonly NewFile[] } {
  const installed = join("node_modules", harness.name, publishedSchema);
  if (existsSync(join(directory, installed))) return { address: `./${installed.replaceAll("\\", "/")}`, files: [] };
  const own = `${harness.name}.schema.json`;
  const root = dirname(createRequire(import.meta.url).resolve("#package.json"));
  return { address: `./${own}`, files: [{ path: own, text: readFileSync(join(root, publishedSchema), "utf8") }] };
}
