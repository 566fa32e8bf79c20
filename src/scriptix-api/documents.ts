import { document } from "../contract/document.js";
import { idOf } from "../contract/subject.js";
import { ApiError } from "./api-error.js";
import type { Callbacks } from "./callbacks.js";
import type { EventLog } from "./event-log.js";
import type { Webhook } from "./webhook.js";

interface Registered {
  readonly id: string;
  readonly customer: string;
  readonly webhook: Webhook;
}

interface Wanted {
  readonly limit?: number;
  readonly offset?: number;
  readonly q?: string;
}

export type Change = "created" | "updated" | "deleted";

/** Documents of sessions, and the webhooks that are called whenever one is created, updated or deleted. */
export class Documents {
  readonly #webhooks: Registered[] = [];
  readonly #documents = new Set<string>();
  readonly #callbacks: Callbacks;
  readonly #log: EventLog;

  constructor(callbacks: Callbacks, log: EventLog) {
    this.#callbacks = callbacks;
    this.#log = log;
  }

  register(customer: string, webhook: Webhook) {
    const registered = {
      id: `webhook-${this.#webhooks.length + 1}`,
      customer,
      webhook: { ...webhook, contract: document },
    };
    this.#webhooks.push(registered);
    return shown(registered);
  }

  list(customer: string, { limit = 100, offset = 0, q = "" }: Wanted) {
    const own = this.#webhooks.filter((each) => each.customer === customer && each.webhook.url.raw.includes(q));
    const page = own.slice(offset, offset + limit);
    return { count: page.length, total_results: own.length, result: page.map(shown) };
  }

  /** @throws ApiError 404 */
  get(customer: string, id: string) {
    const found = this.#webhooks.find((each) => each.customer === customer && each.id === id);
    if (found === undefined) throw new ApiError(404, { field: "webhook", issue: "there is no such webhook" });
    return { result: shown(found) };
  }

  /** @throws ApiError 404 for the change of a document that there is not. */
  change(sessionId: string, documentId: string, change: Change) {
    const id = idOf(sessionId, documentId);
    if (change !== "created" && !this.#documents.has(id)) {
      throw new ApiError(404, { field: "documentId", issue: "there is no such document" });
    }
    if (change === "deleted") this.#documents.delete(id);
    else this.#documents.add(id);
    this.#log.tell({ event: "document-changed", sessionId, documentId, change, webhooks: this.#webhooks.length });
    for (const { webhook } of this.#webhooks) this.#callbacks.send(id, webhook);
    return { result: { session_id: sessionId, document_id: documentId, change } };
  }
}

/** Values of headers are the customer's secrets. */
const shown = ({ id, customer, webhook }: Registered) => ({
  id,
  customer,
  url: webhook.url.display,
  headers: webhook.headers.map(([name]) => name),
});
