import { createServer } from "node:http";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { once } from "node:events";
import { startRegistry, type Registry } from "../../../fixtures/registry.test.kit.js";
import { harness } from "../../package-facts.js";
import { readReport, temporaryDirectory } from "../cli.test.kit.js";
import {
  githubJob,
  githubSteps,
  gitlabJob,
  key,
  nodeReceiver,
  repository as repositoryWith,
  type Project,
  type Shell,
} from "./init-job.test.kit.js";

let registry: Registry;
beforeAll(async () => void (registry = await startRegistry()), 120_000);
afterAll(() => registry.close());

/** With a receiver in it that answers so. */
const repository = (status: number, project: Project): Promise<Shell> =>
  repositoryWith(registry.env, { ...project, files: { "server.mjs": nodeReceiver(status), ...project.files } });

const mergeRequest = (source: string) => ({
  CI_PIPELINE_SOURCE: "merge_request_event",
  CI_MERGE_REQUEST_PROJECT_ID: "7",
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source,
});

const checkName = "Check the receiver";

it("turns green on GitHub for a receiver that behaves: it is started, waited for and checked", async () => {
  const shell = await repository(200, { start: "node server.mjs # the receiver", ci: "github" });
  const step = githubSteps(shell.cwd);
  expect(await shell.run(step("Get the harness"))).toEqual({ code: 0, output: `${harness.version}\n` });
  expect(await shell.run(step("Start the receiver"))).toEqual({ code: 0, output: "" });
  const { code, output } = await shell.run(step(checkName));
  expect(output).toContain("verdict: conformant");
  expect(code).toBe(0);
  expect(readReport(shell).target.kind).toBe("url");
}, 120_000);

it("uses what the project installs, where that has the harness", async () => {
  const devDependencies = { "webhook-conformance": harness.version };
  const files = { "package.json": JSON.stringify({ name: "app", version: "1.0.0", devDependencies }) };
  const shell = await repository(200, { start: "node server.mjs", ci: "github", files });
  const step = githubSteps(shell.cwd);
  expect((await shell.run(step("Install what the job needs"))).code).toBe(0);
  expect(step("Get the harness")).toContain("npx --no-install webhook-conformance --version");
  expect(await shell.run(step("Get the harness"))).toEqual({ code: 0, output: `${harness.version}\n` });
}, 120_000);

it("turns red on GitLab for one that does not, and shows what it printed", async () => {
  const shell = await repository(500, { start: "node server.mjs", ci: "gitlab" });
  const job = gitlabJob(shell.cwd);
  const { code, output } = await shell.run(job?.script.join("\n") ?? "");
  expect(output).toContain("acknowledgement/acknowledges-with-2xx");
  expect(code).toBe(1);
  expect(readReport(shell).verdict).toBe("non-conformant");
  const afterwards = await shell.run(["CI_JOB_STATUS=failed", ...(job?.after_script ?? [])].join("\n"));
  expect(afterwards).toEqual({ code: 0, output: `started with ${key}\n` });
}, 120_000);

it("says at once that a receiver died before it listened, with its exit code and what it printed", async () => {
  const shell = await repository(200, { start: "echo 'no such table' >&2; exit 7", ci: "github" });
  const { code, output } = await shell.run(githubSteps(shell.cwd)("Start the receiver"));
  expect(output).toBe(
    "The receiver ended with exit code 7 before it listened, so it was not checked. It printed:\nno such table\n",
  );
  expect(code).toBe(2);
});

it.each(["github", "gitlab"])("does not check on %s what listened there before", async (ci) => {
  const shell = await repository(200, { start: "node server.mjs", ci });
  const other = createServer((_request, response) => void response.end()).listen(shell.port, "127.0.0.1");
  await once(other, "listening");
  const script = ci === "github" ? githubSteps(shell.cwd)("Start the receiver") : gitlabJob(shell.cwd)?.script[1];
  const { code, output } = await shell.run(script ?? "");
  other.close();
  expect(output).toMatch(
    /^Something listens on localhost:\d+ already, so the receiver was not started, and not checked\.\n$/,
  );
  expect(code).toBe(2);
});

it("turns red for a receiver that never listens, after a minute", async () => {
  const shell = await repository(200, { start: "echo up; exec tail -f /dev/null", ci: "github" });
  const { code, output } = await shell.run(githubSteps(shell.cwd)("Start the receiver").replace("-gt 60", "-gt 2"));
  expect(output).toMatch(/^The receiver did not listen on localhost:\d+ within 60 seconds, so it was not checked\./);
  expect(output).toContain("\nup\n");
  expect(code).toBe(2);
});

describe("for want of its secrets no pull request from a fork is checked, and every other one is", () => {
  const pull = (head: string | null) => ({
    event_name: "pull_request",
    repository: "us/app",
    event: { pull_request: { head: { repo: head === null ? null : { full_name: head } } } },
  });
  it.each([
    ["a push", { event_name: "push", repository: "us/app", event: {} }, true],
    ["a merge queue", { event_name: "merge_group", repository: "us/app", event: {} }, true],
    ["a pull request of a branch", pull("us/app"), true],
    ["a pull request of a fork", pull("them/app"), false],
    ["a pull request of a fork that is gone", pull(null), false],
  ])("on GitHub: %s", async (_, github, isRun) => {
    const { cwd } = await repository(200, { start: "node server.mjs", ci: "github" });
    const guard = githubJob(cwd).if ?? "";
    // What is missing is null in an expression of GitHub's.
    expect(runInNewContext(guard.replaceAll(".", "?."), { github })).toBe(isRun);
  });

  it.each([
    ["a branch", { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main", CI_DEFAULT_BRANCH: "main" }, true],
    ["a merge request of a branch", mergeRequest("7"), true],
    ["a merge request of a fork", mergeRequest("8"), false],
  ])("on GitLab: %s", async (_, variables, isRun) => {
    const { cwd } = await repository(200, { start: "node server.mjs", ci: "gitlab" });
    const holds = ({ if: condition = "" }: { readonly if?: string }): boolean =>
      Boolean(runInNewContext(condition.replaceAll(/\$(\w+)/g, "variables.$1"), { variables }));
    const rule = gitlabJob(cwd)?.rules.find(holds);
    expect(rule !== undefined && rule.when !== "never").toBe(isRun);
  });
});

it.each(["github", "gitlab"])(
  "tells a failed install apart from a failed gate on %s",
  async (ci) => {
    const nowhere = "http://127.0.0.1:9/";
    const env = { npm_config_registry: nowhere, npm_config_fetch_retries: "0", npm_config_cache: temporaryDirectory() };
    const shell = await repository(200, { start: "node server.mjs", ci, env });
    const script =
      ci === "github" ? githubSteps(shell.cwd)("Get the harness") : gitlabJob(shell.cwd)?.script.join("\n");
    const { code, output } = await shell.run(script ?? "");
    expect(output).toMatch(/\nwebhook-conformance could not be installed: that says nothing about the receiver\.\n$/);
    expect(code).toBe(2);
  },
  60_000,
);
