/** `results`, `transcriptionResult`, `segments`: what a transcription is called, once letter case and dashes are gone. */
const resultNames =
  /^(?:results?|transcript(?:ion)?s?(?:results?|text)?|segments|utterances|words|captions|subtitles)$/;

/** A word such as "success" is no result, however its member is called. */
const isStatusWord = (value: unknown): boolean => typeof value === "string" && /^\w*$/.test(value);

/** Deeper than results would be put, and shallow enough for a body that is nested to do harm. */
const deepest = 8;

/** Name of a member, at any such depth, that seems to hold transcription results; null where there is none. */
export function looksLikeResults(value: unknown, depth = 0): string | null {
  if (typeof value !== "object" || value === null || depth > deepest) return null;
  for (const [name, member] of Object.entries(value)) {
    const isNamedSo = resultNames.test(name.toLowerCase().replaceAll(/[^a-z]/g, ""));
    const holdsText = typeof member === "string" && !isStatusWord(member);
    const holdsMore = typeof member === "object" && member !== null && Object.keys(member).length > 0;
    if (isNamedSo && (holdsText || holdsMore)) return name;
    const within = looksLikeResults(member, depth + 1);
    if (within !== null) return within;
  }
  return null;
}

/** A member that says that the job failed, as `status: "failed"`; null where none does. */
export function saysItFailed(members: Readonly<Record<string, unknown>>): string | null {
  const said = Object.entries(members).find(
    ([name, value]) =>
      /^(?:job|session)?_?(?:status|state)$/i.test(name) &&
      typeof value === "string" &&
      /^(?:fail(?:ed|ure)?|error(?:ed)?|abort(?:ed)?|cancell?ed)$/i.test(value),
  );
  return said === undefined ? null : `${said[0]}: ${String(said[1])}`;
}
