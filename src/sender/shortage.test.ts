import { expect, it } from "vitest";
import { OpenError } from "./failure.js";
import { shortageIn } from "./shortage.js";

it.each([
  ["EMFILE", "this process may have no more files and connections open: raise `ulimit -n`"],
  ["ENFILE", "this machine can have no more files and connections open: lower --concurrency"],
  ["ENOBUFS", "this machine has no buffers left for another connection: lower --concurrency"],
  ["ENOMEM", "this machine has no memory left for another connection: lower --concurrency"],
])("%s is a want of this side, however deep it lies", (code, says) => {
  const cause = Object.assign(new Error("no"), { code, errno: -1 });
  const shortage = shortageIn(new OpenError("connect", new AggregateError([cause])));
  expect(shortage).toMatchObject({ name: "ShortageError", cause });
  expect(shortage?.message.startsWith(says)).toBe(true);
  expect(shortage?.message.endsWith(` (${code})`)).toBe(true);
});

it.each([[Object.assign(new Error("no"), { code: "ECONNREFUSED", errno: -1 })], [new Error("no")], ["EMFILE"], [null]])(
  "%s is none",
  (error) => {
    expect(shortageIn(error)).toBeNull();
  },
);
