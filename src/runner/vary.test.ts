import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { batch } from "../contract/batch.js";
import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { CallbackRequest } from "../sender/attempt.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import type { OnTheWay } from "../sender/on-the-way.js";
import type { Framing, Variation } from "./check-context.js";
import { closeAfterTest, timeOf, targetOf } from "./run.test.kit.js";
import { faultFor, vary } from "./vary.js";

const documented: CallbackRequest = {
  sessionId: "id-1",
  method: "POST",
  path: "/hook?a=1",
  headers: [
    ["Content-Type", "application/json"],
    ["X-Scriptix-Session", "id-1"],
    ["X-Zoom-Session", "id-1"],
    ["User-Agent", "agent"],
  ],
  body: Buffer.from('{"sessionId":"id-1","zoom_id":"id-1"}'),
};

const varied = (variation: Omit<Variation, "label">): CallbackRequest =>
  vary(documented, { label: "odd", ...variation }, batch.request);

/** No wait on behalf of the peer is ever over, unless it is cut short. */
const waitingForEver: Clock = Object.assign(Object.create(systemClock) as Clock, {
  stall: (_port: number, _ms: number, signal: AbortSignal) =>
    new Promise<void>((_over, cutShort) => signal.addEventListener("abort", () => cutShort(signal.reason as Error))),
});

describe("a variation", () => {
  it("that says nothing leaves the documented callback", () => {
    expect(varied({})).toEqual(documented);
  });

  it("changes the JSON value of the body", () => {
    const { body } = varied({ body: ({ sessionId }) => ({ sessionId, extra: [1] }) });
    expect(body.toString()).toBe('{"sessionId":"id-1","extra":[1]}');
  });

  it("changes the bytes of the body, after its value", () => {
    expect(varied({ body: () => [], bytes: (json) => `${json} ` }).body.toString()).toBe("[] ");
    expect(varied({ bytes: () => Buffer.from([0xff, 0]) }).body).toEqual(Buffer.from([0xff, 0]));
  });

  it("sets headers in place of those of the same name, whatever its letter case", () => {
    expect(varied({ set: { "content-type": "text/plain", "X-New": "1" } }).headers).toEqual([
      ["X-Scriptix-Session", "id-1"],
      ["X-Zoom-Session", "id-1"],
      ["User-Agent", "agent"],
      ["content-type", "text/plain"],
      ["X-New", "1"],
    ]);
  });

  it("leaves headers out, whatever their letter case", () => {
    expect(varied({ drop: ["USER-AGENT", "x-zoom-session"] }).headers.map(([name]) => name)).toEqual([
      "Content-Type",
      "X-Scriptix-Session",
    ]);
  });

  it("leaves out what goes by a name of the contract's", () => {
    const { headers } = varied({ drop: ({ deprecated }) => [deprecated?.header ?? ""] });
    expect(headers).toEqual(documented.headers.filter(([name]) => name !== "X-Zoom-Session"));
  });

  it("rewrites the whole list of headers last", () => {
    const headers = varied({
      drop: ["User-Agent"],
      headers: (list) => list.map(([name, value]) => [name.toUpperCase(), value]),
    }).headers;
    expect(headers.map(([name]) => name)).toEqual(["CONTENT-TYPE", "X-SCRIPTIX-SESSION", "X-ZOOM-SESSION"]);
  });

  it("changes method and path", () => {
    const { method, path } = varied({ method: "DELETE", path: (configured) => `${configured}&b=2` });
    expect([method, path]).toEqual(["DELETE", "/hook?a=1&b=2"]);
  });

  it("does not touch the session that the attempt is about", () => {
    expect(varied({ body: () => ({}) }).sessionId).toBe("id-1");
  });
});

describe("on the wire", () => {
  /** Sends one varied callback to a server that records bytes, and answers once `until` is in them. */
  async function sent(how: { framing?: Framing; onTheWay?: OnTheWay; clock?: Clock }, until = "zoom_id") {
    const { clock = timeOf() } = how;
    let bytes = "";
    let closed = (): void => {};
    const ended = new Promise<void>((resolve) => (closed = resolve));
    const server = createServer((socket) => {
      socket.setEncoding("latin1").on("data", (chunk: string) => {
        bytes += chunk;
        if (bytes.includes(until)) socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        else if (bytes.includes("100-continue")) socket.write("HTTP/1.1 100 Continue\r\n\r\n");
      });
      socket.on("error", () => {}).on("close", closed);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closeAfterTest(() => server.close());
    const { port } = server.address() as { port: number };
    const target = targetOf(`http://127.0.0.1:${port}/hook`, { clock, deadlineClock: clock });
    const fault = faultFor(documented, target.url, how.onTheWay ?? "pass", how.framing ?? "content-length");
    const attempt = await target.sender.attempt(documented, fault === undefined ? {} : { fault });
    await ended;
    const [head = "", body = ""] = bytes.split(/\r\n\r\n(.*)/s);
    return { attempt, lines: head.split("\r\n"), body, port };
  }

  it("an ordinary callback has one Content-Length", async () => {
    const { attempt, lines, body } = await sent({});
    expect(attempt.outcome.kind).toBe("acknowledged");
    expect(lines.filter((line) => /^content-length/i.test(line))).toEqual([expect.stringMatching(/: 37$/)]);
    expect(body).toBe(documented.body.toString());
  });

  it("a chunked body comes in two chunks, without a length", async () => {
    const { attempt, lines, body, port } = await sent({ framing: "chunked" }, "0\r\n\r\n");
    expect(attempt.outcome.kind).toBe("acknowledged");
    expect(lines.slice(0, 3)).toEqual([
      "POST /hook?a=1 HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Transfer-Encoding: chunked",
    ]);
    expect(lines.some((line) => /^content-length/i.test(line))).toBe(false);
    expect(body).toBe('13\r\n{"sessionId":"id-1"\r\n12\r\n,"zoom_id":"id-1"}\r\n0\r\n\r\n');
  });

  it("a body that is expected comes after 100 (Continue), and before the wait for it is over", async () => {
    const { attempt, lines, body } = await sent({ framing: "expect-continue", clock: waitingForEver });
    expect(attempt.outcome.kind).toBe("acknowledged");
    expect(lines).toContain("Expect: 100-continue");
    expect(body).toBe(documented.body.toString());
  });

  it("a body that is expected is not sent before that", () => {
    const { url } = targetOf("http://127.0.0.1:1/hook");
    const steps = faultFor(documented, url, "pass", "expect-continue")?.script?.map((step) => step.do);
    expect(steps).toEqual(["send", "await-answer", "send"]);
  });

  it("two lengths differ", async () => {
    const { lines } = await sent({ framing: "two-lengths" });
    expect(lines.filter((line) => line.startsWith("Content-Length"))).toEqual([
      "Content-Length: 37",
      "Content-Length: 44",
    ]);
  });

  it("a length and chunks come together", async () => {
    const { lines, body } = await sent({ framing: "length-and-chunks" }, "0\r\n\r\n");
    expect(lines).toEqual(expect.arrayContaining(["Content-Length: 37", "Transfer-Encoding: chunked"]));
    expect(body).toMatch(/^13\r\n/);
  });

  it("a stalled body stops in the middle, and the connection is closed after that time", async () => {
    const { attempt, lines, body } = await sent({ framing: { stallMs: 3000 } }, "never");
    expect(attempt.outcome).toMatchObject({ kind: "failed", reason: "reset" });
    expect(lines).toContain("Content-Length: 37");
    expect(body).toBe(documented.body.toString().slice(0, 18));
    expect(attempt.timings.endMs).toBe(3000);
  });

  it("a request that is cut stops in the middle of its body", async () => {
    const { attempt, body } = await sent({ onTheWay: "cut" }, "never");
    expect(attempt.outcome).toMatchObject({ kind: "failed", reason: "reset" });
    expect(body).toBe(documented.body.toString().slice(0, 18));
  });

  it("an acknowledgement that is lost was sent, and did not arrive", async () => {
    const { attempt, body } = await sent({ onTheWay: "lost-ack" });
    expect(body).toBe(documented.body.toString());
    expect(attempt).toMatchObject({ response: null, outcome: { kind: "failed", reason: "reset" } });
  });
});

describe("the Host header of what goes over a raw socket", () => {
  const hostOf = (url: string): string => {
    const fault = faultFor(documented, parseCallbackUrl(url), "pass", "chunked");
    const [head] = fault?.script ?? [];
    const text = head?.do === "send" ? head.bytes.toString("latin1") : "";
    return /^Host: (.*)\r$/m.exec(text)?.[1] ?? "";
  };

  it.each([
    ["https://hooks.example.com/", "hooks.example.com"],
    ["https://hooks.example.com:443/", "hooks.example.com"],
    ["http://hooks.example.com/", "hooks.example.com"],
    ["https://hooks.example.com:80/", "hooks.example.com:80"],
    ["http://127.0.0.1:8080/", "127.0.0.1:8080"],
    ["http://[::1]:8080/", "[::1]:8080"],
    ["https://[::1]/", "[::1]"],
  ])("of %s is %s", (url, host) => {
    expect(hostOf(url)).toBe(host);
  });
});
