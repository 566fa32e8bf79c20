import { afterEach, describe, expect, test } from "vitest";
import { closeApps, moduleOf, startApp } from "./app.test.kit.js";

afterEach(closeApps);

const server = (text: string): string => `createServer((request, response) => response.end(${JSON.stringify(text)}))`;
const imports = `import { createServer } from "node:http"; import { connect, createServer as createTcpServer } from "node:net";`;

const answerOf = async (source: string): Promise<string | undefined> => {
  const app = await startApp(await moduleOf(`${imports}\n${source}`));
  return (await app.attempt()).response?.body.toString();
};

describe("an app that exports nothing and listens of itself", () => {
  test.each([
    ["at once", `${server("app")}.listen(3000);`],
    ["at any free port", `${server("app")}.listen(0);`],
    ["at a port that another one has", `${server("app")}.listen(1);`],
    ["after ten seconds of start", `setTimeout(() => ${server("app")}.listen(3000), 10_000);`],
    [
      "when its database has answered",
      `await new Promise((end) => setTimeout(end, 5000)); ${server("app")}.listen(3000);`,
    ],
    ["beside a server that speaks another protocol", `createTcpServer().listen(4000); ${server("app")}.listen(3000);`],
    [
      "with its handler added later",
      `createServer().listen(3000).on("request", (_, response) => response.end("app"));`,
    ],
    ["while it exports what is no app", `export const port = 3000; ${server("app")}.listen(port);`],
    ["when it is told to, by its bootstrap", `export async function bootstrap() { ${server("app")}.listen(3000); }`],
  ])("is played on where it listens %s", async (_, source) => {
    expect(await answerOf(source)).toBe("app");
  });

  test("is played on by what it exports, where that is an app", async () => {
    const source = `${server("listening")}.listen(3000); export default (request, response) => response.end("exported");`;
    expect(await answerOf(source)).toBe("exported");
  });

  test("is not guessed at where several servers listen", async () => {
    const file = await moduleOf(`${imports}\n${server("metrics")}.listen(9090); ${server("app")}.listen(3000);`);
    await expect(startApp(file)).rejects.toThrow(
      `--app ${file}: expected one server that listens, got several, at port 9090 and port 3000: export the one to play on, as server`,
    );
  });

  test.each([
    ["is done", "", "it exports nothing"],
    ["has a timer that goes on for good", "setInterval(() => {}, 1000);", "it exports nothing"],
    ["speaks another protocol", "createTcpServer().listen(4000);", "it exports nothing"],
    ["exports what is no app", "export const port = 3000;", "it exports port"],
  ])("is refused where it never listens and %s", async (_, source, exported) => {
    await expect(startApp(await moduleOf(`${imports}\n${source}`))).rejects.toThrow(
      new RegExp(`expected it to export .*, or to listen; ${exported}$`),
    );
  });
});
