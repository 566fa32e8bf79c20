import { afterEach, expect, test } from "vitest";
import { closeApps, emptyDirectory, moduleOf } from "./app/app.test.kit.js";
import { playScenario } from "./play-scenario.js";
import { join } from "node:path";

afterEach(closeApps);

test("an app with a store that outlives it is judged anew each time, and tells the same", async () => {
  const file = join(await emptyDirectory(), "seen.json");
  const appThat = (works: boolean): Promise<string> =>
    moduleOf(`
      import { existsSync, readFileSync, writeFileSync } from "node:fs";
      const seen = () => (existsSync(${JSON.stringify(file)}) ? JSON.parse(readFileSync(${JSON.stringify(file)}, "utf8")) : []);
      export const processed = (id) => seen().filter((each) => each === id).length;
      export default (request, response) => {
        const id = request.headers["x-scriptix-session"];
        request.resume();
        if (${works} && !seen().includes(id)) writeFileSync(${JSON.stringify(file)}, JSON.stringify([...seen(), id]));
        console.log("took", id);
        response.end();
      };`);
  const good = await appThat(true);
  const [one, two] = [await playScenario(good, "lost-ack,pass"), await playScenario(good, "lost-ack,pass")];
  expect(one.expectation, one.timeline).toMatchObject({ met: true });
  expect(two.timeline).toBe(one.timeline);
  expect(one.timeline).toContain("the receiver printed: took <session>");
  const bad = await playScenario(await appThat(false), "lost-ack,pass");
  expect(bad.expectation.unmet).toMatchObject([{ actual: "processed never" }]);
});

test("several sessions are told apart", async () => {
  const app = await moduleOf(`
    export const processed = () => 1;
    export default (request, response) => { request.resume(); console.log(request.headers["x-scriptix-session"]); response.end(); };`);
  const { timeline } = await playScenario(app, "sessions-overtake");
  expect(timeline).toContain("the receiver printed: <session 1>");
  expect(timeline).toContain("the receiver printed: <session 2>");
});
