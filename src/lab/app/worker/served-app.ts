/* oxlint-disable no-restricted-globals, unicorn/require-post-message-target-origin -- the app's thread is a process of its own */
import { once } from "node:events";
import { Server, type AddressInfo } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import type { FromServedApp, ServedAppStart, ToServedApp } from "../messages.js";
import { loadApp } from "./load-app.js";
import { OwnServers } from "./own-servers.js";
import { pretendListening } from "./pretended-listening.js";
import { registerLoaders } from "./register-loaders.js";

/** Serves the app of a module on loopback, in wall time; a port that it asks for itself is not taken. */
const start = workerData as ServedAppStart;
const tell = (message: FromServedApp): void => parentPort?.postMessage(message);
const unusable = ({ message: reason }: Error): void => tell({ kind: "unusable", reason });

await registerLoaders(start.loaders);
// oxlint-disable-next-line typescript/unbound-method -- called with its own `this`
const { listen, address } = Server.prototype;
const ownServers = new OwnServers();
pretendListening((server, at) => ownServers.add(server, at));
try {
  const { server, processed } = await loadApp(start.fileUrl, ownServers, unusable);
  // What pretends stands in the way of what really listens.
  for (const name of ["address", "close", "listening"]) Reflect.deleteProperty(server, name);
  if (!server.listening) {
    const listening = once(server, "listening");
    Reflect.apply(listen, server, [0, "127.0.0.1"]);
    await listening;
  }
  const { port } = Reflect.apply(address, server, []) as AddressInfo;
  tell({ kind: "serves", port, tellsProcessed: processed !== null });
  parentPort?.on("message", (message: ToServedApp) => {
    const { question, sessionId, documentId } = message;
    void Promise.resolve(processed?.(sessionId, documentId)).then(
      (count) => tell({ kind: "counted", question, count: count ?? 0 }),
      (error: Error) => tell({ kind: "uncounted", question, reason: error.message }),
    );
  });
} catch (error) {
  unusable(error as Error);
}
