import { StringDecoder } from "node:string_decoder";
import { cutTo } from "../../cut.js";
import { showControlCharacters } from "../../report/control-character.js";

const mostLines = 10;
const longestLine = 500;

/** As runtimes report what nobody caught: `TypeError: …`, `panic: …`, `java.lang.IllegalStateException: …`. */
const namesError = /^\S*(error|exception|panic|fatal)\b.*:/i;

/** Lines of a stack, and what stands after it: Node ends with the fields of the error and its own version. */
const longestTrace = 30;

/** The last lines of what a process writes, stdout and stderr as they come; more than that is never kept. */
export class LastOutput {
  readonly #printed: (line: string) => void;
  readonly #lines: string[] = [];
  #lastError: string | undefined;
  #sinceError = 0;
  readonly #ends: (() => void)[] = [];

  constructor(printed: (line: string) => void = () => {}) {
    this.#printed = printed;
  }

  read(stream: NodeJS.ReadableStream): void {
    const decoder = new StringDecoder();
    let begun = "";
    const take = (text: string): void => {
      const lines = `${begun}${text}`.split("\n");
      begun = (lines.pop() ?? "").slice(0, longestLine + 1);
      for (const line of lines) this.#add(line);
    };
    stream.on("data", (chunk: Buffer) => take(decoder.write(chunk)));
    const end = (): void => {
      take(decoder.end());
      if (begun !== "") take("\n");
    };
    this.#ends.push(end);
    stream.once("end", end);
  }

  /** Nothing more will be read: a line that was begun is a line. */
  flush(): void {
    for (const end of this.#ends) end();
  }

  /** The last ten lines that are not blank, and before them the one that names an error, fit to be printed. */
  lines(): readonly string[] {
    const error = this.#error();
    return error === undefined || this.#lines.includes(error) ? this.#lines : [error, ...this.#lines];
  }

  /** The one that says most: the last that names an error, or else the last. */
  telling(): string | undefined {
    return this.#error() ?? this.#lines.at(-1);
  }

  /** Unless so much was printed since that it is history. */
  #error(): string | undefined {
    return this.#sinceError > longestTrace ? undefined : this.#lastError;
  }

  #add(raw: string): void {
    const line = cutTo(longestLine, showControlCharacters(raw.replace(/\r$/, "")));
    if (line.trim() === "") return;
    this.#sinceError += 1;
    if (namesError.test(line)) {
      this.#lastError = line;
      this.#sinceError = 0;
    }
    this.#lines.push(line);
    if (this.#lines.length > mostLines) this.#lines.shift();
    this.#printed(line);
  }
}
