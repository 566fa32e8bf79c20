import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defaults } from "../../defaults.js";

/** What a receiver is written in, as far as a job has to know it. */
export interface Language {
  readonly id: string;
  /** Programs that a start command may begin with. */
  readonly programs: readonly string[];
  /** How the names of its scripts end. */
  readonly scripts?: readonly string[];
  /** Files that tell it where the command does not. */
  readonly files: readonly (string | RegExp)[];
  /** A step for GitHub that brings it, in a version of its own; none where the runner has it. */
  readonly setup?: { readonly uses: string; readonly with: Readonly<Record<string, string>> };
  /** An image that has it. */
  readonly image: string;
  /** Brings Node into that image; none where it is there. */
  readonly nodeIntoImage?: string;
  /** The first of these files that is there says how to install what a project needs. */
  readonly installs: readonly (readonly [file: string, command: string])[];
}

/** Debian 13 has a Node that is new enough; the images that say trixie are built on it. */
const nodeOfDebian = "apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm";
/** Others have one that is too old, or none. */
const nodeOfNodeSource = [
  "apt-get update -qq && apt-get install -y -qq --no-install-recommends curl ca-certificates",
  `curl -fsSL https://deb.nodesource.com/setup_${defaults.init.node}.x | bash -`,
  "apt-get install -y -qq nodejs",
].join(" && ");

const setupJava = { uses: "actions/setup-java@v5", with: { distribution: "temurin", "java-version": "21" } };

export const languages: readonly Language[] = [
  {
    id: "python",
    programs: [
      "python",
      "python3",
      "uvicorn",
      "gunicorn",
      "flask",
      "fastapi",
      "hypercorn",
      "uv",
      "poetry",
      "waitress-serve",
      "daphne",
      "pipenv",
    ],
    scripts: [".py"],
    files: ["requirements.txt", "pyproject.toml", "manage.py", "Pipfile"],
    setup: { uses: "actions/setup-python@v6", with: { "python-version": "3.13" } },
    image: "python:3.13-trixie",
    nodeIntoImage: nodeOfDebian,
    installs: [
      ["uv.lock", "python -m pip install uv && uv sync"],
      ["poetry.lock", "python -m pip install poetry && poetry install"],
      ["requirements.txt", "python -m pip install -r requirements.txt"],
      ["pyproject.toml", "python -m pip install ."],
    ],
  },
  {
    id: "go",
    programs: ["go"],
    files: ["go.mod"],
    setup: { uses: "actions/setup-go@v6", with: { "go-version": "stable" } },
    image: "golang:1-trixie",
    nodeIntoImage: nodeOfDebian,
    installs: [["go.mod", "go mod download"]],
  },
  {
    id: "ruby",
    programs: ["ruby", "bundle", "rails", "rake", "rackup", "puma", "unicorn", "thin", "falcon", "foreman"],
    scripts: [".rb"],
    files: ["Gemfile"],
    setup: { uses: "ruby/setup-ruby@v1", with: { "ruby-version": "3.4" } },
    image: "ruby:3.4-trixie",
    nodeIntoImage: nodeOfDebian,
    installs: [["Gemfile", "bundle install"]],
  },
  {
    id: "php",
    scripts: [".php"],
    programs: ["php", "composer", "symfony", "artisan"],
    files: ["composer.json"],
    setup: { uses: "shivammathur/setup-php@v2", with: { "php-version": "8.4" } },
    image: "php:8.4-cli-trixie",
    nodeIntoImage: `${nodeOfDebian} composer`,
    installs: [["composer.json", "composer install --no-interaction"]],
  },
  {
    id: "java",
    programs: ["java", "mvnw", "gradlew"],
    files: ["mvnw", "gradlew"],
    setup: setupJava,
    image: "eclipse-temurin:21-noble",
    nodeIntoImage: nodeOfNodeSource,
    installs: [],
  },
  {
    id: "maven",
    programs: ["mvn"],
    files: ["pom.xml"],
    setup: setupJava,
    image: "maven:3-eclipse-temurin-21",
    nodeIntoImage: nodeOfNodeSource,
    installs: [],
  },
  {
    id: "gradle",
    programs: ["gradle"],
    files: ["build.gradle", "build.gradle.kts"],
    setup: setupJava,
    image: "gradle:jdk21",
    nodeIntoImage: nodeOfNodeSource,
    installs: [],
  },
  {
    id: "dotnet",
    programs: ["dotnet"],
    files: [/\.(cs|fs)proj$/, /\.sln$/],
    setup: { uses: "actions/setup-dotnet@v5", with: { "dotnet-version": "10.0.x" } },
    image: "mcr.microsoft.com/dotnet/sdk:10.0-noble",
    nodeIntoImage: nodeOfNodeSource,
    installs: [[".", "dotnet restore"]],
  },
  {
    id: "rust",
    programs: ["cargo"],
    files: ["Cargo.toml"],
    image: "rust:1-trixie",
    nodeIntoImage: nodeOfDebian,
    installs: [["Cargo.toml", "cargo fetch"]],
  },
  {
    id: "elixir",
    programs: ["mix", "elixir", "iex"],
    scripts: [".exs"],
    files: ["mix.exs"],
    setup: { uses: "erlef/setup-beam@v1", with: { "otp-version": "27", "elixir-version": "1.18" } },
    image: "elixir:1.18",
    nodeIntoImage: nodeOfNodeSource,
    installs: [["mix.exs", "mix local.hex --force && mix local.rebar --force && mix deps.get"]],
  },
  {
    id: "deno",
    programs: ["deno"],
    files: ["deno.json", "deno.jsonc"],
    setup: { uses: "denoland/setup-deno@v2", with: { "deno-version": "v2.x" } },
    image: "denoland/deno:debian",
    nodeIntoImage: nodeOfNodeSource,
    installs: [],
  },
  {
    id: "bun",
    programs: ["bun", "bunx"],
    files: ["bun.lock", "bun.lockb"],
    setup: { uses: "oven-sh/setup-bun@v2", with: { "bun-version": "latest" } },
    image: "oven/bun:1-debian",
    nodeIntoImage: nodeOfNodeSource,
    installs: [
      ["bun.lock", "bun install --frozen-lockfile"],
      ["bun.lockb", "bun install --frozen-lockfile"],
      ["package.json", "bun install"],
    ],
  },
  // Last, since a project of another language may have a package.json for its pages.
  {
    id: "node",
    programs: ["node", "npm", "npx", "pnpm", "yarn", "corepack", "tsx"],
    scripts: [".js", ".mjs", ".cjs", ".ts", ".mts"],
    files: ["package.json"],
    image: `node:${defaults.init.node}`,
    installs: [
      ["pnpm-lock.yaml", "corepack enable && pnpm install --frozen-lockfile"],
      ["yarn.lock", "corepack enable && yarn install"],
      ["package-lock.json", "npm ci"],
      ["npm-shrinkwrap.json", "npm ci"],
      ["package.json", "npm install"],
    ],
  },
];

/** What parts the commands of a line, and what may stand before the program of one: variables, and what runs another. */
const between = /&&|\|\||[;|&\n]/;
const before = /^(?:\w+=(?:"[^"]*"|'[^']*'|\S*)|env|exec|time|nohup|sudo)$/;

/** What the command starts, or else what the files of the directory are of; null where neither tells. */
export function languageOf(command: string, directory: string): Language | null {
  const named = command.split(between).map((each) => languageOfProgram(programOf(each)));
  const found = named.find((language) => language !== undefined);
  return found ?? languages.find(({ files }) => files.some((file) => isThere(file, directory))) ?? null;
}

/** Without its directory, which may be that of the project or of an installation: `.venv/bin/python`. */
const programOf = (command: string): string =>
  (
    command
      .trim()
      .split(/\s+/)
      .find((word) => !before.test(word)) ?? ""
  )
    .replaceAll(/["']/g, "")
    .replace(/^.*\//, "");

function languageOfProgram(program: string): Language | undefined {
  const plain = program.replace(/(?<=^(?:python|php|ruby))-?[\d.]+$/, "");
  const extension = /\.\w+$/.exec(program)?.[0];
  return languages.find(
    ({ programs, scripts = [] }) =>
      programs.includes(plain) || (extension !== undefined && scripts.includes(extension)),
  );
}

/** The command that installs what a project of that language needs; null where no file tells. */
export const installOf = (language: Language | null, directory: string): string | null =>
  language?.installs.find(([file]) => existsSync(join(directory, file)))?.[1] ?? null;

function isThere(file: string | RegExp, directory: string): boolean {
  if (typeof file === "string") return existsSync(join(directory, file));
  try {
    return readdirSync(directory).some((name) => file.test(name));
  } catch {
    return false;
  }
}
