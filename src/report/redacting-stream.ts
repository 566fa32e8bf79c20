import type { Range } from "./decoded-view.js";
import { mergeRanges } from "./secret-search.js";

/** Redacts text that arrives in pieces of any size; together its answers are what redacting the whole would give. */
export interface RedactingStream {
  /** Takes the next piece, bytes as UTF-8, and returns what can be shown by now; often nothing. */
  write(chunk: string | Uint8Array): string;
  /** Returns the rest. `cut`: the text ended early, so it may end inside a secret. */
  end(options?: { readonly cut?: boolean }): string;
}

interface StreamSettings {
  readonly find: (byteString: string, cut: boolean) => Range[];
  /** As byte strings. */
  readonly spellings: readonly string[];
  readonly replacement: string;
}

/**
 * Two layers of escapes write a character as 36 at most where they are written as escaping functions write them
 * (`\u0061`, each character of it escaped again).
 */
const longestEscape = 36;

/** More than a name, a separator and a short value take, and than base64 shares with its neighbours. */
const slack = 256;

export function createRedactingStream({ find, spellings, replacement }: StreamSettings): RedactingStream {
  const window = Math.max(0, ...spellings.map(({ length }) => length)) * longestEscape + slack;
  // A header value cannot hold a line break, so a finished line can be shown at once.
  const linesStandAlone = spellings.every((spelling) => !spelling.includes("\n"));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let held = "";
  /** So many characters at the start of `held` belong to a secret whose replacement has been given out. */
  let covered = 0;
  let highSurrogate = "";

  /** Gives out what comes before `boundary`; a secret that starts there is complete, since a whole window follows. */
  const release = (boundary: number, cut: boolean): string => {
    let result = "";
    let position = covered;
    const known: Range[] = covered > 0 ? [[0, covered]] : [];
    for (const [start, end] of mergeRanges([...known, ...find(held, cut)])) {
      if (start >= boundary) break;
      if (start >= covered) result += held.slice(position, start) + replacement;
      position = Math.max(position, end);
    }
    result += held.slice(position, boundary);
    held = held.slice(boundary);
    covered = Math.max(0, position - boundary);
    return decoder.decode(Buffer.from(result, "latin1"), { stream: true });
  };

  /** How much of `held` can be given out. */
  const safeLength = (): number => {
    const finishedLines = linesStandAlone ? held.lastIndexOf("\n") + 1 : 0;
    // Searching only when another window has come keeps the whole linear.
    const beforeWindow = held.length < 2 * window ? 0 : betweenEscapes(held, held.length - window);
    return Math.max(finishedLines, beforeWindow);
  };

  return {
    write(chunk) {
      if (typeof chunk === "string") {
        const text = highSurrogate + chunk;
        highSurrogate = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
        held += Buffer.from(text.slice(0, text.length - highSurrogate.length), "utf8").toString("latin1");
      } else {
        held += Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
      }
      const length = safeLength();
      return length === 0 ? "" : release(length, false);
    },
    end({ cut = false } = {}) {
      held += Buffer.from(highSurrogate, "utf8").toString("latin1");
      return release(held.length, cut) + decoder.decode();
    },
  };
}

/** The last place at or before `boundary` that leaves pairs of backslashes, and pairs of those, whole. */
function betweenEscapes(text: string, boundary: number): number {
  let run = 0;
  while (run < boundary && text[boundary - 1 - run] === "\\") run++;
  return boundary - (run % 4);
}
