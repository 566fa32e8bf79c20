import { expect, test } from "vitest";
import { createCertificateAuthority } from "../tls/certificates.js";
import { systemClock } from "../clock/system-clock.js";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import { createScriptedReceiver } from "../receivers/scripted-receiver.js";
import type { Step } from "../receivers/script.js";
import type { DeliveryEvent } from "../sender/delivery.js";
import { closeAfterTest, start, token } from "./scriptix-api.test.kit.js";

const minutes = (count: number): number => count * 60_000;

async function scripted(clock: Parameters<typeof createScriptedReceiver>[0]["clock"], script: readonly Step[]) {
  const receiver = await createScriptedReceiver({ clock, script });
  closeAfterTest(receiver);
  return receiver;
}

test("calls a receiver back when a job completes, and the receiver fetches the results", async () => {
  const { api, clock, baseUrl, session } = await start({ completeAfterMs: 1000 });
  const processed: unknown[] = [];
  const receiver = createReferenceReceiver({
    clock,
    credential: { header: "X-Api-Key", value: "s3cret-key" },
    results: { baseUrl, token },
    process: (_sessionId, results) => void processed.push(results),
  });
  closeAfterTest(receiver);
  const webhook_url = await receiver.listen({ port: 0 });

  const sessionId = await session({ webhook_url, webhook_headers: ["X-Api-Key: s3cret-key"] });
  await expect.poll(() => receiver.processed(sessionId)).toBe(1);

  expect(processed).toMatchObject([{ count: 3, total_results: 3, result: { session_id: sessionId, status: "done" } }]);
  expect(api.fetches(sessionId)).toBe(1);
});

test("retries the callback by the documented schedule, on the clock that it was given", async () => {
  const deliveries: DeliveryEvent[] = [];
  const { api, clock, session, events } = await start({ onDelivery: (event) => deliveries.push(event) });
  const failing: Step = { kind: "answer", status: 503 };
  const receiver = await scripted(clock, [failing, failing, { kind: "answer", status: 204 }]);
  const sessionId = await session({ webhook_url: receiver.url });

  api.complete(sessionId);
  await expect.poll(() => deliveries.at(-1)?.kind).toBe("acknowledged");

  expect(receiver.journal.arrivals.map(({ at }) => at)).toEqual([0, minutes(1), minutes(3)]);
  expect(events.filter(({ event }) => event === "attempt")).toMatchObject([
    { number: 1, acknowledged: false, nextInMs: minutes(1) },
    { number: 2, acknowledged: false, nextInMs: minutes(2) },
    { number: 3, acknowledged: true, nextInMs: null },
  ]);
});

test("abandons the callback after six attempts", async () => {
  const { api, clock, session, events } = await start();
  const receiver = await scripted(clock, [{ kind: "answer", status: 500 }]);

  api.complete(await session({ webhook_url: receiver.url }));
  await expect.poll(() => events.at(-1)).toMatchObject({ event: "attempt", number: 6, nextInMs: null });

  expect(clock.now()).toBe(minutes(53));
});

test("sends no callback for a job that failed", async () => {
  const { api, clock, session, events } = await start();
  const receiver = await scripted(clock, [{ kind: "answer", status: 200 }]);
  const failed = await session({ webhook_url: receiver.url });
  const completed = await session({ webhook_url: receiver.url });

  api.fail(failed);
  api.complete(completed);
  await expect.poll(() => events.at(-1)?.event).toBe("attempt");

  expect(receiver.journal.arrivals.map(({ sessionId }) => sessionId)).toEqual([completed]);
});

test("calls back with PUT, and drops system headers", async () => {
  const { api, clock, session, events } = await start();
  const receiver = await scripted(clock, [{ kind: "answer", status: 200 }]);
  const sessionId = await session({
    webhook_url: receiver.url,
    webhook_method: "PUT",
    webhook_headers: ["X-Tenant:  7 ", "content-type: text/plain", "Host: evil.example"],
  });

  api.complete(sessionId);
  await expect.poll(() => events.at(-1)?.event).toBe("attempt");

  const [arrived] = receiver.journal.requests;
  expect(arrived?.method).toBe("PUT");
  expect(arrived?.headers).toEqual(
    expect.arrayContaining([
      ["Content-Type", "application/json"],
      ["X-Tenant", "7"],
    ]),
  );
  expect(events.find(({ event }) => event === "session-started")).toMatchObject({
    droppedHeaders: ["content-type", "Host"],
  });
});

test("calls a receiver at a public name back over TLS", async () => {
  const authority = await createCertificateAuthority();
  const tls = await authority.issue({ hosts: ["hooks.customer.com"] });
  const { api, session, events, clock } = await start({
    local: false,
    network: {
      resolve: async () => ["8.8.8.8"],
      route: () => ({ host: "127.0.0.1", port: receiver.port }),
      ca: [authority.certificatePem],
    },
  });
  const receiver = await createScriptedReceiver({ clock, script: [{ kind: "answer", status: 200 }], tls });
  closeAfterTest(receiver);

  api.complete(await session({ webhook_url: "https://hooks.customer.com/webhook" }));

  await expect.poll(() => events.at(-1)).toMatchObject({ event: "attempt", acknowledged: true });
});

test("ends callbacks under way and jobs to come when it closes", async () => {
  const { api, session, events } = await start({
    clock: systemClock,
    deadlineClock: systemClock,
    completeAfterMs: 60_000,
  });
  const receiver = await scripted(systemClock, [{ kind: "never" }]);
  const sessionId = await session({ webhook_url: receiver.url });
  await session({ webhook_url: receiver.url });
  api.complete(sessionId);
  await expect.poll(() => receiver.journal.arrivals.length).toBe(1);

  await api.close();

  const gone = (): boolean =>
    receiver.journal.connections.every(({ closedAt, error }) => closedAt !== null || error !== null);
  await expect.poll(gone).toBe(true);
  expect(events.map(({ event }) => event)).not.toContain("attempt");
});
