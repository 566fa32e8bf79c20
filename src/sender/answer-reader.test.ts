import { describe, expect, it, test } from "vitest";
import { AnswerReader } from "./answer-reader.js";

const ok = "HTTP/1.1 200 OK\r\n";
const overflow = "HEADERS_OVERFLOW: it has no end";

interface Read {
  /** `status`, `200 OK`, each header, what came of the body, `complete`. */
  readonly told: readonly string[];
  readonly oddities: readonly string[];
  readonly reusable: boolean;
  readonly error: string | null;
}

/** What is told of an answer that comes in these pieces, and then ends where it is to. */
function read(pieces: readonly string[], { method = "POST", ends = false } = {}): Read {
  const told: string[] = [];
  let body = "";
  const reader = new AnswerReader(
    {
      onStatus: () => told.push("status"),
      onHeaders: ({ status, statusText, headers }) =>
        told.push(`${status} ${statusText}`, ...headers.map((header) => header.join(": "))),
      onData: (bytes) => (body += bytes.toString("latin1")),
      onComplete: () => told.push(`body ${body}`, "complete"),
    },
    method,
  );
  let error: string | null = null;
  try {
    for (const piece of pieces) reader.read(Buffer.from(piece, "latin1"));
    if (ends) reader.end();
  } catch (thrown) {
    const { code, message } = thrown as Error & { code: string };
    error = `${code}: ${message}`;
  }
  return { told, oddities: [...reader.oddities], reusable: reader.reusable, error };
}

const byByte = (text: string): readonly string[] => [...text];

interface Row {
  readonly told: readonly string[];
  readonly oddities?: readonly string[];
  readonly reusable?: boolean;
  readonly method?: string;
  readonly ends?: boolean;
}

describe("an answer is read the same in one piece and byte by byte", () => {
  it.each<[string, string, Row]>([
    [
      "of a length",
      `${ok}Content-Length: 3\r\n\r\nabc`,
      { told: ["status", "200 OK", "Content-Length: 3", "body abc", "complete"], reusable: true },
    ],
    [
      "of a length of nothing",
      `${ok}content-length: 0\r\n\r\n`,
      { told: ["status", "200 OK", "content-length: 0", "body ", "complete"], reusable: true },
    ],
    [
      "in chunks, with extensions and trailers",
      `${ok}Transfer-Encoding: chunked\r\n\r\n00a;x="y"\r\n0123456789\r\nB\r\nabcdefghijk\r\n0\r\nX: 1\r\n\r\n`,
      {
        told: ["status", "200 OK", "Transfer-Encoding: chunked", "body 0123456789abcdefghijk", "complete"],
        reusable: true,
      },
    ],
    [
      "until the connection ends",
      `${ok}X: 1\r\n\r\nabc`,
      { told: ["status", "200 OK", "X: 1", "body abc", "complete"], reusable: false, ends: true },
    ],
    [
      "that has no body: 204",
      "HTTP/1.1 204 No\r\n\r\n",
      { told: ["status", "204 No", "body ", "complete"], reusable: true },
    ],
    [
      "that has no body: 304, whatever its length",
      "HTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\n",
      { told: ["status", "304 Same", "Content-Length: 7", "body ", "complete"], reusable: true },
    ],
    [
      "to HEAD, whatever its length",
      `${ok}Content-Length: 7\r\n\r\n`,
      { told: ["status", "200 OK", "Content-Length: 7", "body ", "complete"], reusable: true, method: "HEAD" },
    ],
    [
      "that announces the end of the connection",
      `${ok}Connection: x, Close\r\nContent-Length: 0\r\n\r\n`,
      { told: ["status", "200 OK", "Connection: x, Close", "Content-Length: 0", "body ", "complete"], reusable: false },
    ],
    [
      "of HTTP/1.0",
      "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
      { told: ["status", "200 OK", "Content-Length: 0", "body ", "complete"], reusable: false },
    ],
    [
      "of HTTP/1.0 that keeps the connection",
      "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n",
      {
        told: ["status", "200 OK", "Connection: Keep-Alive", "Content-Length: 0", "body ", "complete"],
        reusable: true,
      },
    ],
    [
      "after interim ones, of whose headers none counts",
      `HTTP/1.1 100 Go\r\nContent-Length: 9\r\nConnection: close\r\n\r\nHTTP/1.1 199 On\r\n\r\n${ok}Content-Length: 1\r\n\r\na`,
      { told: ["status", "200 OK", "Content-Length: 1", "body a", "complete"], reusable: true },
    ],
    [
      "that switches, and of what comes after it nothing",
      `HTTP/1.1 101 Switching\r\nContent-Length: 3\r\n\r\n${"x".repeat(20_000)}`,
      { told: ["status", "101 Switching", "Content-Length: 3", "body ", "complete"], reusable: false },
    ],
    [
      "with a folded header",
      `${ok}X: a\r\n\tb \r\n  c\r\nContent-Length: 0\r\n\r\n`,
      {
        told: ["status", "200 OK", "X: a b c", "Content-Length: 0", "body ", "complete"],
        oddities: ["folded-header"],
        reusable: true,
      },
    ],
    [
      "with white space before its first header",
      `${ok} Y: 1\r\nContent-Length: 0\r\n\r\n`,
      {
        told: ["status", "200 OK", "Content-Length: 0", "body ", "complete"],
        oddities: ["stray-white-space"],
        reusable: true,
      },
    ],
    [
      "with bare line feeds and carriage returns",
      `${ok}X: a\rb\nContent-Length: 0\r\n\r\n`,
      {
        told: ["status", "200 OK", "X: a b", "Content-Length: 0", "body ", "complete"],
        oddities: ["bare-line-feed", "bare-carriage-return"],
        reusable: true,
      },
    ],
    [
      "after as many empty lines as are borne",
      `${"\r\n".repeat(16)}${ok}Content-Length: 0\r\n\r\n`,
      {
        told: ["status", "200 OK", "Content-Length: 0", "body ", "complete"],
        oddities: ["empty-line-before"],
        reusable: true,
      },
    ],
    [
      "with white space behind a chunk's size",
      `${ok}Transfer-Encoding: chunked\r\n\r\n1 \t\r\na\r\n0\r\n\r\n`,
      {
        told: ["status", "200 OK", "Transfer-Encoding: chunked", "body a", "complete"],
        oddities: ["stray-white-space"],
        reusable: true,
      },
    ],
  ])("%s", (_what, text, { told, oddities = [], reusable = false, method = "POST", ends = false }) => {
    const expected = { told, oddities, reusable, error: null };
    expect(read([text], { method, ends })).toEqual(expected);
    expect(read(byByte(text), { method, ends })).toEqual(expected);
  });
});

describe("what goes with the chunks of an answer is told of where it is malformed, and changes nothing else", () => {
  const oddity = (extension: string, trailer: string): readonly string[] => {
    const { oddities, told, error } = read([
      `${ok}Transfer-Encoding: chunked\r\n\r\n1${extension}\r\na\r\n0\r\n${trailer}\r\n`,
    ]);
    expect([told.slice(-2), error]).toEqual([["body a", "complete"], null]);
    return oddities;
  };

  it.each([";a", ";name=value;b", "; \ta \t= \tb \t; \tc", ';a=""', ';a="b; \\"c\\\\";d=e', ";!#$%&'*+.^_`|~-=0"])(
    "an extension that is whole: %j",
    (extension) => expect(oddity(extension, "")).toEqual([]),
  );
  it.each([
    ";",
    ";;a",
    ";=b",
    ";a=",
    ";a b",
    ";a=b c",
    ';a="b',
    ';a="b"c',
    ';a="\\"',
    ';"a"=b',
    ";a=/",
    ";/=b",
    ";a x;b",
  ])("an extension that is none: %j", (extension) =>
    expect(oddity(extension, "")).toEqual(["malformed-chunk-extension"]),
  );
  it.each(["X: 1", "X-Name:", " more", "\tmore"])("a trailer: %j", (line) =>
    expect(oddity("", `${line}\r\n`)).toEqual([]),
  );
  it.each(["x", ": 1", "X Y: 1", "/: 1"])("no trailer: %j", (line) =>
    expect(oddity("", `${line}\r\n`)).toEqual(["malformed-trailer"]),
  );
});

test("a connection whose answer has not begun is not used again", () => {
  expect(read([]).reusable).toBe(false);
  expect(read(["HTTP/1.1 200 OK\r\nX: 1\r\n"]).reusable).toBe(false);
});

test("bytes behind the end are told of, before the end is, and the connection is not used again", () => {
  expect(read([`${ok}Content-Length: 1\r\n\r\nabc`])).toEqual({
    told: ["status", "200 OK", "Content-Length: 1", "body a", "complete"],
    oddities: ["bytes-after-end"],
    reusable: false,
    error: null,
  });
});

test("the end of the connection after a whole answer changes nothing but that it cannot be used again", () => {
  const whole = read([`${ok}Content-Length: 1\r\n\r\na`], { ends: true });
  expect(whole).toMatchObject({ reusable: false, error: null, oddities: [] });
  expect(whole.told.filter((each) => each === "complete")).toHaveLength(1);
});

describe("an answer that ends too early", () => {
  it.each([
    ["before it began", ""],
    ["in its status line", "HTTP/1.1 200"],
    ["in its headers", `${ok}X: 1\r\n`],
    ["before its length is there", `${ok}Content-Length: 3\r\n\r\nab`],
    ["in a chunk", `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nab`],
    ["before its last chunk", `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n`],
    ["in its trailers", `${ok}Transfer-Encoding: chunked\r\n\r\n0\r\nX: 1\r\n`],
    ["after an interim one", "HTTP/1.1 100 Go\r\n\r\n"],
  ])("%s", (_where, text) => {
    const { error, told } = read([text], { ends: true });
    expect(error).toBe("CLOSED: closed early");
    expect(told).not.toContain("complete");
  });
});

describe("what cannot become an answer is refused as soon as that shows", () => {
  const noHttp = "INVALID_HTTP: it does not begin with HTTP/";
  const malformed = "INVALID_HTTP: its chunks are malformed";
  const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
  it.each<[string, readonly string[], string]>([
    ["other words", ["SSH-2.0"], noHttp],
    ["lower case", ["h"], noHttp],
    ["another letter, late", ["HTTP", "X"], noHttp],
    ["another letter first", ["xH"], noHttp],
    ["a size with something before it", [chunked, "x3"], malformed],
    ["a size with something behind it, as a whole line", [`${chunked}3 x\r\n`], malformed],
    ["more than a chunk's size, and the first half of its end", [`${chunked}1\r\na`, "b\r"], malformed],
    ["the first half of a chunk's end, and more", [`${chunked}1\r\na`, "\rb"], malformed],
    ["other words in a long line", ["x".repeat(100)], noHttp],
    ["a size that is none", [chunked, "xyz"], malformed],
    ["a size with something behind it", [chunked, "3 x"], malformed],
    ["a size that is none, as a whole line", [`${chunked}x\r\n`], malformed],
    ["a size with something before it, as a whole line", [`${chunked}x3\r\n`], malformed],
    ["no size before an extension", [chunked, ";"], malformed],
    ["more than a chunk's size", [`${chunked}1\r\n`, "ab"], malformed],
    [
      "more than a chunk's size, as a whole line",
      [`${chunked}1\r\nabc\r\n`],
      "INVALID_HTTP: a chunk is longer than its size",
    ],
    ["nothing but empty lines", ["\r\n".repeat(17)], "INVALID_HTTP: it is nothing but empty lines"],
  ])("%s", (_what, pieces, error) => {
    expect(read(pieces).error).toBe(error);
  });

  it.each<[string, readonly string[]]>([
    ["the first letters", ["H"]],
    ["an empty line that is not at its end", ["\r"]],
    ["a status line that is long", [`HTTP/1.1 200 ${"x".repeat(100)}`]],
    ["a status line in pieces", ["HTTP/1.1 200 ", ..."x".repeat(100)]],
    ["a header", [ok, "x"]],
    ["a size", [chunked, "a"]],
    ["a size and white space", [chunked, "a \t"]],
    ["a size and an extension", [chunked, "a;b=\r"]],
    ["a size and the first half of its end", [chunked, "a\r"]],
    ["the first half of a chunk's end", [`${chunked}1\r\na`, "\r"]],
    ["trailers", [`${chunked}0\r\n`, "x"]],
  ])("but not %s", (_what, pieces) => {
    expect(read(pieces).error).toBeNull();
  });
});

describe("what has no end is given up", () => {
  const head = 64 * 1024;
  const line = 16 * 1024;
  const whole = 1024 * 1024;
  const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
  it.each<[string, (bytes: number) => readonly string[], number]>([
    ["a head", (bytes) => [`${ok}X:`, "x".repeat(bytes - ok.length - 2)], head + 2],
    ["a status line", (bytes) => ["HTTP/1.1 200 ".padEnd(bytes, "x")], head],
    ["a chunk's size", (bytes) => [chunked, "0".repeat(bytes)], line],
    ["a chunk's extension", (bytes) => [chunked, "1;".padEnd(bytes, "x")], line],
    ["a trailer", (bytes) => [`${chunked}0\r\n`, "x".repeat(bytes)], line],
    ["a trailer in pieces", (bytes) => [`${chunked}0\r\n`, "x".repeat(line), "x".repeat(bytes - line)], line],
    ["a body", (bytes) => [`${ok}\r\n`, "x".repeat(bytes - ok.length - 2)], whole],
  ])("%s", (_what, pieces, most) => {
    expect(read(pieces(most)).error).toBeNull();
    expect(read(pieces(most + 1)).error).toBe(overflow);
  });

  it("interim answers too, each of which is small", () => {
    const interim = `HTTP/1.1 102 On\r\nX: ${"x".repeat(1000)}\r\n\r\n`;
    const many = Math.ceil(whole / interim.length);
    expect(read(Array.from({ length: many - 1 }, () => interim)).error).toBeNull();
    expect(read(Array.from({ length: many + 1 }, () => interim)).error).toBe(overflow);
  });

  it("in one piece, too", () => {
    expect(read([`${chunked}0\r\n${"X: 1\r\n".repeat(whole / 6)}`]).error).toBe(overflow);
  });

  it("but not what is whole, whatever came with it", () => {
    const { error, told } = read([`${ok}Content-Length: 1\r\n\r\na${"x".repeat(whole)}`]);
    expect(error).toBeNull();
    expect(told).toContain("complete");
  });
});
