import { ApiError } from "./api-error.js";
import type { Session } from "./sessions.js";

/** Which part of the results is asked for; the documentation knows no such parameters, so their names are ours. */
export interface PageQuery {
  /** Results to skip. */
  readonly offset?: number;
  /** Results on a page. */
  readonly limit?: number;
  /** From 1, in place of `offset`. */
  readonly page?: number;
}

/** Results on a page where the request does not say. */
export const defaultLimit = 100;

const sentences = ["good morning everyone", "let us begin", "thank you for your time"];
const wordSeconds = 0.4;

/** The words of one stretch of speech, each with start and end in seconds and a confidence. */
function utterance(index: number) {
  const words = (sentences[index % sentences.length] ?? "").split(" ");
  const startS = index * 4 * wordSeconds;
  return {
    result: words.map((word, place) => [
      word,
      hundredths(startS + place * wordSeconds),
      hundredths(startS + (place + 1) * wordSeconds),
      0.95,
    ]),
    speaker: "unk",
    text: words.join(" "),
    sconf: 0.85,
    channel: 0,
  };
}

/**
 * The documented results of a completed session, or a page of them.
 * @throws ApiError 422 when both `offset` and `page` are given.
 */
export function resultsOf(session: Session, { offset, limit = defaultLimit, page }: PageQuery, utterances: number) {
  if (offset !== undefined && page !== undefined) {
    throw new ApiError(422, { field: "page", issue: "is given together with offset; expected one of them" });
  }
  const from = offset ?? ((page ?? 1) - 1) * limit;
  const count = Math.max(0, Math.min(limit, utterances - from));
  return {
    count,
    total_results: utterances,
    result: {
      session_id: session.id,
      status: session.status,
      duration: Math.ceil(utterances * 4 * wordSeconds),
      error: null,
      filename: session.filename,
      media_type: "audio",
      results: Array.from({ length: count }, (_, index) => utterance(from + index)),
    },
  };
}

/** When a stretch of speech begins and ends, in seconds, and what is said. */
export function utterancesOf(index: number): { readonly text: string; readonly startS: number; readonly endS: number } {
  const { text } = utterance(index);
  const startS = index * 4 * wordSeconds;
  return { text, startS, endS: startS + text.split(" ").length * wordSeconds };
}

/** Names one page, as the request named it. */
export function pageKey({ offset, limit, page }: PageQuery): string {
  return JSON.stringify([offset, limit, page]);
}

const hundredths = (seconds: number): number => Math.round(seconds * 100) / 100;
