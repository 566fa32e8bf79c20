import type { Redactor } from "./redact.js";

/**
 * Data without secrets: each text in it is redacted by itself, so that neither a name nor a number nor the layout is
 * taken for one, whatever the secret is.
 * @param isOurs whether a text under this name is a word of ours, which a receiver or a user has no part in.
 */
export function redactValues<T>(value: T, redactor: Redactor, isOurs: (name: string, text: string) => boolean): T {
  const without = (name: string, each: unknown): unknown => {
    if (typeof each === "string") return isOurs(name, each) ? each : redactor.redactText(each);
    if (Array.isArray(each)) return each.map((member) => without(name, member));
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, member]) => [key, without(key, member)]));
  };
  return without("", value) as T;
}
