import { UsageError } from "../errors.js";
import type { Step } from "../receivers/script.js";
import { parseDurationMs } from "../input/duration.js";

const expected = "a status such as 503, timeout, reset, redirect, or slow:19s";

/** Reads a script of a receiver: one word an attempt. @throws UsageError `ERR_SCRIPT` that names the word. */
export function parseScript(words: readonly string[]): readonly Step[] {
  return words.map((word, index) => {
    const step = parseStep(word);
    if (step === null) {
      throw new UsageError(
        "ERR_SCRIPT",
        `--script: expected ${expected} as word ${index + 1}, got ${JSON.stringify(word)}`,
      );
    }
    return step;
  });
}

function parseStep(word: string): Step | null {
  const [name, detail] = word.split(/:(.*)/s);
  if (name === "slow" && detail !== undefined) {
    const ms = parseDurationMs(detail);
    return ms === null ? null : { kind: "stall", ms, next: { kind: "answer", status: 200 } };
  }
  switch (word) {
    case "timeout":
      return { kind: "never" };
    case "reset":
      return { kind: "reset", at: "request" };
    case "redirect":
      return { kind: "redirect", status: 307, location: "/elsewhere" };
    default:
      return /^[2-5]\d\d$/.test(word) ? { kind: "answer", status: Number(word) } : null;
  }
}

/** A step in words. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case "answer":
      return `answered ${step.status}`;
    case "redirect":
      return `redirected with ${step.status}`;
    case "stall":
      return `stalled for ${step.ms / 1000} s, then ${stepText(step.next)}`;
    case "never":
      return "left without an answer";
    case "reset":
      return "reset";
    case "close":
      return "closed without an answer";
    case "dribble":
    case "flood":
      return `answered with ${step.kind === "flood" ? "endless" : "slow"} ${step.part}`;
    case "interim":
      return `interim answer ${step.status}, then ${stepText(step.next)}`;
    case "raw":
      return "answered with raw bytes";
  }
}
