import { expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { UsageError } from "../errors.js";
import { createSender } from "../sender/sender.js";
import { receiverFromWords } from "./receiver-from-words.js";

test("a script in words is met attempt by attempt", async () => {
  const clock = virtualClock();
  const receiver = await receiverFromWords({ script: "503, timeout, 204", clock });
  const sender = createSender({ url: receiver.url, clock, deadlineClock: clock });
  const { attempts } = await sender.deliver({ sessionId: "session-1" });
  expect(attempts.map(({ outcome }) => outcome)).toMatchObject([
    { reason: "status", code: "503" },
    { reason: "timeout" },
    { kind: "acknowledged", status: 204 },
  ]);
  await sender.close();
  await receiver.close();
  clock.close();
});

test("a script with a mistake is refused in one sentence that points at it", async () => {
  const refusal = receiverFromWords({ script: "503,tiemout" });
  await expect(refusal).rejects.toThrow(
    /^script, column 5: expected .* as word 2, got "tiemout"; did you mean timeout\?$/,
  );
  await expect(refusal).rejects.toBeInstanceOf(UsageError);
});

test("documents of a session are met one by one, and events by the id in their body", async () => {
  const clock = virtualClock();
  const document = await receiverFromWords({ script: "503,200", contract: "document", clock });
  const documents = createSender({ url: document.url, contract: "document", clock, deadlineClock: clock });
  for (const id of ["s-1", "s-1 d-2"]) {
    const { attempts } = await documents.deliver({ sessionId: id });
    expect(attempts.map(({ outcome }) => (outcome.kind === "acknowledged" ? 200 : outcome.code))).toEqual(["503", 200]);
  }
  expect(
    document.journal.arrivals.map(({ sessionId, documentId, attempt }) => [sessionId, documentId, attempt]),
  ).toEqual([
    ["s-1", "doc-s-1", 1],
    ["s-1", "doc-s-1", 2],
    ["s-1", "d-2", 1],
    ["s-1", "d-2", 2],
  ]);
  const signed = await receiverFromWords({ script: "503,200", contract: "signed", clock });
  const events = createSender({ url: signed.url, contract: "signed", secret: "s3cret", clock, deadlineClock: clock });
  await events.deliver({ sessionId: "stt_1" });
  expect(signed.journal.arrivals.map(({ sessionId, attempt }) => [sessionId, attempt])).toEqual([
    ["stt_1", 1],
    ["stt_1", 2],
  ]);
  await Promise.all([documents.close(), events.close(), document.close(), signed.close()]);
  clock.close();
});

test("a contract that there is not is refused by what there is", async () => {
  await expect(receiverFromWords({ script: "200", contract: "documents" })).rejects.toThrow(
    'contract: expected batch, document, signed, got "documents"',
  );
});
