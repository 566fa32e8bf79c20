import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { document } from "../contract/document.js";
import { UsageError } from "../errors.js";
import { playScenario } from "./play-scenario.js";
import { namedScenarios } from "./scenario-file.js";

const update = "updated-while-the-create-is-retried";

/** Looks at a document for each callback, or for the first one alone. */
function documentsApp(remembersForGood: boolean) {
  const counts = new Map<string, number>();
  const app = async (request: Request): Promise<Response> => {
    const { sessionId, documentId } = (await request.json()) as { sessionId: string; documentId: string };
    const key = `${sessionId}/${documentId}`;
    if (!remembersForGood || !counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return new Response(null, { status: 204 });
  };
  return { app, processed: (session: string, documentId: string) => counts.get(`${session}/${documentId}`) ?? 0 };
}

describe("an update that comes while the create is still retried", () => {
  it("is seen by a receiver that looks again for each callback", async () => {
    const { app, processed } = documentsApp(false);
    const { expectation, deliveries, timeline } = await playScenario(app, update, { contract: "document", processed });
    expect(expectation.unmet, timeline).toEqual([]);
    expect(new Set(deliveries.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect(deliveries[0]?.processed).toBe(3);
  });

  it("is missed by one that remembers documents for good", async () => {
    const { app, processed } = documentsApp(true);
    const options = { contract: "document", processed, settleMs: 50 };
    const { expectation, timeline } = await playScenario(app, update, options);
    expect(expectation.unmet[0], timeline).toMatchObject({
      expected: "processed at least 2 times",
      actual: "processed once",
    });
  });

  it("is of the document contract alone", async () => {
    expect(namedScenarios(document).map(({ name }) => name)).toContain(update);
    expect(namedScenarios().map(({ name }) => name)).not.toContain(update);
    await expect(playScenario(null, update)).rejects.toThrow(UsageError);
  });
});

it("plays retries of a signed event, each rightly signed", async () => {
  const secret = "s3cret-of-the-scenario";
  const seen: boolean[] = [];
  const app = async (request: Request): Promise<Response> => {
    const right = createHmac("sha256", secret)
      .update(Buffer.from(await request.arrayBuffer()))
      .digest("hex");
    seen.push(request.headers.get("x-scriptix-signature") === `sha256=${right}`);
    return new Response(null, { status: seen.at(-1) === true ? 204 : 401 });
  };
  const { deliveries } = await playScenario(app, "lost-ack,503,pass", {
    contract: "signed",
    secret,
    processed: () => 1,
  });
  expect(deliveries[0]?.outcome).toBe("acknowledged");
  expect(seen).toEqual([true, true]);
});
