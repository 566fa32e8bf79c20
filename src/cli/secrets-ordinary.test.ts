import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "./cli.test.kit.js";

/** Answers in ordinary words. */
let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.once("end", () =>
      response
        .writeHead(200, { "X-State": "a status that is true" })
        .end('{"status": 200, "ok": true, "says": "a status of 200 is true"}'),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const commands: readonly (readonly [name: string, args: (url: string) => readonly string[]])[] = [
  ["run", (url) => ["run", url, "--local", "--json", "--check", "acknowledgement/*", "--seed", "1"]],
  ["doctor", (url) => ["doctor", url, "--local", "--json"]],
  ["send", (url) => ["send", url, "--json", "--session-id", "1b8a70f1000001000002d1a37b"]],
  ["repro", (url) => ["repro", "pass,503", "--url", url, "--json", "--session-id", "1b8a70f1000001000002d1a37b"]],
];

/** A secret in every place, which is the same word. */
const inEveryPlace = (word: string): { url: string; options: readonly string[] } => ({
  url: `http://${word}:${word}@${base}/${word}/hook?token=${word}&${word}=1`.replaceAll(word, encodeURIComponent),
  options: ["-H", `X-Api-Key: ${word}`, "-H", `X-Bearer: Bearer ${word}`, "--credential-path", word],
});

type Leaf = readonly [path: string, value: unknown];

/** Every value of a document, by the keys that lead to it. */
function leavesOf(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, `${path}/${key}`));
}

const shape = (document: unknown): string[] => leavesOf(document).map(([path]) => path);

/** Values that are ours, and those that are no text, by their paths; what time and chance have made is left out. */
const ours = (document: unknown): Leaf[] =>
  leavesOf(document)
    .filter(([path]) => !/(ms|at|latencies\/\w+|nonce|offset\w*|^\/checks.*\/sessionId)$/i.test(path))
    .filter(([path, value]) => typeof value !== "string" || ownNames.test(path));

const ownNames = /\/(id|suite|level|clause|outcome|verdict|state|kind|status|sessionId|bodyEnd|reasonCode)$/;

async function told(
  args: (url: string) => readonly string[],
  word: string,
): Promise<{ document: unknown; text: string; cwd: string }> {
  const { url, options } = inEveryPlace(word);
  const { stdout, stderr, code, cwd } = await runCli([...args(url), ...options]);
  expect([0, 1, 3], stderr).toContain(code);
  return { document: JSON.parse(stdout), text: stdout, cwd };
}

describe.each(commands)("a secret that is an ordinary word leaves %s as it is:", (name, args) => {
  let usual: ReturnType<typeof told>;
  beforeAll(async () => void (await (usual = told(args, "s0me-un1ikely-w0rd"))));

  it.each(["a", "200", "true", "status", "POST", "application/json"])("%s", async (word) => {
    const [plain, ordinary] = [await usual, await told(args, word)];
    expect(shape(ordinary.document)).toEqual(shape(plain.document));
    expect(ours(ordinary.document)).toEqual(ours(plain.document));
    // Longer words are looked for in sentences, too.
    const words = word === "status" ? "a [redacted] of 200 is true" : "a status of 200 is true";
    expect(ordinary.text.includes(words)).toBe(plain.text.includes("a status of 200 is true"));
    if (name !== "run") return;
    const [junit, markdown] = ["junit.xml", "report.md"].map((file) =>
      readFileSync(join(ordinary.cwd, "reports", file), "utf8"),
    );
    expect(junit).toContain('<testcase name="acknowledgement/acknowledges-with-2xx"');
    const elsewhere = markdown?.split("\n").filter((line) => /\[redacted/.test(line) && !/https?:/.test(line));
    expect(word.length >= 6 ? [] : elsewhere).toEqual([]);
  });
});
