import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { appDoing, closeApps, startApp, moduleOf } from "./app.test.kit.js";

const closings: (() => unknown)[] = [];
afterEach(async () => {
  await closeApps();
  for (const close of closings.splice(0)) await close();
});

/** An API on this thread, in real time. */
async function upstream(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  closings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Timers on all sides, so that time would move if it could. */
const ticking = `setInterval(() => {}, 10);`;

test.each([
  [
    "files",
    `await writeFile(file, "x".repeat(1e6)); await readFile(file); await new Promise((done) => stat(file, done)); await rm(file);`,
  ],
  ["streams of files", `for await (const chunk of createReadStream(new URL(import.meta.url))) void chunk;`],
  [
    "hashes and keys",
    `await promisify(crypto.scrypt)("a", "b", 64); await crypto.subtle.digest("SHA-256", new Uint8Array(1e6));`,
  ],
  ["compression", `await promisify(gzip)(crypto.randomBytes(3e6));`],
  ["child processes", `await promisify(exec)("sleep 0.2");`],
  ["names", `await lookup("localhost");`],
  ["modules", `await import("node:test/reporters"); await import(another);`],
])("no time passes while it is at work on %s", async (_, work) => {
  const app = await appDoing(
    `${work} response.end();`,
    `import { exec } from "node:child_process"; import crypto from "node:crypto"; import { createReadStream, stat } from "node:fs";
    import { readFile, rm, writeFile } from "node:fs/promises"; import { lookup } from "node:dns/promises";
    import { promisify } from "node:util"; import { gzip } from "node:zlib";
    const file = import.meta.filename ?? new URL(import.meta.url).pathname + ".data";
    const another = "data:text/javascript,export default 1";
    ${ticking}`.replace("import.meta.filename ?? ", ""),
  );
  expect(await app.attempt()).toMatchObject({ outcome: { kind: "acknowledged" }, timings: { endMs: 0 } });
});

test("no time passes while an answer comes in that the app has asked for, slowly as it may", async () => {
  const origin = await upstream((_, response) => {
    setTimeout(() => response.write("one "), 60);
    setTimeout(() => response.end("two"), 120);
  });
  const app = await appDoing(
    `const fetched = await (await fetch("${origin}")).text();
    const got = await new Promise((resolve) => get("${origin}", async (answer) => resolve((await answer.toArray()).join(""))));
    response.end(fetched + ", " + got);`,
    `import { get } from "node:http"; ${ticking}`,
  );
  const { response, timings } = await app.attempt();
  expect(response?.body.toString()).toBe("one two, one two");
  expect(timings.endMs).toBe(0);
});

test.each([
  [
    "a message",
    `process.on("message", (asked) => setTimeout(() => process.send(asked), 200));`,
    `child.send(1); await once(child, "message");`,
  ],
  [
    "a line",
    `process.stdin.on("data", (asked) => setTimeout(() => process.stdout.write(asked), 200));`,
    `child.stdin.write("1"); await once(child.stdout, "data");`,
  ],
])("no time passes while a process that is there to stay is asked by %s", async (_, process, ask) => {
  const app = await appDoing(
    `${ask} response.end();`,
    `import { spawn } from "node:child_process"; import { once } from "node:events";
    const child = spawn(process.execPath, ["-e", ${JSON.stringify(process)}], { stdio: ["pipe", "pipe", "inherit", "ipc"] });
    ${ticking}`,
  );
  for (let time = 0; time < 2; time += 1) {
    expect(await app.attempt()).toMatchObject({ outcome: { kind: "acknowledged" }, timings: { endMs: 0 } });
  }
});

test.each([
  ["tells something on the way", 0],
  ["rests after long work", 2500],
])("no time passes until a process that was given all there is ends, though it %s", async (_, workMs) => {
  const process = `process.stdin.resume().on("end", () => {
    console.log("begun");
    for (const until = Date.now() + ${workMs}; Date.now() < until; );
    setTimeout(() => console.log("done"), 300);
  });`;
  const app = await appDoing(
    `const child = spawn(process.execPath, ["-e", ${JSON.stringify(process)}], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end("all");
    child.stdout.resume();
    await once(child, "exit");
    response.end();`,
    `import { spawn } from "node:child_process"; import { once } from "node:events"; ${ticking}`,
  );
  expect(await app.attempt()).toMatchObject({ outcome: { kind: "acknowledged" }, timings: { endMs: 0 } });
});

test("no time passes while an answer comes in by HTTP/2, or by UDP", async () => {
  const server = createHttp2Server((_, response) => void setTimeout(() => response.end("late"), 200)).listen(
    0,
    "127.0.0.1",
  );
  const datagrams = createSocket("udp4").bind(0, "127.0.0.1");
  datagrams.on("message", (_, { port }) => setTimeout(() => datagrams.send("later", port, "127.0.0.1"), 200));
  await Promise.all([once(server, "listening"), once(datagrams, "listening")]);
  closings.push(
    () => datagrams.close(),
    () => server.close(),
  );
  const { port } = server.address() as AddressInfo;
  const app = await appDoing(
    `const stream = session.request({ ":path": "/" });
    const [first] = await once(stream, "data");
    socket.send("asked", ${datagrams.address().port}, "127.0.0.1");
    const [second] = await once(socket, "message");
    response.end(first + ", " + second);`,
    `import { connect } from "node:http2"; import { createSocket } from "node:dgram"; import { once } from "node:events";
    const session = connect({ protocol: "http:", hostname: "127.0.0.1", port: ${port} }); const socket = createSocket("udp4"); ${ticking}`,
  );
  const { response, timings } = await app.attempt();
  expect(response?.body.toString()).toBe("late, later");
  expect(timings.endMs).toBe(0);
  expect(app.receiver.ownTime?.()).toEqual([`127.0.0.1:${port}`, `127.0.0.1:${datagrams.address().port}`].sort());
  await app.close();
});

test("an app's own timeout fires where a peer never answers", async () => {
  const origin = await upstream(() => {});
  const app = await appDoing(
    `try {
      if (count === 1) await fetch("${origin}", { signal: AbortSignal.timeout(5000) });
      else await new Promise((_, reject) => {
        const asked = get("${origin}", { timeout: 7000 }).on("error", reject);
        asked.on("timeout", () => asked.destroy(new Error("own")));
      });
    } catch (error) {
      response.statusCode = 504;
      response.end(error.message);
    }`,
    `import { get } from "node:http";`,
  );
  expect(await app.attempt()).toMatchObject({ outcome: { code: "504" }, timings: { endMs: 5000 } });
  expect(await app.attempt()).toMatchObject({ outcome: { code: "504" }, timings: { endMs: 7000 } });
});

test("what an app streams on from elsewhere comes through", async () => {
  const origin = await upstream((_, response) => response.end("x".repeat(300_000)));
  const app = await appDoing(
    `get("${origin}", (answer) => answer.pipe(response));`,
    `import { get } from "node:http";`,
  );
  const { response, timings } = await app.attempt();
  expect(response?.bodyEnd).toBe("over-cap");
  expect(timings.endMs).toBe(0);
});

test("what an app prints comes line by line, by whatever way", async () => {
  const file = await moduleOf(`
    import { writeSync, write } from "node:fs";
    console.log("to be", { a: 1 });
    console.error("or not");
    process.stdout.write("one ");
    process.stdout.write("line\\nand another\\n");
    writeSync(1, "straight\\n");
    writeSync(2, Buffer.from("xbytesx\\n"), 1, 5);
    write(2, "\\n", () => console.log("\\u001b[31mred"));
    export default (request, response) => { process.stdout.write("no end"); response.end(); };`);
  const app = await startApp(file);
  await app.attempt();
  expect(app.printed()).toEqual([
    "to be { a: 1 }",
    "or not",
    "one line",
    "and another",
    "straight",
    "bytes",
    "\\x1b[31mred",
    "no end",
  ]);
});
