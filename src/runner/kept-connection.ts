import type { Connection } from "../sender/connection.js";
import type { KeptConnection } from "./check-context.js";
import type { Target } from "./target.js";

const connections = new WeakMap<KeptConnection, Connection>();
const pollMs = 50;

/** One keep-alive connection as a check sees it. */
export function keptConnection({ sender, clock }: Target, signal: AbortSignal): KeptConnection {
  const connection = sender.connection();
  const kept: KeptConnection = {
    get opened() {
      return connection.opened;
    },
    async closesWithin(ms) {
      const until = clock.now() + ms;
      while (connection.isOpen() && clock.now() < until) await clock.sleep(pollMs, signal);
      return !connection.isOpen();
    },
    close: () => connection.close(),
  };
  connections.set(kept, connection);
  return kept;
}

/** The sender's connection behind it. */
export function connectionOf(kept: KeptConnection): Connection {
  const connection = connections.get(kept);
  if (connection === undefined) throw new Error("a kept connection that this runner did not make");
  return connection;
}
