import type { ReceiverEvent, ReceiverListener } from "./lab-receiver.js";

/** What a receiver does of itself, from its start on; told to whoever listens, and kept until somebody does. */
export interface ReceiverEvents {
  readonly emit: ReceiverListener;
  /** @returns ends it. */
  listen(listener: ReceiverListener): () => void;
}

export function receiverEvents(): ReceiverEvents {
  const unheard: ReceiverEvent[] = [];
  let listener: ReceiverListener | null = null;
  return {
    emit(event) {
      if (listener === null) unheard.push(event);
      else listener(event);
    },
    listen(next) {
      listener = next;
      for (const event of unheard.splice(0)) next(event);
      return () => (listener = null);
    },
  };
}
