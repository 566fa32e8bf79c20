import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import type { Contract } from "../contract/contract.js";
import { document } from "../contract/document.js";
import { signed } from "../contract/signed.js";
import type { Header } from "./attempt.js";
import { contractCalled } from "./contract-called.js";
import { createSender } from "./sender.js";
import { signatureHeaders, signatureOf } from "./signature.js";

const secret = "s3cret-that-both-know";
const now = Date.UTC(2025, 0, 17, 10, 30);

function senderOf(contract: Contract) {
  const clock = virtualClock({ startAt: now });
  const sender = createSender({
    url: "http://127.0.0.1:9/hook",
    contract,
    clock,
    ...(contract === signed && { secret }),
  });
  return { clock, sender };
}

const hmac = (bytes: Buffer): string => `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;

describe("the callback of a document", () => {
  it("names session and document, in headers and body", () => {
    const { headers, body, method } = senderOf(document).sender.callback("s1 d1");
    expect(method).toBe("POST");
    expect(headers.slice(0, 3)).toEqual([
      ["Content-Type", "application/json"],
      ["X-Scriptix-Session", "s1"],
      ["X-Scriptix-Document", "d1"],
    ]);
    expect(body.toString()).toBe('{"sessionId":"s1","documentId":"d1"}');
  });

  it("is the same for an update as for the create", () => {
    const { sender } = senderOf(document);
    expect(sender.callback("s1")).toEqual(sender.callback("s1"));
  });
});

it("is asked for by the name of its contract, too", () => {
  const url = "http://127.0.0.1:9/hook";
  expect(createSender({ url, contract: "document" }).callback("s1 d1").body.toString()).toContain('"documentId":"d1"');
  expect(() => createSender({ url, contract: "documents" })).toThrow(
    expect.objectContaining({ code: "ERR_CONTRACT", message: expect.stringContaining("batch, document, signed") }),
  );
});

it("comes by the method that its webhook was registered with, where it may", () => {
  const url = "http://127.0.0.1:9/hook";
  expect(createSender({ url, contract: contractCalled("batch", "PUT") }).callback("s1").method).toBe("PUT");
  expect(contractCalled("batch")).toBe(contractCalled());
  expect(() => contractCalled("document", "PUT")).toThrow(
    expect.objectContaining({
      code: "ERR_METHOD",
      message: "method: expected POST with contract document, got PUT",
    }),
  );
  expect(() => contractCalled("batch", "GET" as "POST")).toThrow("expected POST or PUT with contract batch, got GET");
});

describe("a signed event", () => {
  it("has its signature in one header, and only where there is a secret and a contract that signs", () => {
    const bytes = Buffer.from("{}");
    expect(signatureOf(signed, secret, bytes)).toBe(hmac(bytes));
    expect(signatureHeaders(signed, secret, bytes)).toEqual([["X-Scriptix-Signature", hmac(bytes)]]);
    expect([signatureOf(signed, null, bytes), signatureOf(document, secret, bytes)]).toEqual([null, null]);
  });

  it("is signed over the bytes of its compact body", () => {
    const { headers, body } = senderOf(signed).sender.callback("stt_1");
    expect(body.toString()).toBe(
      '{"event":"transcription.completed","timestamp":"2025-01-17T10:30:00Z","data":{"id":"stt_1","status":"completed","document_id":542859164,"duration_seconds":3600,"language":"en"}}',
    );
    expect(headers.slice(0, 2)).toEqual([
      ["Content-Type", "application/json"],
      ["X-Scriptix-Signature", hmac(body)],
    ]);
  });

  it("names its document by a number that no other event has", () => {
    const { sender } = senderOf(signed);
    const numberOf = (id: string): unknown =>
      (JSON.parse(sender.callback(id).body.toString()) as { data: { document_id: unknown } }).data.document_id;
    const numbers = Array.from({ length: 500 }, (_, index) => numberOf(`stt_${index}`));
    expect(new Set(numbers).size).toBe(500);
    for (const number of numbers) expect(number).toSatisfy((value) => Number.isInteger(value) && value < 2 ** 31);
    expect(numberOf("stt_7")).toBe(numbers[7]);
  });

  it("tells of the same moment when it is retried, and of another when it is another's", async () => {
    const { clock, sender } = senderOf(signed);
    const first = sender.callback("stt_1");
    await clock.sleep(60_000);
    expect(sender.callback("stt_1")).toEqual(first);
    expect(sender.callback("stt_2").body.toString()).toContain('"timestamp":"2025-01-17T10:31:00Z"');
  });

  it("tells of the same moment at another instance of the receiver, signed alike", async () => {
    const moments = new Map<string, number>();
    const clock = virtualClock({ startAt: now });
    const [first, other] = ["one", "two"].map((path) =>
      createSender({ url: `http://127.0.0.1:9/${path}`, contract: signed, clock, secret, moments }),
    );
    const attempt = first?.callback("s1");
    await clock.sleep(60_000);
    const retry = other?.callback("s1");
    expect(retry).toEqual({ ...attempt, path: "/two" });
  });

  it("is signed anew when it is changed, unless the signature is what is changed", () => {
    const { sender } = senderOf(signed);
    const documented = sender.callback("stt_1");
    const changed = { ...documented, body: Buffer.from("{}") };
    const [type, , ...others] = documented.headers;
    const headersOf = (...how: [write?: (right: string, before: string) => string | null]) =>
      sender.signedAnew(changed, documented, ...how).headers;
    const withSignature = (value: string) => [type, ["X-Scriptix-Signature", value], ...others];
    expect(headersOf()).toEqual(withSignature(hmac(changed.body)));
    expect(headersOf((_right, before) => before)).toEqual(withSignature(hmac(documented.body)));
    expect(headersOf(() => null)).toEqual([type, ...others]);
    const lower = changed.headers.map(([name, value]): Header => [name.toLowerCase(), value]);
    expect(sender.signedAnew({ ...changed, headers: lower }, documented).headers).toContainEqual([
      "x-scriptix-signature",
      hmac(changed.body),
    ]);
  });

  it("of a template without a signature gets one, and what is not signed stays as it is", () => {
    const template = {
      method: "POST",
      headers: [["X-A", "1"]] as Header[],
      body: Buffer.from("{}"),
      sessionIds: ["s"],
    };
    const url = "http://127.0.0.1:9/hook";
    const own = createSender({ url, contract: signed, secret, template }).callback("s");
    expect(own.headers).toEqual([
      ["X-A", "1"],
      ["X-Scriptix-Signature", hmac(own.body)],
    ]);
    const { sender } = senderOf(document);
    const documented = sender.callback("s1 d1");
    const changed = { ...documented, body: Buffer.from("{}") };
    expect(sender.signedAnew(changed, documented, () => "forged")).toEqual(changed);
    expect(createSender({ url, template }).callback("s").headers).toEqual([["X-A", "1"]]);
  });

  it("is sent for a job that failed, too", async () => {
    const { sender } = senderOf(signed);
    const { attempts } = await sender.deliver({ sessionId: "stt_1", status: "failed" });
    const [request] = attempts.map((attempt) => attempt.request);
    const body = JSON.parse(request?.body.toString() ?? "") as object;
    expect(body).toMatchObject({ event: "transcription.failed", data: { id: "stt_1", status: "failed" } });
    expect(request?.headers).toContainEqual(["X-Scriptix-Signature", hmac(request?.body ?? Buffer.alloc(0))]);
    expect(attempts).toHaveLength(6);
  });

  it("cannot be sent without the secret, nor a secret be given for what is not signed", () => {
    const url = "http://127.0.0.1:9/hook";
    expect(() => createSender({ url, contract: signed })).toThrow(
      expect.objectContaining({ code: "ERR_SECRET", message: expect.stringContaining("--secret") }),
    );
    expect(() => createSender({ url, contract: signed, secret: "" })).toThrow("got none");
    expect(() => createSender({ url, secret })).toThrow(
      expect.objectContaining({ code: "ERR_SECRET", message: expect.stringContaining("which signs nothing") }),
    );
  });
});
