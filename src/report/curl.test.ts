import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { needsProgram, skipReason } from "../../fixtures/stacks/requirements.test.kit.js";
import { curlLine, type CurlRequest } from "./curl.js";

const charactersOf = (list: string) => fc.constantFrom(...Array.from(list));

const sessionId = "1b8a70f1000001000002d1a37b";

const documented: CurlRequest = {
  method: "POST",
  url: "https://hooks.example/callback?a=1&b=2",
  headers: [
    { name: "Content-Type", value: "application/json" },
    { name: "X-Scriptix-Session", value: sessionId },
    { name: "X-Api-Key", value: "s3cret", secret: true },
    { name: "User-Agent", value: "webhook-conformance/0.1.0" },
    { name: "Accept", value: "*/*" },
  ],
  body: `{"sessionId":"${sessionId}"}`,
};

/** Runs the line in a shell whose `curl` prints its arguments, and what it is fed, each ended by NUL. */
function argumentsOf(line: string, env: Record<string, string> = {}): string[] {
  const fake = `curl() { printf '%s\\0' "$@"; for a in "$@"; do if [ "$a" = @- ]; then cat; fi; done; }`;
  const output = execFileSync("sh", ["-c", `${fake}\n${line}`], { env: { PATH: "/usr/bin:/bin", ...env } });
  return output.toString("latin1").split("\0");
}

const latin1 = (text: string): string => Buffer.from(text).toString("latin1");
const plain: CurlRequest = { method: "POST", url: "https://hooks.example/", headers: [], body: null };
const withHeaders = { ...plain, headers: documented.headers.filter(({ name }) => /^(User|Accept|Content)/.test(name)) };

test("the documented callback is one line, with a fresh session id and the secret as a variable", () => {
  expect(curlLine({ ...documented, freshSessionId: sessionId })).toBe(
    "ID=$(openssl rand -hex 13); curl -i --http1.1 -X POST 'https://hooks.example/callback?a=1&b=2'" +
      ` -H 'Content-Type: application/json' -H "X-Scriptix-Session: $ID" -H "X-Api-Key: $X_API_KEY"` +
      ` -H 'User-Agent: webhook-conformance/0.1.0' -H 'Accept: */*' --data-raw '{"sessionId":"'"$ID"'"}'`,
  );
});

test("each run of the line uses a new session id, the same in header and body", () => {
  const line = curlLine({ ...documented, freshSessionId: sessionId });
  const ids = [1, 2].map(() => {
    const args = argumentsOf(line);
    const [, id] = /^X-Scriptix-Session: (.*)$/m.exec(args.join("\n")) ?? [];
    expect(id).toMatch(/^[\da-f]{26}$/);
    expect(args).toContain(`{"sessionId":"${id}"}`);
    return id;
  });
  expect(ids[0]).not.toBe(ids[1]);
});

test("the secret is read from the environment and stands nowhere in the line", () => {
  const line = curlLine(documented);
  expect(line).not.toContain("s3cret");
  expect(argumentsOf(line, { X_API_KEY: `a "b" $c 'd'` })).toContain(`X-Api-Key: a "b" $c 'd'`);
});

test("a header named like a variable of the shell gets a variable of its own", () => {
  const line = curlLine({ ...plain, headers: [{ name: "Path", value: "s3cret", secret: true }] });
  expect(line).toContain('-H "Path: $PATH_HEADER"');
});

test("whatever a request holds reaches curl as it is", () => {
  const anything = fc.string({ unit: charactersOf("a'\"$`\\!%#&|;<>(){}[]*?~ \n\t-=@é😀\u001b\u202e") });
  const headerValue = fc.string({ unit: charactersOf("a'\"$`\\!%#&|;<>(){}[]*?~ -=@"), minLength: 1 });
  fc.assert(
    fc.property(anything, headerValue, (body, value) => {
      const line = curlLine({
        ...plain,
        headers: [{ name: "X-Odd", value: `x${value}x` }],
        body: `${sessionId}${body}`,
        freshSessionId: sessionId,
      });
      expect(line).not.toContain("\n");
      const args = argumentsOf(line);
      expect(args).toContain(`X-Odd: x${value}x`);
      const sent = args.includes("--data-raw") ? args.at(-2) : args.at(-1);
      expect(sent?.slice(26)).toBe(latin1(body));
    }),
    { numRuns: 60 },
  );
});

test("a body that a word cannot hold is printed in octal and piped", () => {
  const body = Buffer.from([0x2d, 0x00, 0xff, 0x25, 0x27, 0x5c, 0x0a]);
  const line = curlLine({ ...withHeaders, body });
  expect(line).toMatch(/^printf '\\055\\000\\377%%\\047\\\\\\012' \| curl .* --data-binary @-$/);
  const output = execFileSync("sh", ["-c", line.replace(/\| curl.*$/, "")]);
  expect(output).toEqual(body);
});

test("padding is made where the line is run, and does not stand in it", () => {
  const padding = "x".repeat(8 * 1024 * 1024);
  const body = `{"id":"${sessionId}","padding":"${padding}","more":"${"[".repeat(5_000)}"}`;
  const line = curlLine({ ...withHeaders, body, freshSessionId: sessionId });
  expect(line).toContain(
    `{ printf '{"id":"%s","padding":"' "$ID"; head -c 8388608 /dev/zero | tr '\\000' '\\170'; printf '","more":"'; `,
  );
  expect(line.length).toBeLessThan(1_000);
  const printed = execFileSync("sh", ["-c", line.replace(/\| curl.*$/, "")], { maxBuffer: 2 * padding.length });
  expect(printed.toString().replace(/[\da-f]{26}/, sessionId)).toBe(body);
});

test("a piped body gets the fresh session id too", () => {
  const line = curlLine({ ...withHeaders, body: `{\n"id":"${sessionId}"}`, freshSessionId: sessionId });
  expect(line).toContain(`printf '{\\012"id":"%s"}' "$ID" | curl`);
});

test("a header value that is not ASCII is sent a byte a character", () => {
  const line = curlLine({ ...plain, headers: [{ name: "X-Odd", value: "sch\u00f6n" }] });
  expect(line).toContain(`-H "$(printf 'X-Odd: sch\\366n')"`);
  expect(argumentsOf(line)).toContain("X-Odd: sch\u00f6n");
});

test("headers that curl would add are held back, and an empty one is sent empty", () => {
  const line = curlLine({ ...plain, headers: [{ name: "Accept", value: "" }], body: "" });
  expect(line).toBe(
    "curl -i --http1.1 -X POST 'https://hooks.example/' -H 'Accept;' -H 'User-Agent:' -H 'Content-Type:' --data-raw ''",
  );
});

test.each([
  ["is not asked for before a body of 1 MiB", 1024 * 1024, false],
  ["is held back before a larger one, ahead of which curl would ask for it", 1024 * 1024 + 1, true],
])("leave to go on %s", (_what, bytes, isHeldBack) => {
  const line = curlLine({ ...withHeaders, body: "x".repeat(bytes) });
  expect(line.includes("-H 'Expect:'")).toBe(isHeldBack);
});

test("how to connect, whom to trust and how long to wait are options of curl", () => {
  const line = curlLine({
    ...withHeaders,
    method: "GET",
    url: "https://u:pw@hooks.example/a/../[b]",
    connectTo: "hooks.example:443:127.0.0.1:8443",
    caFile: "/tmp/it's.pem",
    insecure: true,
    deadlineMs: 20_000,
  });
  expect(line).toContain(
    "curl -i --http1.1 -X GET --path-as-is --globoff --max-time 20 --cacert '/tmp/it'\\''s.pem' --insecure" +
      ` --connect-to 'hooks.example:443:127.0.0.1:8443' "https://$USERINFO@hooks.example/a/../[b]"`,
  );
});

test.skipIf(skipReason("what curl sends", needsProgram("curl", "curl")) !== null)(
  "curl puts the request on the wire as it was",
  async () => {
    const server = createServer();
    const received: Buffer[] = [];
    server.on("connection", (socket) => {
      socket.on("data", (data) => {
        received.push(data);
        if (Buffer.concat(received).includes("END")) socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;

    const line = curlLine({
      method: "POST",
      url: `http://127.0.0.1:${port}/a/../b?x=[1]`,
      headers: [
        { name: "content-type", value: "application/json" },
        { name: "X-Empty", value: "" },
      ],
      body: Buffer.from('{"a":"\0"}END'),
    });
    const { stdout } = await promisify(execFile)("sh", ["-c", line], { env: { PATH: "/usr/bin:/bin" } });
    expect(stdout).toContain("204 No Content");
    expect(Buffer.concat(received).toString()).toBe(
      `POST /a/../b?x=[1] HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\nX-Empty:\r\n` +
        `Content-Length: 12\r\n\r\n{"a":"\0"}END`,
    );
  },
);
