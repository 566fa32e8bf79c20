import { defaults } from "../../defaults.js";
import { jobScripts, receiverLog, receiverName, remarks, yamlText } from "./init-job.js";
import type { Wishes } from "./init-wishes.js";
import { harness } from "../../package-facts.js";

export const githubWorkflow = `.github/workflows/${harness.name}.yml`;

/** Where the pull request comes from a fork, there are no secrets; everywhere else there are. */
const hasSecrets =
  "github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository";

const skippedJobs = " GitHub takes a job that is not run for passed; in a merge queue it is run, with the secrets.";

/** A workflow for GitHub Actions. `run` writes the step summary by itself. */
export function githubText(wishes: Wishes): string {
  const { receiver, secrets } = wishes;
  const { install, fetch, start, check } = jobScripts(wishes);
  const { node, jobMinutes, keepDays } = defaults.init;
  const env =
    secrets.length === 0 ? {} : { env: Object.fromEntries(secrets.map((name) => [name, `\${{ secrets.${name} }}`])) };
  const setup = receiver?.language?.setup;
  const steps = [
    { uses: "actions/checkout@v5", with: { "persist-credentials": false } },
    // Its cache wants a lock file, which may not be there.
    { uses: "actions/setup-node@v6", with: { "node-version": node, "package-manager-cache": false } },
    ...(setup === undefined ? [] : [setup]),
    ...(install === null ? [] : [{ name: "Install what the job needs", run: install }]),
    { name: "Get the harness", run: fetch },
    ...(start === null ? [] : [{ name: "Start the receiver", run: start, ...env }]),
    { name: "Check the receiver", run: check, ...env },
    ...(receiver === null
      ? []
      : [{ name: "Show what the receiver printed", if: "failure()", run: `cat ${receiverLog} || true` }]),
    {
      name: "Keep the reports",
      if: "${{ !cancelled() }}",
      uses: "actions/upload-artifact@v5",
      with: {
        name: harness.name,
        path: `${defaults.output.out}/`,
        "if-no-files-found": "ignore",
        "retention-days": keepDays,
      },
    },
  ];
  const name = receiverName(wishes);
  const workflow = {
    name: "Webhook conformance",
    on: { push: { branches: ["main", "master"] }, pull_request: null, merge_group: null, workflow_dispatch: null },
    permissions: { contents: "read" },
    // One receiver is checked by one job at a time; a job that starts its own has it for itself.
    concurrency:
      name === null
        ? { group: `${harness.name}-\${{ github.ref }}`, "cancel-in-progress": true }
        : { group: name, "cancel-in-progress": false },
    jobs: {
      [harness.name]: {
        ...(secrets.length > 0 && { if: hasSecrets }),
        "runs-on": "ubuntu-latest",
        "timeout-minutes": jobMinutes,
        steps,
      },
    },
  };
  const comment = [...remarks(wishes), ...(secrets.length > 0 ? [skippedJobs] : [])];
  return yamlText(workflow, comment.join("\n"), [["jobs", harness.name, "steps"]]);
}
