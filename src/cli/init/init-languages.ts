import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defaults } from "../../defaults.js";

/** What a receiver is written in, as far as a job has to know it. */
export interface Language {
  readonly id: string;
  /** Programs that a start command may begin with. */
  readonly programs: readonly string[];
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

/** Debian 13 has a Node that is new enough; the images below are built on it. */
const nodeOfDebian = "apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm";
const nodeImage = `node:${defaults.init.node}`;

export const languages: readonly Language[] = [
  {
    id: "node",
    programs: ["node", "npm", "npx", "pnpm", "yarn", "tsx"],
    files: ["package.json"],
    image: nodeImage,
    installs: [
      ["pnpm-lock.yaml", "corepack enable && pnpm install --frozen-lockfile"],
      ["yarn.lock", "corepack enable && yarn install"],
      ["package-lock.json", "npm ci"],
      ["npm-shrinkwrap.json", "npm ci"],
      ["package.json", "npm install"],
    ],
  },
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
    ],
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
    programs: ["ruby", "bundle", "rails", "bin/rails", "./bin/rails", "rackup", "puma"],
    files: ["Gemfile"],
    setup: { uses: "ruby/setup-ruby@v1", with: { "ruby-version": "3.4" } },
    image: "ruby:3.4-trixie",
    nodeIntoImage: nodeOfDebian,
    installs: [["Gemfile", "bundle install"]],
  },
  {
    id: "php",
    programs: ["php", "composer", "symfony", "frankenphp"],
    files: ["composer.json"],
    setup: { uses: "shivammathur/setup-php@v2", with: { "php-version": "8.4" } },
    image: "php:8.4-cli-trixie",
    nodeIntoImage: `${nodeOfDebian} composer`,
    installs: [["composer.json", "composer install --no-interaction"]],
  },
  {
    id: "java",
    programs: ["java", "mvn", "./mvnw", "gradle", "./gradlew", "sbt"],
    files: ["pom.xml", "build.gradle", "build.gradle.kts"],
    setup: { uses: "actions/setup-java@v5", with: { distribution: "temurin", "java-version": "21" } },
    image: `${nodeImage}-trixie`,
    nodeIntoImage: "apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jdk maven gradle",
    installs: [],
  },
  {
    id: "dotnet",
    programs: ["dotnet"],
    files: [/\.(cs|fs)proj$/, /\.sln$/],
    setup: { uses: "actions/setup-dotnet@v5", with: { "dotnet-version": "10.0.x" } },
    image: "mcr.microsoft.com/dotnet/sdk:10.0-noble",
    nodeIntoImage: `apt-get update -qq && apt-get install -y -qq --no-install-recommends curl ca-certificates && curl -fsSL https://deb.nodesource.com/setup_${defaults.init.node}.x | bash - && apt-get install -y -qq nodejs`,
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
];

/** Words before the program of a shell command: variables, and what runs another command. */
const before = /^(\w+=("[^"]*"|'[^']*'|\S*)|env|exec|time|nohup)$/;

/** What the command starts, or else what the files of the directory are of; null where neither tells. */
export function languageOf(command: string, directory: string): Language | null {
  const words = command.trim().split(/\s+/);
  const program =
    words.find((word) => !before.test(word))?.replace(/^.*\/(?=(?:python|node|ruby|php|go)[\d.]*$)/, "") ?? "";
  const named = languages.find(({ programs }) => programs.includes(program.replace(/(?<=^python)[\d.]+$/, "")));
  return named ?? languages.find(({ files }) => files.some((file) => isThere(file, directory))) ?? null;
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
