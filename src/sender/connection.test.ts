import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { expect, it, test } from "vitest";
import { Connection, hostHeader } from "./connection.js";
import type { ExchangeOptions } from "./connection.js";
import { Opener, type Network } from "./open-connection.js";
import { gist, host, manualClock, ok, turn } from "./wire.test.kit.js";

const endpoint = { hostname: host, port: 80, secure: false };

/** Opens pipes, whose other end answers whatever comes; each only once `until` resolves. */
class PipeOpener extends Opener {
  readonly pipes: Duplex[] = [];
  readonly #until: Promise<void>;
  written = 0;

  constructor(until = Promise.resolve()) {
    super({} as Network, endpoint);
    this.#until = until;
  }

  override async open(): Promise<{ socket: Socket; tcp: Socket }> {
    await this.#until;
    const pipe = new Duplex({
      read() {},
      write: (_bytes, _encoding, done) => {
        this.written += 1;
        pipe.push(ok);
        done();
      },
    });
    this.pipes.push(pipe);
    const socket = Object.assign(pipe, { ref() {}, unref() {} }) as unknown as Socket;
    return { socket, tcp: socket };
  }
}

function connectionBy(opener: Opener) {
  const { clock } = manualClock();
  const connection = new Connection(opener, endpoint);
  const limits = { deadlineMs: 20_000, bodyCapBytes: 10, clock };
  const request = { sessionId: "", method: "POST", path: "/", headers: [], body: Buffer.alloc(0) };
  return { exchange: (options?: ExchangeOptions) => connection.exchange(request, limits, clock.hold(), options) };
}

it("sends nothing where something comes while the request is about to be sent, but opens another connection", async () => {
  const opener = new PipeOpener();
  const { exchange } = connectionBy(opener);
  await exchange();
  const second = exchange();
  opener.pipes[0]?.push("HTTP/1.1 500 Stale\r\nContent-Length: 0\r\n\r\n");
  expect(gist((await second).outcome)).toBe("acknowledged 200");
  expect([opener.pipes.length, opener.written]).toEqual([2, 2]);
});

it("closes a connection that opens although it was given up, and sends nothing on it", async () => {
  let open = (): void => {};
  const opener = new PipeOpener(new Promise((done) => (open = done)));
  const abort = new AbortController();
  const given = connectionBy(opener).exchange({ signal: abort.signal });
  abort.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  open();
  await turn();
  expect(opener.pipes.map(({ destroyed }) => destroyed)).toEqual([true]);
  expect(opener.written).toBe(0);
});

test.each([
  [80, false, host, host],
  [443, false, host, `${host}:443`],
  [443, true, host, host],
  [80, true, host, `${host}:80`],
  [8443, true, "2001:db8::1", "[2001:db8::1]:8443"],
  [443, true, "2001:db8::1", "[2001:db8::1]"],
])("Host at port %i, with TLS: %s, of %s is %s", (port, secure, hostname, expected) => {
  expect(hostHeader({ hostname, port, secure })).toBe(expected);
});
