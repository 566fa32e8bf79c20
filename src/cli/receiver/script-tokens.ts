import { stepsFrom } from "../../lab/receiver-from-words.js";
import type { Contract } from "../../contract/contract.js";
import type { Step } from "../../receivers/script.js";

/** Reads a script of a receiver: one word an attempt. @throws UsageError `ERR_SCRIPT` that names the word. */
export const parseScript = (words: readonly string[], contract: Contract): readonly Step[] =>
  stepsFrom(
    words.map((word) => ({ text: word.trim(), where: () => "--script", empty: "an empty word" })),
    contract,
  );

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
