/** What a file or a form may have, in bytes. */
export const formLimitBytes = 64 * 1024 * 1024;

/** The fields of a `multipart/form-data` body that are text (RFC 7578); a file counts by its name alone. */
export function formFields(contentType: string, body: Buffer): Readonly<Record<string, string>> {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return {};
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const part of body.toString("latin1").split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf("\r\n\r\n");
    const head = part.slice(0, end);
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    if (end < 0 || name === undefined) continue;
    const file = /\bfilename="([^"]*)"/i.exec(head)?.[1];
    fields[name] = file ?? Buffer.from(part.slice(end + 4).replace(/\r\n$/, ""), "latin1").toString();
  }
  return fields;
}
