import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { closeApps, moduleOf, startApp } from "./app.test.kit.js";

afterEach(closeApps);

test("an API that answers after three seconds is waited for, before the app's own timeout passes, and told of", async () => {
  const api = createServer((_, response) => void systemClock.timer(3000, () => response.end("{}"))).listen(
    0,
    "127.0.0.1",
  );
  await once(api, "listening");
  const { port } = api.address() as AddressInfo;
  try {
    const waits: string[] = [];
    const app = await startApp(
      await moduleOf(`export default async (request, response) => {
        request.resume();
        await fetch("http://127.0.0.1:${port}/", { signal: AbortSignal.timeout(10_000) });
        response.end();
      };`),
      { waits: (what) => void waits.push(what) },
    );
    const { outcome } = await app.attempt();
    expect(outcome.kind).toBe("acknowledged");
    expect(app.seconds()).toBeLessThan(1);
    expect(waits).toEqual([`127.0.0.1:${port}`]);
  } finally {
    api.closeAllConnections();
    api.close();
  }
});

test.each([
  ["that blocks", "while (Date.now() < until);", "blocked its event loop for 3 seconds"],
  [
    "of turns of the event loop",
    "while (Date.now() < until) await new Promise((done) => setImmediate(done));",
    "did not come to rest for 6 seconds",
  ],
])(
  "an app that waits for the time to go on in a loop %s is told that it stands still meanwhile",
  async (_, loop, what) => {
    const app = await startApp(
      await moduleOf(`export default async (request, response) => {
      const until = Date.now() + 100;
      ${loop}
      response.end();
    };`),
      { blockedAfterMs: 3000 },
    );
    await app.attempt();
    expect(app.events.map((event) => (event.kind === "crashed" ? event.text : ""))).toEqual([
      expect.stringMatching(new RegExp(`^the app ${what}; it waits in a loop for the time to go on`)),
    ]);
  },
);
