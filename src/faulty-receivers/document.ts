import { document as contract } from "../contract/document.js";
import { subjectOf } from "../contract/subject.js";
import type { FaultyReceiver } from "./faulty-receiver.js";
import { ok, type Habits } from "./plain-receiver.js";
import { remembersBy, working, type Workshop } from "./working-receiver.js";

const { everyDocument, laterChange, theDocument } = {
  everyDocument: "document/processes-every-document",
  laterChange: "document/processes-a-later-change",
  theDocument: "document/reads-the-document-id",
};

const noDocument = "bad-input/refuses-a-missing-document-id";

/** Takes a body that names a session for enough. */
const namesASession =
  (work: Workshop["work"]): NonNullable<Habits["refuse"]> =>
  (why, { body }) => {
    if (why !== "no-session-id") return null;
    const { sessionId } = JSON.parse(body) as { readonly sessionId?: unknown };
    if (typeof sessionId !== "string") return null;
    work(sessionId);
    return ok;
  };

/** Receivers of document callbacks that miss documents, or changes of them. */
export const document: readonly FaultyReceiver[] = [
  working({
    id: "remembers-documents-by-session",
    contract,
    title: "Takes each callback of a session that it knows for a duplicate, whichever document it names.",
    fails: [everyDocument, laterChange],
    habits: remembersBy(({ sessionId }) => subjectOf(contract, sessionId).sessionId),
  }),
  working({
    id: "refuses-the-second-document",
    contract,
    title: "Answers 409 to another document of a session that it knows.",
    fails: [everyDocument],
    habits({ work }) {
      const first = new Map<string, string>();
      return {
        accept({ sessionId: id }) {
          const { sessionId } = subjectOf(contract, id);
          if ((first.get(sessionId) ?? id) !== id) return { status: 409 };
          first.set(sessionId, id);
          work(id);
          return ok;
        },
      };
    },
  }),
  working({
    id: "remembers-documents-for-ever",
    contract,
    title: "Takes each callback of a document that it knows for a duplicate, and so learns of no change.",
    fails: [laterChange],
    habits: remembersBy(({ sessionId }) => sessionId),
  }),
  working({
    id: "reads-the-session-alone",
    contract,
    title: "Reads the session id alone, and works on the first document that it knows of the session.",
    // A body that names no document is all that it needs.
    fails: [theDocument, noDocument],
    habits({ work }) {
      const first = new Map<string, string>();
      return {
        refuse: namesASession(work),
        accept({ sessionId: id }) {
          const { sessionId } = subjectOf(contract, id);
          work(first.get(sessionId) ?? id);
          if (!first.has(sessionId)) first.set(sessionId, id);
          return ok;
        },
      };
    },
  }),
  working({
    id: "takes-a-session-without-a-document",
    contract,
    title: "Acknowledges a callback that names a session and no document.",
    fails: [noDocument],
    habits: ({ work }) => ({ refuse: namesASession(work) }),
  }),
];
