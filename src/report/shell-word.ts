/** Part of a word of a shell line: text as it is, or the value of a variable. */
export type Piece = string | { readonly variable: string };

/** One quoted word of a POSIX shell line (XCU section 2.2), safe to paste into an interactive shell as well. */
export function word(pieces: readonly Piece[]): string {
  const texts = pieces.filter((piece) => typeof piece === "string");
  if (texts.length === pieces.length) return singleQuoted(texts.join(""));
  // `!` starts a history expansion inside double quotes where the shell is interactive.
  if (texts.every((text) => !/["$`\\!]/.test(text))) {
    const inner = pieces.map((piece, index) =>
      typeof piece === "string" ? piece : expansion(piece, pieces[index + 1]),
    );
    return `"${inner.join("")}"`;
  }
  return pieces.map((piece) => (typeof piece === "string" ? singleQuoted(piece) : `"$${piece.variable}"`)).join("");
}

/** So many of the same character are not written out. */
const longRun = /([!-~])\1{4095}/;

/** Whether a text holds padding that is better made than written. */
export const hasLongRun = (bytes: string): boolean => longRun.test(bytes);

/** Like `printfCommand`, for bytes of any number: a long run of one character is made where the line is run. */
export function bytesCommand(pieces: readonly Piece[]): string {
  const commands: string[] = [];
  let plain: Piece[] = [];
  const endPlain = (): void => {
    if (plain.length > 0) commands.push(printfCommand(plain));
    plain = [];
  };
  for (const piece of pieces) {
    let rest = piece;
    while (typeof rest === "string") {
      const start = rest.search(longRun);
      if (start < 0) break;
      let end = start;
      while (rest[end] === rest[start]) end += 1;
      if (start > 0) plain.push(rest.slice(0, start));
      endPlain();
      commands.push(`head -c ${end - start} /dev/zero | tr '\\000' '${octal(rest.slice(start))}'`);
      rest = rest.slice(end);
    }
    if (rest !== "") plain.push(rest);
  }
  endPlain();
  return commands.length === 1 ? (commands[0] ?? "") : `{ ${commands.join("; ")}; }`;
}

/** A command that prints any bytes, given as a byte string; what is not plain ASCII is written in octal. */
export function printfCommand(pieces: readonly Piece[]): string {
  const format = pieces.map((piece) => (typeof piece === "string" ? printfFormat(piece) : "%s")).join("");
  // A format that starts with a dash would be taken for an option.
  const words = [`'${format.replace(/^-/, "\\055")}'`];
  for (const piece of pieces) if (typeof piece !== "string") words.push(`"$${piece.variable}"`);
  return `printf ${words.join(" ")}`;
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function expansion({ variable }: { readonly variable: string }, next: Piece | undefined): string {
  return typeof next === "string" && /^\w/.test(next) ? `\${${variable}}` : `$${variable}`;
}

function printfFormat(bytes: string): string {
  return bytes.replace(/[^ -~]|['%\\]/g, (character) => {
    if (character === "%") return "%%";
    if (character === "\\") return "\\\\";
    return octal(character);
  });
}

/** The first byte of a byte string, as `printf` and `tr` read it (POSIX XBD chapter 5). */
const octal = (bytes: string): string => `\\${bytes.charCodeAt(0).toString(8).padStart(3, "0")}`;

/** Names that mean something to a shell, or to the line itself. */
const takenVariables = new Set(
  "ID USERINFO PATH HOME USER SHELL PWD OLDPWD IFS ENV LANG TERM UID EUID PPID HOSTNAME HOST LOGNAME MAIL PS1 PS2 PS4".split(
    " ",
  ),
);

/** The environment variable that holds the value of a header: `X-Api-Key` is read from `X_API_KEY`. */
export function variableFor(headerName: string): string {
  const name = headerName
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "_")
    .replace(/^(?=\d)/, "_");
  return takenVariables.has(name) ? `${name}_HEADER` : name;
}
