import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { networkInterfaces } from "node:os";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createCertificateAuthority, type CertificateAuthority } from "../tls/certificates.js";
import { batch } from "../contract/batch.js";
import { gist, host, listen, ok, senderTo, sessionId, testClock } from "./wire.test.kit.js";
import { freePort } from "../receivers/free-port.test.kit.js";

const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === "::1"));

/** Loopback too, but none of the addresses that tests listen on, whose ports are dealt out per address. */
const dead = "127.0.0.2";

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

/** One attempt at a name with these addresses. */
async function attemptAt(port: number, addresses: readonly string[]) {
  const network = { resolve: async () => addresses };
  const sender = senderTo({ origin: `http://${host}:${port}` }, { clock: testClock(), network });
  return sender.attempt(sender.callback(sessionId));
}

/** What a connection was opened with last, from here on. */
function spiedConnect(): () => net.TcpNetConnectOpts {
  const connect = vi.spyOn(net, "connect");
  syncBuiltinESMExports();
  onTestFinished(() => {
    connect.mockRestore();
    syncBuiltinESMExports();
  });
  return () => connect.mock.lastCall?.[0] as unknown as net.TcpNetConnectOpts;
}

it("sends a piece of a request without waiting for what was sent before it to be acknowledged", async () => {
  const connect = spiedConnect();
  await attemptAt(await freePort(), ["127.0.0.1"]);
  expect(connect().noDelay).toBe(true);
});

describe("a name with several addresses", () => {
  it("is reached at the second when the first refuses", async () => {
    const server = await listen(ok);
    const { outcome } = await attemptAt(server.port, [dead, "127.0.0.1"]);
    expect(gist(outcome)).toBe("acknowledged 200");
  });

  it("is reached when one of them has no route from here", async () => {
    const server = await listen(ok);
    const { outcome } = await attemptAt(server.port, ["255.255.255.255", "127.0.0.1"]);
    expect(gist(outcome)).toBe("acknowledged 200");
  });

  it("leaves each of them time to send a lost SYN again, and a fifth its turn within the deadline", async () => {
    const connect = spiedConnect();
    await attemptAt(await freePort(), [dead, "127.0.0.1"]);
    const { autoSelectFamilyAttemptTimeout: ms = 0 } = connect();
    expect(ms).toBeGreaterThan(2000);
    expect(4 * ms).toBeLessThan(batch.response.deadlineMs);
  });

  it("is refused when all of them refuse", async () => {
    const { outcome } = await attemptAt(await freePort(), ["127.0.0.1", dead]);
    expect(gist(outcome)).toBe("connect connect ECONNREFUSED");
  });

  it.runIf(hasIpv6)("is reached over IPv6 when only that answers, and over IPv4 when only that does", async () => {
    const six = await listen(ok, { host: "::1" });
    expect(gist((await attemptAt(six.port, [dead, "::1"])).outcome)).toBe("acknowledged 200");
    const four = await listen(ok);
    expect(gist((await attemptAt(four.port, ["::1", "127.0.0.1"])).outcome)).toBe("acknowledged 200");
  });
});

describe("localhost", () => {
  it("is reached by the system's own resolver at 127.0.0.1 alone", async () => {
    const server = await listen(ok);
    const sender = senderTo({ origin: `http://localhost:${server.port}` }, { clock: testClock() });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe("acknowledged 200");
  });

  it.runIf(hasIpv6)("is reached at ::1 alone, where it has both", async () => {
    const server = await listen(ok, { host: "::1" });
    const network = { resolve: async () => [dead, "::1"] };
    const sender = senderTo({ origin: `http://localhost:${server.port}` }, { clock: testClock(), network });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe("acknowledged 200");
  });
});

describe.runIf(hasIpv6)("a literal IPv6 address", () => {
  it("is reached", async () => {
    const server = await listen(ok, { host: "::1" });
    const sender = senderTo(server, { clock: testClock() });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe("acknowledged 200");
    expect(server.journal.requests[0]?.headers).toContainEqual(["host", `[::1]:${server.port}`]);
  });

  it("is what the certificate must be for", async () => {
    const server = await listen(ok, { host: "::1", tls: await ca.issue({ hosts: ["::1"] }) });
    const sender = senderTo(server, { clock: testClock(), network: { ca: [ca.certificatePem] } });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe("acknowledged 200");
  });
});
