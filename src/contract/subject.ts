import type { Contract, SubjectPart } from "./contract.js";

/** Each part of what a callback is about; what a contract does not know of is empty. */
export type Subject = Readonly<Record<SubjectPart, string>>;

/**
 * What a callback is about, by the one id that it has everywhere in the harness. For most contracts that is the
 * session's own id; where a session has documents it stands for the session's first one, and `idOf` for another.
 */
export function subjectOf({ subject }: Contract, id: string): Subject {
  if (!subject.parts.includes("documentId")) return { sessionId: id, documentId: "" };
  const space = id.indexOf(" ");
  return space < 0
    ? { sessionId: id, documentId: `doc-${id}` }
    : { sessionId: id.slice(0, space), documentId: id.slice(space + 1) };
}

/** The id of one document of a session. */
export const idOf = (sessionId: string, documentId: string): string =>
  documentId === "" || documentId === `doc-${sessionId}` ? sessionId : `${sessionId} ${documentId}`;

/** Of a probe's address or command, in which a part of the subject stands in braces: the parts that do. */
export const partsIn = (text: string): readonly SubjectPart[] =>
  (["sessionId", "documentId"] as const).filter((part) => text.includes(`{${part}}`));

/** An address or command with what it asks about in its places. */
export function placedIn(text: string, contract: Contract, id: string, written: (part: string) => string): string {
  const subject = subjectOf(contract, id);
  return text.replaceAll(/\{(sessionId|documentId)\}/g, (_, part: SubjectPart) => written(subject[part]));
}

/** Asks the user's own function, which is given each part of the subject. */
export const askedBy =
  <T>(contract: Contract, processed: (sessionId: string, documentId: string) => T): ((id: string) => T) =>
  (id) => {
    const { sessionId, documentId } = subjectOf(contract, id);
    return processed(sessionId, documentId);
  };
