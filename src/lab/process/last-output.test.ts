import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { LastOutput } from "./last-output.js";

function after(...chunks: (string | Buffer)[]): LastOutput {
  const output = new LastOutput();
  const stream = new PassThrough();
  output.read(stream);
  for (const chunk of chunks) stream.emit("data", Buffer.from(chunk));
  output.flush();
  return output;
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `line ${i + 1}`);

test("keeps the last ten lines, without blank ones", () => {
  expect(after(`${numbered(30).join("\n\n")}\n`).lines()).toEqual(numbered(30).slice(-10));
});

test("puts lines together that come in pieces, also in the middle of a character", () => {
  const euro = Buffer.from("€");
  expect(after("one", " line\r\nand ", euro.subarray(0, 1), euro.subarray(1)).lines()).toEqual(["one line", "and €"]);
});

test("shows control characters", () => {
  expect(after("\x1b[31mred\x07\n").lines()).toEqual(["\\x1b[31mred\\x07"]);
});

test("keeps no more of an endless line than of any other", () => {
  expect(after(..."x".repeat(5000).match(/.{1000}/g)!, "\nend").lines()).toEqual([`${"x".repeat(500)}…`, "end"]);
});

test("an error is shown though its stack is long, and tells most", () => {
  const output = after(`server.js:3\nTypeError: no such session\n${numbered(12).join("\n")}\nNode.js v20.20.2\n`);
  expect(output.lines()[0]).toBe("TypeError: no such session");
  expect(output.telling()).toBe("TypeError: no such session");
});

test("an error of long ago tells nothing", () => {
  expect(after(`Error: retrying\n${numbered(40).join("\n")}\nbye\n`).telling()).toBe("bye");
});
