import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRegistry, type Registry } from "../../../fixtures/registry.test.kit.js";
import {
  debianPython,
  needsProgram,
  skipReason,
  type Requirement,
} from "../../../fixtures/stacks/requirements.test.kit.js";
import { readReport, temporaryDirectory } from "../cli.test.kit.js";
import { githubJob, gitlabJob, key, nodeReceiver, repository, runJob, type Project } from "./init-job.test.kit.js";
import { languages, languageOf } from "./init-languages.js";

let registry: Registry;
beforeAll(async () => void (registry = await startRegistry()), 120_000);
afterAll(() => registry.close());

const receiver = (path: string): string => fileURLToPath(new URL(`../../../fixtures/stacks/${path}`, import.meta.url));

interface Sample extends Pick<Project, "start" | "files" | "copies" | "programs"> {
  readonly needs: Requirement;
  /** Of its image in GitLab. */
  readonly image: RegExp;
  /** What GitHub sets up for it. */
  readonly uses: RegExp;
}

/** Programs that only the image has, which say what they were asked for. */
const says = (program: string): string => `echo "${program} $*"`;

const samples: Readonly<Record<string, Sample>> = {
  node: {
    start: "npm start",
    files: {
      "package.json": JSON.stringify({ name: "app", scripts: { start: "node server.mjs" } }),
      "server.mjs": nodeReceiver(200),
    },
    needs: () => null,
    image: /^node:/,
    uses: /^$/,
  },
  python: {
    start: "python receiver.py",
    files: { "requirements.txt": "" },
    copies: { "receiver.py": receiver("python/receiver.py") },
    programs: { python: `[ "$1" = -m ] && ${says("python")} || exec ${debianPython} "$@"` },
    needs: needsProgram("python3", "python3"),
    image: /^python:/,
    uses: /^actions\/setup-python@v6$/,
  },
  go: {
    start: "go run .",
    files: { "go.mod": "module example.com/receiver\n\ngo 1.21\n" },
    copies: { "receiver.go": receiver("go/receiver.go") },
    needs: needsProgram("go", "golang-go"),
    image: /^golang:/,
    uses: /^actions\/setup-go@v6$/,
  },
  php: {
    start: "mkdir -p jobs && WEBHOOK_JOBS_DIR=jobs php -S localhost:$PORT receiver.php",
    files: { "composer.json": "{}" },
    copies: { "receiver.php": receiver("php/receiver.php") },
    programs: { composer: says("composer") },
    needs: needsProgram("php", "php-cli"),
    image: /^php:/,
    uses: /^shivammathur\/setup-php@v2$/,
  },
  ruby: {
    start: "RACK_ENV=production bundle exec ruby receiver.rb",
    files: { Gemfile: "gem 'sinatra'\n" },
    copies: { "receiver.rb": receiver("ruby/receiver.rb") },
    programs: { bundle: `[ "$1" = exec ] && shift && exec "$@"; ${says("bundle")}` },
    needs: needsProgram("puma", "ruby ruby-sinatra puma"),
    image: /^ruby:/,
    uses: /^ruby\/setup-ruby@v1$/,
  },
};

describe.each(["github", "gitlab"])("the whole job on %s", (ci) => {
  describe.each(Object.entries(samples))("with a receiver in %s", (name, { needs, image, uses, ...project }) => {
    const skipped = skipReason(`a job with a receiver in ${name}`, needs);

    it.skipIf(skipped !== null)(
      `installs, starts, checks and is green${skipped === null ? "" : ` (${skipped})`}`,
      async () => {
        const cache = join(tmpdir(), "webhook-conformance-go-build");
        mkdirSync(cache, { recursive: true });
        const env = { WEBHOOK_API_KEY: key, GOCACHE: cache, GOFLAGS: "-mod=mod", PYTHONDONTWRITEBYTECODE: "1" };
        const programs = { "apt-get": says("apt-get"), ...project.programs };
        const shell = await repository(registry.env, { ...project, ci, env, programs });
        keepToOneSuite(shell.cwd);
        const { code, output } = await runJob(shell, ci);
        expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("verdict: conformant") as string });
        expect(readReport(shell).target.kind).toBe("url");
        const brought = ci === "gitlab" ? gitlabJob(shell.cwd)?.image : languageSteps(shell.cwd);
        expect(brought).toMatch(ci === "gitlab" ? image : uses);
      },
      180_000,
    );
  });
});

/** What else is checked is no matter of the job. */
function keepToOneSuite(cwd: string): void {
  const file = join(cwd, "webhook-conformance.json");
  const config = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...config, suite: ["acknowledgement", "authentication"] }));
}

/** What is set up beside Node, which the harness needs in any case. */
const languageSteps = (cwd: string): string =>
  githubJob(cwd)
    .steps.map(({ uses = "" }) => uses)
    .filter((uses) => !/^actions\/(checkout|setup-node|upload-artifact)@/.test(uses))
    .join("");

describe("the language of a start command", () => {
  it.each([
    ["python3.13 -m uvicorn app:app", "python"],
    ["cd service && .venv/bin/uvicorn app:app", "python"],
    ["PORT=3000 ./manage.py runserver", "python"],
    ["./bin/rails server", "ruby"],
    ["bundle exec rackup", "ruby"],
    ["php artisan serve", "php"],
    ["vendor/bin/artisan serve", "php"],
    ["./gradlew bootRun", "java"],
    ["mvn spring-boot:run", "maven"],
    ["env RUST_LOG=debug cargo run", "rust"],
    ["mix phx.server", "elixir"],
    ["deno run -A server.ts", "deno"],
    ["bun run server.ts", "bun"],
    ["sleep 1; exec node --enable-source-maps server.js", "node"],
    ["docker compose up -d", undefined],
  ])("%s is %s", (command, id) => {
    expect(languageOf(command, temporaryDirectory())?.id).toBe(id);
  });

  it("has an image of its own, with Node put into it", () => {
    for (const { id, image, nodeIntoImage } of languages) {
      expect({ id, hasNode: image.startsWith("node:") || nodeIntoImage?.includes("nodejs") === true }).toEqual({
        id,
        hasNode: true,
      });
    }
  });
});
