import { defaults } from "../../defaults.js";
import { purpose, receiverLog, runLine, startScript, yamlText } from "./init-job.js";
import type { Wishes } from "./init-wishes.js";
import { harness } from "../../package-facts.js";

export const githubWorkflow = `.github/workflows/${harness.name}.yml`;

/** A workflow for GitHub Actions. `run` writes the step summary by itself. */
export function githubText({ url, receiver, secrets }: Wishes): string {
  const { node, jobMinutes } = defaults.init;
  const env =
    secrets.length === 0 ? {} : { env: Object.fromEntries(secrets.map((name) => [name, `\${{ secrets.${name} }}`])) };
  const steps = [
    { uses: "actions/checkout@v5" },
    // Its cache wants a lock file, which may not be there.
    { uses: "actions/setup-node@v6", with: { "node-version": node, "package-manager-cache": false } },
    ...(receiver?.install == null ? [] : [{ name: "Install what the receiver needs", run: receiver.install }]),
    ...(receiver === null ? [] : [{ name: "Start the receiver", run: startScript(receiver.start, url), ...env }]),
    { name: "Check the receiver", run: runLine, ...env },
    ...(receiver === null
      ? []
      : [{ name: "Show what the receiver printed", if: "failure()", run: `cat ${receiverLog} || true` }]),
    {
      name: "Keep the reports",
      if: "${{ !cancelled() }}",
      uses: "actions/upload-artifact@v5",
      with: { name: harness.name, path: `${defaults.output.out}/` },
    },
  ];
  const workflow = {
    name: "Webhook conformance",
    on: { push: { branches: ["main", "master"] }, pull_request: null, workflow_dispatch: null },
    permissions: { contents: "read" },
    jobs: { [harness.name]: { "runs-on": "ubuntu-latest", "timeout-minutes": jobMinutes, steps } },
  };
  return yamlText(workflow, purpose, [["jobs", harness.name, "steps"]]);
}
