import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaults } from "../../defaults.js";
import { installScript, jobScripts, receiverLog, receiverName, remarks, yamlText } from "./init-job.js";
import type { Wishes } from "./init-wishes.js";
import { harness } from "../../package-facts.js";

const pipeline = ".gitlab-ci.yml";
const job = `.gitlab/${harness.name}.yml`;

/** The pipeline itself, or where there is one, a file for it to include. */
export const gitlabFile = (directory: string): string => (existsSync(join(directory, pipeline)) ? job : pipeline);

/** What the pipeline that is there has to include, if there is one. */
export const gitlabInclude = (file: string): string | null => (file === job ? `include:\n  - local: ${job}` : null);

const isFork =
  "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID";

/** A job for GitLab CI, where the variables of the project are in the environment of every job. */
export function gitlabText(wishes: Wishes): string {
  const { receiver, secrets } = wishes;
  const { node, jobMinutes, keepDays } = defaults.init;
  const language = receiver?.language ?? null;
  const name = receiverName(wishes);
  const definition = {
    image: language?.image ?? `node:${node}`,
    timeout: `${jobMinutes} minutes`,
    ...(name !== null && { resource_group: name }),
    rules: [
      ...(secrets.length > 0 ? [{ if: isFork, when: "never" }] : []),
      { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
      { if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" },
    ],
    ...(language?.nodeIntoImage !== undefined && { before_script: [installScript(language.nodeIntoImage)] }),
    script: Object.values(jobScripts(wishes)).filter((script) => script !== null),
    ...(receiver !== null && {
      after_script: [`if [ "$CI_JOB_STATUS" != success ]; then cat ${receiverLog}; fi`],
    }),
    artifacts: {
      when: "always",
      expire_in: `${keepDays} days`,
      paths: [`${defaults.output.out}/`],
      reports: { junit: `${defaults.output.out}/junit.xml` },
    },
  };
  const comment = [
    ...remarks(wishes),
    ...(secrets.length === 0 ? [] : [` It reads these CI/CD variables of the project: ${secrets.join(", ")}.`]),
    ...(receiver !== null && language === null
      ? [" The image holds Node; it has to hold whatever the receiver needs, too."]
      : []),
  ];
  return yamlText({ [harness.name]: definition }, comment.join("\n"), []);
}
