import { statSync } from "node:fs";
import { githubAnnotations } from "../../report/github-annotations.js";
import { isGreen } from "../../report/log.js";
import { renderMarkdown } from "../../report/markdown.js";
import type { Report } from "../../report/model.js";
import { writeCiCommand } from "../harmless-output.js";
import { printAside } from "../print.js";
import type { RunLog } from "../progress/run-log.js";
import { reasonOf } from "../read-file.js";
import { appendText } from "../way-out.js";

export interface GitHubSettings {
  /** `off` keeps a run from telling GitHub anything. */
  readonly github: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** GitHub drops the whole summary of a step where it is larger. */
const largestSummaryBytes = 1024 * 1024;
/** Less is not worth a heading. */
const smallestSummaryBytes = 4 * 1024;

const inGitHubActions = (): boolean => process.env["GITHUB_ACTIONS"] === "true";

/** What failed, as commands to the runner, a line each; of a run that is green no more than one. */
export function annotationsOf(report: Report, settings: GitHubSettings): readonly string[] {
  if (settings.github === "off" || settings.quiet || !inGitHubActions()) return [];
  return githubAnnotations(report, isGreen(report) ? 1 : undefined);
}

/** Annotates what failed, and adds the report to the summary of the step. Neither changes the exit code. */
export function tellGitHub(report: Report, annotations: readonly string[], settings: GitHubSettings): void {
  if (settings.github === "off" || !inGitHubActions()) return;
  if (annotations.length > 0) printToRunner(annotations.join("\n"), settings);
  addToSummary((maxBytes) => renderMarkdown(report, { maxBytes }));
}

/** Adds Markdown of at most so many bytes to the summary of the step, which earlier commands may have begun. */
export function addToSummary(render: (maxBytes: number) => string): void {
  const file = process.env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return;
  try {
    const { size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
    // The line break in between belongs to neither.
    const maxBytes = largestSummaryBytes - size - 1;
    if (maxBytes < smallestSummaryBytes) {
      printAside(`the summary of this step is full (${size} bytes): the report was not added to it`);
      return;
    }
    appendText(file, `${size === 0 ? "" : "\n"}${render(maxBytes)}`);
  } catch (error) {
    printAside(`the report could not be added to the summary of this step, ${file}: ${reasonOf(error)}`);
  }
}

/**
 * Folds what is printed from here on in the log, under a title.
 * @returns what ends that; called twice, it does nothing the second time.
 */
export function foldInLog(title: string, settings: GitHubSettings, log: RunLog): () => void {
  if (settings.github === "off" || settings.quiet || settings.json || !inGitHubActions()) return () => {};
  const tell = (command: string): void => {
    log.count();
    printToRunner(command, settings);
  };
  tell(`::group::${title}`);
  let isOpen = true;
  return () => {
    if (isOpen) tell("::endgroup::");
    isOpen = false;
  };
}

/**
 * The runner reads both streams, each in its own order, so all that it is told stands on one: with --json nothing but the
 * report stands on stdout.
 */
const printToRunner = (text: string, { json }: Pick<GitHubSettings, "json">): void =>
  writeCiCommand(json ? process.stderr : process.stdout, text);
