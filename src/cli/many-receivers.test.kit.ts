import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import type { Matrix } from "../report/matrix/matrix.js";
import { temporaryDirectory } from "./cli.test.kit.js";

/** How a receiver behaves; `bad` answers 500, `dead` is a port on which nobody listens. */
export type Behaviour = "good" | "bad" | "hangs" | "dead";

export interface ManyReceivers {
  /** Where a receiver of that name and behaviour is. */
  url(name: string, behaviour: Behaviour): string;
  /** Names of the receivers that a callback has come to. */
  readonly called: ReadonlySet<string>;
  /** A `bad` one of that name behaves from now on. */
  mend(name: string): void;
  close(): Promise<void>;
}

/** Any number of receivers on loopback: one server, a path each. */
export async function startManyReceivers(): Promise<ManyReceivers> {
  const called = new Set<string>();
  const mended = new Set<string>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const [, behaviour = "", name = "", ...rest] = (request.url ?? "").split("/");
    called.add(name);
    if (behaviour === "hangs") return;
    response.statusCode = behaviour === "bad" && !mended.has(name) ? 500 : rest.join() === "hook" ? 200 : 404;
    request.resume().once("end", () => response.end());
  };
  const server = createServer(answer);
  const closed = createServer(answer);
  const [port, deadPort] = await Promise.all([listening(server), listening(closed)]);
  await closing(closed);
  return {
    url: (name, behaviour) => `http://127.0.0.1:${behaviour === "dead" ? deadPort : port}/${behaviour}/${name}/hook`,
    called,
    mend: (name) => void mended.add(name),
    async close() {
      server.closeAllConnections();
      await closing(server);
    },
  };
}

type Server = ReturnType<typeof createServer>;

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

const closing = (server: Server): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));

/** Writes a file of targets, in a directory of its own. @returns its path. */
export function targetsFile(entries: readonly object[]): string {
  const file = join(temporaryDirectory(), "targets.yaml");
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(entries));
  return file;
}

export function readMatrix(directory: string): Matrix {
  return JSON.parse(readFileSync(join(directory, "matrix.json"), "utf8")) as Matrix;
}
