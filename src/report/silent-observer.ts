import { capitalized } from "./capitalized.js";

/** What stands first in the notes of a run whose observer was declared, and showed nothing for acknowledged callbacks. */
export const silenceNote = (reason: string, howToTell: string): string => `${capitalized(reason)}. ${howToTell}`;

/** The reason of one that could not be asked, or whose answers mean nothing. */
export const blindReason = (reason: string): string =>
  `nothing was seen of what is processed, though asked for: ${reason}`;

const silence =
  /^(.* says 0 for each acknowledged callback, .*: either the probe or the receiver is broken(?=\. )|Nothing was seen of what is processed, though asked for: .*(?=\. Ask the probe))/s;

/** The reason of that note, where one of these is such; null where the observer was not silent. */
export function silenceIn(notes: readonly string[]): string | null {
  return notes.flatMap((note) => silence.exec(note)?.[1] ?? [])[0] ?? null;
}
