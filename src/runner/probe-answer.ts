/**
 * Reads what a probe printed or answered: an integer, or a JSON object with an integer `processed`.
 * @throws Error that says what came instead.
 */
export function processedIn(text: string): number {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return Number(trimmed);
  try {
    const { processed } = JSON.parse(trimmed) as { processed?: unknown };
    if (typeof processed === "number" && Number.isInteger(processed) && processed >= 0) return processed;
  } catch {
    // Said below, with all else that is no answer.
  }
  const shown = trimmed.length > 80 ? `${trimmed.slice(0, 80)}…` : trimmed;
  throw new Error(`expected an integer, or JSON with an integer "processed", got ${JSON.stringify(shown)}`);
}
