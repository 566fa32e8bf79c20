import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runCli, temporaryDirectory } from "../cli.test.kit.js";
import { configFileSchema } from "../config-schema.js";
import { harness } from "../../package-facts.js";
import { runOptions } from "../run/run-options.js";

const staging = ["--url", "https://staging.example.com/hooks/scriptix", "-H", "X-Api-Key: ${SCRIPTIX_KEY}"] as const;
const started = ["--url", "http://localhost:3000/hook", "--start", "npm start"] as const;

const [config, schema, workflow] = [
  "webhook-conformance.json",
  "webhook-conformance.schema.json",
  ".github/workflows/webhook-conformance.yml",
];
const runLine = `npx --yes webhook-conformance@${harness.version} run --config webhook-conformance.json`;

interface Step {
  readonly uses?: string;
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] } & Readonly<Record<string, unknown>>>>;
}
interface GitlabJob {
  readonly image: string;
  readonly script: readonly string[];
  readonly artifacts: Readonly<Record<string, unknown>>;
}

const textIn = (cwd: string, file: string): string => readFileSync(join(cwd, file), "utf8");
const jsonIn = (cwd: string, file: string): Readonly<Record<string, unknown>> =>
  JSON.parse(textIn(cwd, file)) as Readonly<Record<string, unknown>>;
const everything = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();

function stepsOf(cwd: string): readonly Step[] {
  const { jobs } = parse(textIn(cwd, workflow)) as Workflow;
  return jobs["webhook-conformance"]?.steps ?? [];
}

function directoryWith(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, ".."), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

describe("the config file", () => {
  it("holds what was said, by names that run knows, and the schema lies beside it", async () => {
    const { code, stderr, cwd } = await runCli(["init", ...staging, "--fail-on", "recommended"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(jsonIn(cwd, config)).toEqual({
      $schema: `./${schema}`,
      url: "https://staging.example.com/hooks/scriptix",
      header: ["X-Api-Key: ${SCRIPTIX_KEY}"],
      "fail-on": "recommended",
      "as-of": "0.1",
    });
    const validate = new Ajv({ allowUnionTypes: true }).compile(jsonIn(cwd, schema));
    expect(validate(jsonIn(cwd, config))).toBe(true);
    expect(Object.keys(configFileSchema(runOptions).properties)).toEqual(
      expect.arrayContaining(Object.keys(jsonIn(cwd, config))),
    );
  });

  it.each([
    [["--contract", "document"], { contract: "document" }],
    [["--contract", "signed", "--secret", "${SIGNING}"], { contract: "signed", secret: "${SIGNING}" }],
    [["--contract", "batch,document"], { contracts: ["batch", "document"] }],
    [["--contract", "batch"], {}],
  ])("says with %j which callbacks the receiver meets", async (options, said) => {
    const { cwd, stdout } = await runCli(["init", ...staging, ...options, "--ci", "github"]);
    const { contract, contracts, secret } = jsonIn(cwd, config);
    expect({ contract, contracts, secret }).toEqual({
      contract: undefined,
      contracts: undefined,
      secret: undefined,
      ...said,
    });
    const env = { SCRIPTIX_KEY: "k3y", SIGNING: "s3cret" };
    const { code, stderr } = await runCli(["run", "--config", config, "--dry-run"], { cwd, env });
    expect([code, stderr]).toEqual([0, ""]);
    const { env: ofJob } = stepsOf(cwd).find(({ name }) => name === "Check the receiver") ?? {};
    const isSigned = options.includes("--secret");
    expect([ofJob?.["SIGNING"], stdout.includes("\n  SIGNING\n")]).toEqual([
      isSigned ? "${{ secrets.SIGNING }}" : undefined,
      isSigned,
    ]);
  });

  it("says that a receiver which the job starts is local", async () => {
    const { cwd } = await runCli(["init", ...started, "--ci", "none"]);
    expect(jsonIn(cwd, config)).toMatchObject({ url: "http://localhost:3000/hook", local: true });
    expect(everything(cwd)).toEqual([config, schema]);
  });

  it("points into the package where that is installed, so that the schema stays up to date", async () => {
    const installed = "node_modules/webhook-conformance/reports/config.schema.json";
    const { cwd } = await runCli(["init", ...staging, "--ci", "none"], { cwd: directoryWith({ [installed]: "{}" }) });
    expect(jsonIn(cwd, config)["$schema"]).toBe(`./${installed}`);
    expect(existsSync(join(cwd, schema))).toBe(false);
  });
});

describe("the workflow for GitHub Actions", () => {
  it("checks out, sets up a Node that is new enough, runs and keeps the reports even of a failure", async () => {
    const { cwd } = await runCli(["init", ...staging, "--ci", "github"]);
    const { on, permissions, jobs } = parse(textIn(cwd, workflow)) as Workflow;
    expect(Object.keys(on)).toEqual(["push", "pull_request", "merge_group", "workflow_dispatch"]);
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs["webhook-conformance"]).toMatchObject({ "runs-on": "ubuntu-latest", "timeout-minutes": 15 });
    const steps = stepsOf(cwd);
    expect(steps.map(({ uses, name }) => name ?? uses)).toEqual([
      "actions/checkout@v5",
      "actions/setup-node@v6",
      "Get the harness",
      "Check the receiver",
      "Keep the reports",
    ]);
    expect(steps[1]?.with).toMatchObject({ "node-version": 24 });
    expect(steps[2]?.env).toBeUndefined();
    expect(steps[3]).toMatchObject({ run: runLine, env: { SCRIPTIX_KEY: "${{ secrets.SCRIPTIX_KEY }}" } });
    expect(steps[4]).toMatchObject({
      if: "${{ !cancelled() }}",
      uses: "actions/upload-artifact@v5",
      with: { name: "webhook-conformance", path: "reports/", "retention-days": 14 },
    });
    // GitHub has known anchors for a short time only.
    expect(textIn(cwd, workflow)).not.toMatch(/: [&*]\w/);
  });

  it("installs what the lock file asks for, starts the receiver with the secrets, and shows what it printed", async () => {
    const { cwd } = await runCli(["init", ...started, "-H", "X-Api-Key: ${SCRIPTIX_KEY}"], {
      cwd: directoryWith({ "package-lock.json": "{}", "package.json": "{}" }),
    });
    const steps = stepsOf(cwd).slice(2, -1);
    expect(steps.map(({ name }) => name)).toEqual([
      "Install what the job needs",
      "Get the harness",
      "Start the receiver",
      "Check the receiver",
      "Show what the receiver printed",
    ]);
    expect(steps[0]?.run).toContain("sh -e -c 'npm ci' || {");
    expect(steps[2]?.run).toMatch(/^\(\nnpm start\n\) > webhook-conformance-receiver\.log 2>&1 &\n/m);
    expect(steps[2]?.env).toEqual(steps[3]?.env);
    expect(steps[4]?.if).toBe("failure()");
  });

  it("lets one job at a time at a receiver that all of them share, and no pull request of a fork without its secrets", async () => {
    const { cwd, stdout } = await runCli(["init", ...staging, "--ci", "github"]);
    const found = parse(textIn(cwd, workflow)) as Workflow & { readonly concurrency: object };
    expect(found.concurrency).toEqual({
      group: "webhook-conformance-staging.example.com-hooks-scriptix",
      "cancel-in-progress": false,
    });
    expect(found.jobs["webhook-conformance"]?.["if"]).toContain("head.repo.full_name == github.repository");
    expect(textIn(cwd, workflow)).toContain("# Pull requests from forks get no secrets");
    expect(textIn(cwd, workflow)).toContain("on a pull request that is not the code of the pull request");
    expect(stdout).toContain("does not contain the code of a pull request");
  });

  it.each([
    ["python -m uvicorn app:app", "actions/setup-python@v6", { "requirements.txt": "" }, "pip install -r"],
    ["PORT=3000 go run .", "actions/setup-go@v6", { "go.mod": "" }, "go mod download"],
    ["bundle exec puma", "ruby/setup-ruby@v1", { Gemfile: "" }, "bundle install"],
    ["make serve", "actions/setup-java@v5", { "pom.xml": "" }, ""],
  ])("brings the language of %s", async (start, uses, files, installs) => {
    const cwd = directoryWith(files);
    await runCli(["init", "--url", "http://localhost:3000/hook", "--start", start, "--ci", "github"], { cwd });
    const steps = stepsOf(cwd);
    expect(steps.map((step) => step.uses)).toContain(uses);
    expect(steps.map(({ run }) => run).join("\n")).toContain(installs);
  });
});

describe("the job for GitLab CI", () => {
  it("is the pipeline where there is none", async () => {
    const { cwd, stdout } = await runCli(["init", ...staging, "--ci", "gitlab"]);
    const job = (parse(textIn(cwd, ".gitlab-ci.yml")) as Record<string, GitlabJob>)["webhook-conformance"];
    expect(job).toMatchObject({
      image: "node:24",
      resource_group: "webhook-conformance-staging.example.com-hooks-scriptix",
      rules: [{ when: "never" }, {}, {}],
      script: [expect.stringContaining("--version"), runLine],
      artifacts: { when: "always", expire_in: "14 days", paths: ["reports/"], reports: { junit: "reports/junit.xml" } },
    });
    expect(stdout).toMatch(/variables of the project.*\n {2}SCRIPTIX_KEY\n/);
    expect(stdout).not.toContain("include:");
  });

  it("is a file to include where there is one, which tells where the repository is", async () => {
    const cwd = directoryWith({ ".gitlab-ci.yml": "test: {script: [make]}\n" });
    const { stdout } = await runCli(["init", ...started], { cwd });
    expect(textIn(cwd, ".gitlab-ci.yml")).toBe("test: {script: [make]}\n");
    expect(stdout).toContain("Add to .gitlab-ci.yml:\n  include:\n    - local: .gitlab/webhook-conformance.yml\n");
    const jobs = parse(textIn(cwd, ".gitlab/webhook-conformance.yml")) as Record<string, GitlabJob>;
    expect(jobs["webhook-conformance"]?.script.at(-1)).toBe(runLine);
  });
});

it.each([
  ["python3 manage.py runserver", "python:3.13-trixie"],
  ["./mvnw spring-boot:run", "eclipse-temurin:21-noble"],
  ["npm start", "node:24"],
])("the image of a job in GitLab CI has what it takes for %s", async (start, image) => {
  const { cwd } = await runCli(["init", "--url", "http://localhost:3000/hook", "--start", start, "--ci", "gitlab"]);
  const job = (parse(textIn(cwd, ".gitlab-ci.yml")) as Record<string, GitlabJob>)["webhook-conformance"];
  expect(job?.image).toBe(image);
});

describe("the end of it", () => {
  it("says what was written, which secrets to set, and what to try", async () => {
    const { stdout } = await runCli(["init", ...staging, "-H", "Authorization: Bearer ${TOKEN}"]);
    for (const file of [config, schema, workflow]) expect(stdout).toContain(`\n  ${file}\n`);
    expect(stdout).toMatch(/Set these secrets of the repository.*:\n {2}SCRIPTIX_KEY\n {2}TOKEN\n/);
    expect(stdout).toContain("\n  npx webhook-conformance run --config webhook-conformance.json\n");
  });

  it("says where a job is read that was written elsewhere", async () => {
    const cwd = directoryWith({ ".git/HEAD": "", "services/hook/package.json": "{}" });
    const { stdout } = await runCli(["init", ...staging, "--dir", "services/hook"], { cwd });
    expect(existsSync(join(cwd, "services/hook", workflow))).toBe(true);
    expect(stdout).toContain(`at the root of the repository alone, and that is ${cwd}.`);
  });
});

describe("nothing is written", () => {
  it.each([
    [["--contract", "signed"], "--secret: expected '${NAME}' with the name of a secret of the CI"],
    [["--contract", "signed", "--secret", "sesame-0pen"], "--secret: expected '${NAME}'"],
    [["--secret", "${NAME}"], "--secret: expected none with --contract batch, got one"],
    [["--contract", "document", "-H", "X-Scriptix-Document: ${ID}"], "expected a header of your own"],
  ])("with %j", async (options, sentence) => {
    const { code, stderr, cwd } = await runCli(["init", ...staging, ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    expect(stderr).not.toContain("sesame");
    expect(everything(cwd)).toEqual([]);
  });

  it.each([config, schema, workflow])("where %s is there", async (file) => {
    const cwd = directoryWith({ [file]: "mine" });
    const before = everything(cwd);
    const { code, stdout, stderr } = await runCli(["init", ...staging, "--ci", "github"], { cwd });
    expect(stderr).toMatch(new RegExp(`^error: expected to write new files, but ${file} is there; .*\n$`));
    expect([code, stdout, textIn(cwd, file)]).toEqual([2, "", "mine"]);
    expect(everything(cwd)).toEqual(before);
  });

  it("over a link that leads nowhere", async () => {
    const cwd = temporaryDirectory();
    symlinkSync("nowhere", join(cwd, config));
    const { code } = await runCli(["init", ...staging], { cwd });
    expect(code).toBe(2);
    expect(everything(cwd)).toEqual([config]);
  });

  it("where one of the files cannot be: what came before it is taken back", async () => {
    const cwd = directoryWith({ ".github": "a file" });
    const { code, stderr } = await runCli(["init", ...staging, "--ci", "github"], { cwd });
    expect(stderr).toMatch(
      /^error: --dir .*webhook-conformance\.yml: expected a path that can be written, but [^\n]+\n$/,
    );
    expect(code).toBe(2);
    expect(everything(cwd)).toEqual([".github"]);
  });
});
