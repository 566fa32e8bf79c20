import { scheduledOffsetsMs, type Contract } from "./contract.js";
import { sessionMemberOf } from "./message.js";

/** What a page says in numbers. Sentences that mention them are made from them. */
export interface Figures {
  readonly deadlineMs: number;
  readonly retryDelaysMs: readonly number[];
}

const words = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** `six`; in digits from thirteen on. */
export const inWords = (count: number): string => words[count] ?? String(count);

/** How often: `never`, `once`, `3 times`. */
export const timesInWords = (count: number): string =>
  count === 0 ? "never" : count === 1 ? "once" : `${count} times`;

/** `20 seconds`, `53 minutes`, `1 minute`. */
function timeInWords(ms: number): string {
  const [count, unit] = ms >= 60_000 && ms % 30_000 === 0 ? [ms / 60_000, "minute"] : [ms / 1000, "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Times since the first attempt, as a text counts them: `23 and 53 minutes`. */
function after(contract: Contract, ms: number): string {
  const late = scheduledOffsetsMs(contract).flatMap((offset) => (offset > ms ? [offset / 60_000] : []));
  return `${[late.slice(0, -1).join(", "), late.at(-1)].filter((part) => part !== "").join(" and ")} minutes`;
}

/**
 * A sentence with what a contract says in its places: `{id}` becomes the member of the body that names a session,
 * `sessionId` or `data.id`, `{method}` `POST`, `{deadline}` becomes `20 seconds`, `{attempts}` `six`,
 * `{retries}` `five`, `{span}` `53 minutes`, `{once}` how often an effect is due, `{duplicate}` what to do about one, `{late}` those attempts that come more than ten minutes after the first.
 */
export function withFigures(text: string, contract: Contract): string {
  const { request, response, retry } = contract;
  const spanMs = scheduledOffsetsMs(contract).at(-1) ?? 0;
  return text
    .replaceAll("{id}", sessionMemberOf(request).join("."))
    .replaceAll("{method}", request.method)
    .replaceAll("{deadline}", timeInWords(response.deadlineMs))
    .replaceAll("{attempts}", inWords(retry.delaysMs.length + 1))
    .replaceAll("{retries}", inWords(retry.delaysMs.length))
    .replaceAll("{span}", timeInWords(spanMs))
    .replaceAll("{once}", contract.effect === "once" ? "once" : "at least once")
    .replaceAll("{duplicate}", contract.effect === "once" ? ", without doing the work again" : ", and look again")
    .replaceAll("{late}", after(contract, 600_000));
}
