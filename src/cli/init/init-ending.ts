import { relative } from "node:path";
import { gitlabInclude } from "./init-gitlab.js";
import { configName } from "./init-job.js";
import { rootAbove } from "./init-surroundings.js";
import type { Wishes } from "./init-wishes.js";
import type { NewFile } from "../new-files.js";
import { harness } from "../../package-facts.js";

/** What was written, and what is left to do. */
export function initEnding(wishes: Wishes, directory: string, files: readonly NewFile[]): string {
  return [
    ["Written:", ...files.map(({ path }) => `  ${path}`)],
    secretsToSet(wishes),
    toInclude(wishes, directory, files),
    misplaced(wishes, directory),
    elsewhere(wishes),
    toTry(wishes, directory, files[0]?.path ?? configName),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function secretsToSet({ ci, secrets }: Wishes): readonly string[] {
  if (secrets.length === 0 || ci === "none") return [];
  const where =
    ci === "github"
      ? "Set these secrets of the repository (Settings, Secrets and variables, Actions):"
      : "Set these variables of the project, masked (Settings, CI/CD, Variables):";
  return [where, ...secrets.map((name) => `  ${name}`)];
}

function toInclude({ ci }: Wishes, directory: string, files: readonly NewFile[]): readonly string[] {
  if (ci !== "gitlab") return [];
  const [include] = files.flatMap(({ path }) => gitlabInclude(relative(directory, path).replaceAll("\\", "/")) ?? []);
  return include === undefined ? [] : ["Add to .gitlab-ci.yml:", ...include.split("\n").map((line) => `  ${line}`)];
}

function misplaced({ ci }: Wishes, directory: string): readonly string[] {
  const root = ci === "none" ? null : rootAbove(directory);
  return root === null ? [] : [`The job is read at the root of the repository alone, and that is ${root}.`];
}

/** What a green job does not say. */
function elsewhere({ ci, receiver, url }: Wishes): readonly string[] {
  return ci === "none" || receiver !== null
    ? []
    : [
        `The job checks what runs at ${url.display}, which does not contain the code of a pull request; --start checks that.`,
      ];
}

function toTry({ ci, receiver, secrets }: Wishes, directory: string, config: string): readonly string[] {
  return [
    "Try it here first:",
    ...secrets.map((name) => `  export ${name}=…`),
    ...(receiver === null ? [] : [`  ${receiver.start}    # in another terminal`]),
    `  npx ${harness.name} run --config ${config}`,
    ...(ci === "none" ? [] : ["Then commit these files and push: the job turns red or green."]),
  ];
}
