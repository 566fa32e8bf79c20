const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", nbsp: " " };

/** What a person would read of a page or of JSON: without tags, and with what was escaped put back. */
export function plainText(body: string): string {
  return body
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[(name as string).toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replaceAll(/\\(["/])/g, "$1");
}
