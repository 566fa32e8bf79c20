import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaults } from "../../defaults.js";
import { purpose, receiverLog, runLine, startScript, yamlText } from "./init-job.js";
import type { Wishes } from "./init-wishes.js";
import { harness } from "../../package-facts.js";

const pipeline = ".gitlab-ci.yml";
const job = `.gitlab/${harness.name}.yml`;

/** The pipeline itself, or where there is one, a file for it to include. */
export const gitlabFile = (directory: string): string => (existsSync(join(directory, pipeline)) ? job : pipeline);

/** What the pipeline that is there has to include, if there is one. */
export const gitlabInclude = (file: string): string | null => (file === job ? `include:\n  - local: ${job}` : null);

/** A job for GitLab CI, where the variables of the project are in the environment of every job. */
export function gitlabText({ url, receiver, secrets }: Wishes): string {
  const { node, jobMinutes } = defaults.init;
  const definition = {
    image: `node:${node}`,
    timeout: `${jobMinutes} minutes`,
    script: [
      ...(receiver?.install == null ? [] : [receiver.install]),
      ...(receiver === null ? [] : [startScript(receiver.start, url)]),
      runLine,
    ],
    ...(receiver !== null && {
      after_script: [`if [ "$CI_JOB_STATUS" != success ]; then cat ${receiverLog}; fi`],
    }),
    artifacts: {
      when: "always",
      paths: [`${defaults.output.out}/`],
      reports: { junit: `${defaults.output.out}/junit.xml` },
    },
  };
  const comment = [
    purpose,
    ...(secrets.length === 0 ? [] : [` It reads these CI/CD variables of the project: ${secrets.join(", ")}.`]),
    ...(receiver === null ? [] : [" The image holds Node 20.19 or later, and whatever the receiver needs."]),
  ];
  return yamlText({ [harness.name]: definition }, comment.join("\n"), []);
}
