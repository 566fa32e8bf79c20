import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { document } from "../contract/document.js";
import { idOf } from "../contract/subject.js";
import { signed } from "../contract/signed.js";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import { createScriptedReceiver } from "../receivers/scripted-receiver.js";
import type { Step } from "../receivers/script.js";
import { closeAfterTest, form, postJson, start, token } from "./scriptix-api.test.kit.js";

const secret = "s3cret-of-both-sides";
const owner = { Authorization: token };

test("a document calls back when it is created, updated and deleted, also while the create is still retried", async () => {
  const { clock, call, post, get, events } = await start();
  const failing: Step = { kind: "answer", status: 503 };
  const script: readonly Step[] = [failing, { kind: "answer", status: 200 }];
  const receiver = await createScriptedReceiver({ clock, script, contract: document });
  closeAfterTest(receiver);
  await post("/_mock/customer/c1/webhooks", { url: receiver.url, headers: ["X-Api-Key: s3cret-key"] });
  const listed = await get("/api/v3/admin/customer/c1/webhooks?q=127");
  expect(listed.json).toMatchObject({ total_results: 1, result: [{ id: "webhook-1", headers: ["X-Api-Key"] }] });
  expect(listed.body).not.toContain("s3cret-key");

  const made = await call("/_mock/session/s1/documents", { method: "POST", headers: owner });
  const { document_id: documentId } = (made.json as { result: { document_id: string } }).result;
  await call(`/_mock/session/s1/documents/${documentId}`, { method: "PUT", headers: owner });
  await expect.poll(() => events.filter((event) => event.event === "attempt" && event.acknowledged)).toHaveLength(2);
  await call(`/_mock/session/s1/documents/${documentId}`, { method: "DELETE", headers: owner });
  await expect.poll(() => receiver.journal.arrivals.length).toBe(4);

  const bodies = receiver.journal.arrivals.map(({ request }) => request?.body.toString());
  expect(new Set(bodies)).toEqual(new Set([JSON.stringify({ sessionId: "s1", documentId })]));
  expect((await call(`/_mock/session/s1/documents/${documentId}`, { method: "PUT", headers: owner })).status).toBe(404);
});

test("a receiver that follows the contract looks at the document again for each of them", async () => {
  const { clock, call, post } = await start();
  const receiver = createReferenceReceiver({ clock, contract: document });
  closeAfterTest(receiver);
  await post("/_mock/customer/c1/webhooks", { url: await receiver.listen({ port: 0 }) });
  const made = await call("/_mock/session/s1/documents", { method: "POST", headers: owner });
  const { document_id: documentId } = (made.json as { result: { document_id: string } }).result;
  await expect.poll(() => receiver.processed(idOf("s1", documentId))).toBe(1);
  await call(`/_mock/session/s1/documents/${documentId}`, { method: "PUT", headers: owner });
  await expect.poll(() => receiver.processed(idOf("s1", documentId))).toBe(2);
});

test("an upload calls back with a signed event when its transcription has completed, and when it has failed", async () => {
  const { api, clock, call } = await start({ secret });
  const receiver = await createScriptedReceiver({ clock, script: [{ kind: "answer", status: 200 }], contract: signed });
  closeAfterTest(receiver);
  const upload = async (): Promise<string> => {
    const { status, json } = await call("/api/v3/stt", form({ webhook_url: receiver.url, language: "en" }));
    expect(status).toBe(200);
    return (json as { id: string }).id;
  };
  const [first, second] = [await upload(), await upload()];
  expect(first).toMatch(/^stt_/);
  api.complete(first);
  await expect.poll(() => receiver.journal.arrivals.length).toBe(1);
  api.fail(second);
  await expect.poll(() => receiver.journal.arrivals.length).toBe(2);

  const events = receiver.journal.arrivals.map(({ request }) => {
    const { headers = [], body = Buffer.alloc(0) } = request ?? {};
    const signature = headers.find(([name]) => name === "X-Scriptix-Signature")?.[1];
    expect(signature).toBe(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
    return JSON.parse(body.toString()) as unknown;
  });
  expect(events).toMatchObject([
    { event: "transcription.completed", data: { id: first, status: "completed" } },
    { event: "transcription.failed", data: { id: second, status: "failed" } },
  ]);
});

test("an upload that cannot be called back rightly is refused", async () => {
  const { call } = await start();
  expect((await call("/api/v3/stt", form({ webhook_url: "http://127.0.0.1:1/hook" }))).status).toBe(422);
  expect((await call("/api/v3/stt", postJson({ webhook_url: "http://127.0.0.1:1/hook" }))).status).toBe(415);
  expect((await call("/api/v3/speech-to-text/session", form({ language: "en" }))).status).toBe(415);
});
