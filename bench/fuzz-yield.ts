import type { CheckContext, SendOptions } from "../src/runner/check-context.js";
import { vary } from "../src/runner/vary.js";
import { defaults } from "../src/defaults.js";
import { createSender } from "../src/sender/sender.js";
import { parseCallbackUrl } from "../src/sender/callback-url.js";
import type { Attempt } from "../src/sender/attempt.js";
import { fuzzBodies, fuzzHeaders } from "../suites/fuzz-cases.js";
import { crashes } from "../src/faulty-receivers/fuzz.js";

/**
 * How many of the crashes that are planted in faulty receivers so many fuzz cases come upon: `node dist/bench/fuzz-yield.js`.
 * Nothing is sent, so that a hundred seeds take seconds.
 */
const counts = [50, 100, 200, 400] as const;
const seeds = Number(process.argv[2] ?? 100);

const sender = createSender({ url: parseCallbackUrl("http://127.0.0.1/hook") });
const documented = sender.callback("1b8a70f1000001000002d1a37b");
const nothing = { response: { status: 400 }, outcome: { kind: "acknowledged" } } as unknown as Attempt;

/** The position of the first case that each crash is met by; Infinity where none of them does. */
async function firstMet(seed: number): Promise<ReadonlyMap<string, number>> {
  const met = new Map(crashes.map(({ id }) => [id, Infinity]));
  for (const draw of [fuzzBodies, fuzzHeaders]) {
    let drawn = 0;
    const send = async ({ variation }: SendOptions = {}): Promise<Attempt> => {
      drawn += 1;
      if (variation === undefined) return nothing;
      const { body, headers } = vary(documented, variation, defaults.contract.request);
      const callback = { body: body.toString(), headers: lowerCased(headers) };
      for (const { id, where } of crashes) if (met.get(id) === Infinity && where(callback)) met.set(id, drawn);
      return nothing;
    };
    const context = {
      now: () => 0,
      randomHex: (length: number) => (seed * 2654435761).toString(16).padStart(length, "0").slice(-length),
      settings: { fuzzCases: Math.max(...counts) },
      sideBySide: 1,
      send,
      note() {},
      mismatch() {},
    };
    await draw(context as unknown as CheckContext);
  }
  return met;
}

const lowerCased = (headers: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));

const positions: ReadonlyMap<string, number>[] = [];
for (let seed = 1; seed <= seeds; seed += 1) positions.push(await firstMet(seed));
const found = (id: string, count: number): number =>
  positions.filter((met) => (met.get(id) ?? Infinity) <= count).length / seeds;
console.log(`found of ${seeds} seeds, by cases a check: ${counts.join(", ")}`);
for (const { id } of crashes) {
  console.log(
    `${id.padEnd(28)}${counts.map((count) => `${Math.round(found(id, count) * 100)} %`.padStart(7)).join("")}`,
  );
}
const mean = counts.map((count) => crashes.reduce((sum, { id }) => sum + found(id, count), 0) / crashes.length);
console.log(`${"in all".padEnd(28)}${mean.map((share) => `${Math.round(share * 100)} %`.padStart(7)).join("")}`);
await sender.close();
