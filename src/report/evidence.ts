/**
 * The first `maxBytes` bytes of a text (UTF-8, never cut inside a character) with a mark that says how much is shown;
 * a text that fits comes back unchanged. The mark is not counted.
 */
export function capText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= maxBytes) return text;
  let end = Math.max(0, Math.trunc(maxBytes));
  while (end > 0 && isContinuationByte(bytes[end])) end--;
  return `${bytes.toString("utf8", 0, end)}… [cut: ${grouped(end)} of ${grouped(bytes.length)} bytes shown]`;
}

/** Bytes as text for a report: UTF-8, and U+FFFD for what is not. */
export function bytesToText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/** RFC 3629 section 3: the second and later bytes of a character are 10xxxxxx. */
const isContinuationByte = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

const grouped = (count: number): string => count.toLocaleString("en-US");
