import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { batch } from "../contract/batch.js";
import { createCertificateAuthority } from "../tls/certificates.js";
import { ProbeError } from "./effects-probe.js";
import { closeAfterTest } from "./run.test.kit.js";
import { urlProbe } from "./url-probe.js";

const never = new AbortController().signal;

async function startProbed(answer: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a probe makes of one answer. */
async function seen(status: number, body: string) {
  const origin = await startProbed((_request, response) => void response.writeHead(status).end(body));
  const probe = urlProbe(`${origin}/{sessionId}`, [], batch);
  return probe.look?.("s", never);
}

describe("a probe URL", () => {
  it.each([
    [200, "3", { processed: 3 }],
    [200, " 12\n", { processed: 12 }],
    [299, "0", { processed: 0 }],
    [200, '{"processed": 2}', { processed: 2, named: {} }],
    [200, '{"processed": 1, "effects": {"email": 1, "invoice": 0}}', { processed: 1, named: { email: 1, invoice: 0 } }],
    [404, "3", { processed: 0 }],
  ])("that answers %i %s says how often", async (status, body, expected) => {
    expect(await seen(status, body)).toEqual(expected);
  });

  it.each([
    [200, "", /^the probe URL failed: expected an integer, or JSON with an integer "processed", got ""$/],
    [200, "-1", /got "-1"$/],
    [200, "1.5", /got "1\.5"$/],
    [200, "3 times", /got "3 times"$/],
    [200, "null", /got "null"$/],
    [200, '{"processed": "1"}', /an integer "processed"/],
    [200, '{"processed": -1}', /an integer "processed"/],
    [200, '{"processed": 1.5}', /an integer "processed"/],
    [200, '{"processed": 1, "effects": null}', /^the probe URL failed: expected "effects" to be an object of integers/],
    [200, '{"processed": 1, "effects": 1}', /"effects" to be an object/],
    [200, '{"processed": 1, "effects": {"email": "1"}}', /"effects" to be an object/],
    [200, '{"processed": 1, "effects": {"email": 1, "invoice": -1}}', /"effects" to be an object/],
    [500, "3", /^the probe URL failed: it answered 500$/],
    [300, "3", /it answered 300$/],
  ])("that answers %i %s is in error", async (status, body, says) => {
    const error: unknown = await seen(status, body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProbeError);
    expect((error as Error).message).toMatch(says);
  });

  it("shows only the beginning of a long answer", async () => {
    await expect(seen(200, "x".repeat(1000))).rejects.toThrow(/got "x{70,85}[^x]{0,3}"$/);
  });

  it("may answer a mebibyte, and no more", async () => {
    expect(await seen(200, "1".padEnd(1024 * 1024))).toEqual({ processed: 1 });
    await expect(seen(200, "1".padEnd(1024 * 1024 + 1))).rejects.toThrow(
      /^the probe URL failed: it answered more than 1048576 bytes$/,
    );
  });

  it("that does not answer is in error, and says how", async () => {
    const origin = await startProbed((request) => request.socket.destroy());
    await expect(urlProbe(`${origin}/{sessionId}`, [], batch).count("s", never)).rejects.toThrow(
      /^the probe URL failed: socket hang up$/,
    );
  });

  it("is asked for a session wherever its placeholder stands, whatever the id is made of", async () => {
    const asked: (string | undefined)[] = [];
    const origin = await startProbed(({ method, url }, response) => {
      asked.push(method, url);
      response.end("1");
    });
    const probe = urlProbe(`${origin}/{sessionId}/count?of={sessionId}`, [], batch);
    expect(await probe.count("a/b c", never)).toBe(1);
    expect(asked).toEqual(["GET", "/a%2Fb%20c/count?of=a%2Fb%20c"]);
    expect(probe.name).toBe("the probe URL");
  });

  it("is trusted by the extra certificate authority, and by none without it", async () => {
    const ca = await createCertificateAuthority();
    const { key, cert } = await ca.issue({ hosts: ["127.0.0.1"] });
    const origin = await startProbed((_request, response) => void response.end("1"), {
      key,
      cert,
    });
    expect(await urlProbe(`${origin}/{sessionId}`, [ca.certificatePem], batch).count("s", never)).toBe(1);
    await expect(urlProbe(`${origin}/{sessionId}`, [], batch).count("s", never)).rejects.toThrow(ProbeError);
  });

  it("is given up when the run is stopped, which is no error of the probe", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const origin = await startProbed(() => stop.abort(reason));
    await expect(urlProbe(`${origin}/{sessionId}`, [], batch).count("s", stop.signal)).rejects.toBe(reason);
  });

  it.each(["http://127.0.0.1/processed", "ftp://127.0.0.1/{sessionId}", "127.0.0.1/{sessionId}", "{sessionId}", ""])(
    "is refused unless it is one with the placeholder: %j",
    (template) => {
      expect(() => urlProbe(template, [], batch)).toThrow(
        expect.objectContaining({
          code: "ERR_PROBE_URL",
          message: "--probe-url: expected an http(s) URL with {sessionId} in it",
        }),
      );
    },
  );
});
