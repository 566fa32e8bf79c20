const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A number with or without a unit, seconds by default: `90`, `90s`, `1.5h`. */
export const durationPattern = String.raw`^\d+(\.\d+)?(ms|s|m|h)?$`;

/** Milliseconds, more than zero; null for what is no such duration. */
export function parseDurationMs(text: string): number | null {
  if (!new RegExp(durationPattern).test(text)) return null;
  const unit = /[a-z]+$/.exec(text)?.[0] as keyof typeof unitMs | undefined;
  const ms = Number.parseFloat(text) * unitMs[unit ?? "s"];
  return ms > 0 && Number.isSafeInteger(Math.ceil(ms)) ? ms : null;
}

/** As people write it: `500ms`, `90s`, `5m`. @param ms a whole number above zero. */
export function durationText(ms: number): string {
  const [unit, size] = Object.entries(unitMs).findLast(([, each]) => ms >= each && ms % each === 0) ?? ["ms", 1];
  return `${ms / size}${unit}`;
}
