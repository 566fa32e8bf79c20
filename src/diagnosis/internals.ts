import { cutTo } from "../cut.js";
/** What a stack trace or a local path looks like, by where it comes from. */
const traces: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a JavaScript stack trace", /\bat (?:async )?[\w.<>$[\] ]*\(?(?:file:\/\/|node:|\/|[A-Za-z]:\\)[^\s)]+:\d+:\d+/],
  ["a Python traceback", /Traceback \(most recent call last\)|\bFile "[^"]+\.py", line \d+/],
  ["a PHP error with its file", /\.php(?: on line |:|\()\d+/],
  ["a Java stack trace", /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)|\bjava\.lang\.\w+(?:Exception|Error)/],
  ["a Go stack trace", /\bgoroutine \d+ \[|\.go:\d+ \+0x/],
  ["a .NET stack trace", /\bat [\w.`]+\([^)]*\) in [^\n]+:line \d+/],
  ["a Ruby backtrace", /\.rb:\d+:in [`']/],
  [
    "a local file path",
    /(?:^|[\s"'(=])(?:\/(?:home|usr|var\/(?:www|task|lib)|app|srv|opt|root)\/[\w./-]+\.\w{1,5}|[A-Za-z]:\\[\w .\\-]+\.\w{1,5})\b/,
  ],
  ["a path into node_modules", /\bnode_modules[/\\]/],
];

/** Names what an answer gives away of the receiver's inside (CWE-209); null where it gives away nothing. */
export function internalsIn(body: string): string | null {
  for (const [what, pattern] of traces) {
    const found = pattern.exec(body);
    if (found !== null) return `${what}: ${cutTo(120, found[0].trim())}`;
  }
  return null;
}
