/* oxlint-disable no-restricted-globals -- the app's own time */
import type { Server } from "node:net";
import { UsageError } from "../../../errors.js";
import { appOf, type App } from "../app-kind.js";
import type { Listening } from "../app-module.js";

/** In the app's time, milliseconds: an app may connect to a database first, or wait for anything else. */
const listensWithinMs = 30_000;

/** In the app's time, which goes on so far only when the app has come to rest. In milliseconds. */
const atRestMs = 1;

/** The servers that an app has listen of itself. */
export class OwnServers implements Listening {
  readonly #listening: { readonly server: Server; readonly at: string }[] = [];
  #added: () => void = () => {};

  add(server: Server, at: string): void {
    this.#listening.push({ server, at });
    this.#added();
  }

  async now(): Promise<App | null> {
    const apps: App[] = [];
    const places: string[] = [];
    for (const { server, at } of this.#listening) {
      const app = await appOf(server);
      if (app === null) continue;
      apps.push(app);
      places.push(at);
    }
    if (apps.length <= 1) return apps[0] ?? null;
    throw new UsageError(
      "ERR_APP",
      `expected one server that listens, got several, at ${places.join(" and ")}: export the one to play on, as server`,
    );
  }

  async soon(): Promise<App | null> {
    if (this.#listening.length === 0) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, listensWithinMs);
        this.#added = () => {
          clearTimeout(late);
          resolve();
        };
      });
    }
    // What else it has listen comes in the same breath.
    await new Promise((resolve) => setTimeout(resolve, atRestMs));
    return this.now();
  }
}
