import { cutTo } from "../cut.js";
import type { Seen } from "./effects-probe.js";

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

/**
 * Reads what a probe printed or answered: an integer, or a JSON object with an integer `processed`, and with the effects
 * that it names in `effects`.
 * @throws Error that says what came instead.
 */
export function seenIn(text: string): Seen {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return { processed: Number(trimmed) };
  const shown = cutTo(80, trimmed);
  const came = `got ${JSON.stringify(shown)}`;
  const { processed, effects = {} } = objectIn(trimmed);
  if (!isCount(processed)) throw new Error(`expected an integer, or JSON with an integer "processed", ${came}`);
  if (typeof effects !== "object" || effects === null || !Object.values(effects).every(isCount)) {
    throw new Error(`expected "effects" to be an object of integers such as {"email": 1}, ${came}`);
  }
  return { processed, named: { ...effects } };
}

function objectIn(text: string): { readonly processed?: unknown; readonly effects?: unknown } {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}
