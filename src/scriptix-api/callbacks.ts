import { setMaxListeners } from "node:events";
import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import { registeredWith } from "../contract/registered.js";
import { isGloballyReachable } from "../sender/address-classes.js";
import type { Attempt } from "../sender/attempt.js";
import type { DeliveryListener } from "../sender/delivery.js";
import type { Network } from "../sender/open-connection.js";
import { createSender } from "../sender/sender.js";
import { systemResolve } from "../sender/resolver.js";
import type { EventLog } from "./event-log.js";
import type { Webhook } from "./webhook.js";

export interface CallbacksOptions {
  readonly contract: Contract;
  /** What is signed is signed with it; null where no secret is known. */
  readonly secret: string | null;
  /** Of the retry schedule. */
  readonly clock: Clock;
  readonly deadlineClock: Clock;
  readonly network: Partial<Network>;
  /** Lifts the rule on addresses. */
  readonly local: boolean;
  readonly log: EventLog;
  readonly onDelivery: DeliveryListener;
}

/**
 * A name may resolve to another address than it did when its session was started, this machine's among them: the rule on
 * addresses holds for those that are connected to.
 */
function onlyReachable(network: Partial<Network>): Partial<Network> {
  const { resolve = systemResolve } = network;
  return {
    ...network,
    async resolve(name) {
      const addresses = await resolve(name);
      if (addresses.every((address) => isGloballyReachable(address).reachable)) return addresses;
      throw Object.assign(new Error("an address that is not reachable from outside"), {
        code: "NOT_REACHABLE_FROM_OUTSIDE",
      });
    },
  };
}

/** Sends the callbacks of completed jobs, in the background. */
export class Callbacks {
  readonly #options: CallbacksOptions;
  readonly #closing = new AbortController();
  readonly #deliveries = new Set<Promise<void>>();

  constructor(options: CallbacksOptions) {
    this.#options = options;
    // Every delivery under way listens; ten of them are no leak.
    setMaxListeners(0, this.#closing.signal);
  }

  /** @param status of the job, where a failed one calls too. @default "succeeded" */
  send(sessionId: string, webhook: Webhook, status: "succeeded" | "failed" = "succeeded"): void {
    if (this.#closing.signal.aborted) return;
    const delivery = this.#deliver(sessionId, webhook, status)
      .catch((error: unknown) => {
        if (this.#closing.signal.aborted) return;
        this.#options.log.tell({ event: "internal-error", message: `callback not sent: ${String(error)}` });
      })
      .finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }

  /** Ends attempts and waits, and resolves when nothing is under way any more. */
  async close(): Promise<void> {
    this.#closing.abort(new Error("closed"));
    await Promise.all(this.#deliveries);
  }

  async #deliver(sessionId: string, webhook: Webhook, status: "succeeded" | "failed"): Promise<void> {
    const { url, method, headers } = webhook;
    const { secret, clock, deadlineClock, local } = this.#options;
    const network = local ? this.#options.network : onlyReachable(this.#options.network);
    const contract = webhook.contract ?? this.#options.contract;
    const sender = createSender({
      url,
      headers,
      ...(contract.request.signature !== null && secret !== null && { secret }),
      contract: registeredWith(contract, method),
      clock,
      deadlineClock,
      network,
    });
    try {
      await sender.deliver({ sessionId, status }, { signal: this.#closing.signal, on: (event) => this.#on(event) });
    } finally {
      await sender.close();
    }
  }

  #on(event: Parameters<DeliveryListener>[0]): void {
    this.#options.onDelivery(event);
    if (event.kind === "attempt-ended") this.#tell(event.sessionId, event.attempt);
  }

  #tell(sessionId: string, { number, outcome }: Attempt): void {
    const acknowledged = outcome.kind === "acknowledged";
    this.#options.log.tell({
      event: "attempt",
      sessionId,
      number,
      acknowledged,
      outcome: acknowledged ? `acknowledged with ${outcome.status}` : outcome.message,
      nextInMs: acknowledged ? null : (this.#options.contract.retry.delaysMs[number - 1] ?? null),
    });
  }
}
