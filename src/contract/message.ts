import type { Contract, SubjectPart, Template } from "./contract.js";

/** What stands in the places of a template. */
export type Places = Readonly<Record<SubjectPart | "timestamp" | "number", string>>;

type Names = Contract["request"];
type Json = Readonly<Record<string, unknown>>;

const placeholder = /\{(sessionId|documentId|timestamp|number)\}/g;
const itsNumber = "{number}";
const ofAnId = /\{(?:sessionId|documentId)\}/;

/** Most texts are one place and no more, and each callback of a load has several. */
const wholePlaces = new Map(
  (["sessionId", "documentId", "timestamp"] as const).map((name): [string, keyof Places] => [`{${name}}`, name]),
);

function filledText(text: string, places: Places): string {
  const whole = wholePlaces.get(text);
  return whole === undefined ? text.replaceAll(placeholder, (_, name: keyof Places) => places[name]) : places[whole];
}

/** The body of one callback. */
export function filled(template: Template, places: Places): Json {
  const entries = Object.entries(template).map(([name, value]): [string, unknown] => [
    name,
    filledValue(value, places),
  ]);
  return Object.fromEntries(entries);
}

function filledValue(value: Template[string], places: Places): unknown {
  if (value === itsNumber) return Number(places.number);
  if (typeof value === "string") return filledText(value, places);
  return typeof value === "number" ? value : filled(value, places);
}

/** The headers of one callback, beside the content type and the signature. */
export const filledHeaders = ({ headers }: Names, places: Places): readonly (readonly [string, string])[] =>
  headers.map(([name, value]) => [name, filledText(value, places)]);

/** Headers that say what a callback is about. */
export const idHeaders = ({ headers }: Names): readonly string[] =>
  headers.flatMap(([name, value]) => (ofAnId.test(value) ? [name] : []));

/** The header that names one part of what a callback is about; null where none does. */
export const headerNaming = ({ headers }: Names, part: SubjectPart): string | null =>
  headers.find(([, value]) => value === `{${part}}`)?.[0] ?? null;

/** The header that names a session; null where none does. */
export const sessionHeaderOf = (names: Names): string | null => headerNaming(names, "sessionId");

/** Members of the body that name it, each as the way to it, `["data", "id"]`; the first one is there to stay. */
export const membersOf = ({ body }: Names, part: SubjectPart): readonly (readonly string[])[] =>
  waysTo(body, (value) => value === `{${part}}`);

/** The same of those that have a number of the service's own for it. */
export const numbersOf = ({ body }: Names): readonly (readonly string[])[] =>
  waysTo(body, (value) => value === itsNumber);

/** The member of the body that names a session. */
export const sessionMemberOf = (names: Names): readonly string[] => membersOf(names, "sessionId")[0] ?? [];

/**
 * A body with something else in each place of an id; undefined takes the member out.
 * @param part the ids of which; of all by default.
 */
export function withIds(names: Names, body: Json, change: (id: unknown) => unknown, part?: SubjectPart): Json {
  return waysTo(names.body, (value) => (part === undefined ? ofAnId.test(value) : value === `{${part}}`)).reduce(
    (changed, way) => changedAt(changed, way, change),
    body,
  );
}

/** What stands at the end of a way; undefined where it leads nowhere. */
export const valueAt = (body: unknown, way: readonly string[]): unknown =>
  way.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), body);

function waysTo(template: Template, wanted: (value: string) => boolean): readonly (readonly string[])[] {
  return Object.entries(template).flatMap(([name, value]) => {
    if (typeof value === "object") return waysTo(value, wanted).map((way) => [name, ...way]);
    return typeof value === "string" && wanted(value) ? [[name]] : [];
  });
}

function changedAt(body: Json, way: readonly string[], change: (id: unknown) => unknown): Json {
  const [name = "", ...further] = way;
  const value = body[name];
  const changed = further.length === 0 ? change(value) : isObject(value) ? changedAt(value, further, change) : value;
  return Object.fromEntries(
    Object.entries({ ...body, [name]: changed }).filter(([key, each]) => key !== name || each !== undefined),
  );
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

export const tellsTheTime = (template: Template): boolean => JSON.stringify(template).includes("{timestamp}");

/** Whether a number stands in the place of a member. */
export const isOfNumber = (member: Template[string]): member is number | typeof itsNumber =>
  member === itsNumber || typeof member === "number";

/** Whether a body has the members of a template and no others, with a text or a number where it has one. */
export function hasFormOf(template: Template[string], value: unknown): boolean {
  if (isOfNumber(template)) return typeof value === "number";
  if (typeof template === "string") return typeof value === "string" && value !== "";
  if (!isObject(value) || Array.isArray(value)) return false;
  const members = Object.entries(value);
  return (
    members.length === Object.keys(template).length &&
    members.every(([name, member]) => Object.hasOwn(template, name) && hasFormOf(template[name] ?? "", member))
  );
}

/** A body of another template about the same as a documented one, which may have more members. */
export function likeDocumented(template: Template, documented: unknown): Json {
  const entries = Object.entries(template).map(([name, value]): [string, unknown] => {
    const own = valueAt(documented, [name]);
    if (typeof value === "object") return [name, likeDocumented(value, own)];
    return [name, typeof value === "string" && value.startsWith("{") ? own : value];
  });
  return { ...(isObject(documented) ? documented : {}), ...Object.fromEntries(entries) };
}
