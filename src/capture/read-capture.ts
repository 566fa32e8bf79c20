import { documentOf, readDocument, type UserDocument } from "../input/document.js";
import { assertSchema } from "../input/schema-mistakes.js";
import type { Capture } from "./capture.js";
import { captureSchema } from "./capture-schema.js";

const kind = { code: "ERR_CAPTURE", expected: "a capture, as receiver --capture writes it" };

/**
 * Reads a capture file.
 * @param source how a message calls it, such as `--callback capture.json`.
 * @throws UsageError `ERR_FILE`, or `ERR_CAPTURE` that names the line and the key, what was expected and what kind of
 *   value came.
 */
export const readCapture = (file: string, source: string): Capture => captureIn(readDocument(kind, source, file));

/**
 * The same of a text.
 * @throws UsageError `ERR_CAPTURE`
 * @internal
 */
export const parseCapture = (text: string, source: string): Capture =>
  captureIn(documentOf(kind, source, "capture.json", text));

const captureIn = (document: UserDocument): Capture => assertSchema(document, captureSchema) as Capture;
