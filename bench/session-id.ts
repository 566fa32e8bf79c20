/** A session id of the documented form, 26 hex characters. */
export const sessionId = (index: number): string => `1b8a70f1${index.toString(16).padStart(18, "0")}`;
