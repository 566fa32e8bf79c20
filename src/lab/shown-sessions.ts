/**
 * For sessions that are new in each run, so that no receiver takes one for a duplicate of an earlier run, and two runs tell
 * the same all the same: in what the receiver says they are `<session>`, or `<session 2>` where there are several.
 * @returns shows a text so.
 */
export function sessionsShown(sessionIds: readonly string[]): (text: string) => string {
  const ids = [...new Set(sessionIds)];
  const shown = ids.map((id, index) => [id, ids.length === 1 ? "<session>" : `<session ${index + 1}>`] as const);
  return (text) => shown.reduce((result, [id, name]) => result.replaceAll(id, name), text);
}
