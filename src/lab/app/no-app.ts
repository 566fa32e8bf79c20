import { types } from "node:util";

/** For messages: what an app is. */
export const expectedApp =
  "a Fastify, Express, Koa, Hono, NestJS, h3, hapi, Polka or restify app, an http.Server, a listener (req, res), a handler (Request) => Response, or a function without parameters that makes one of these";

/** What answers no requests of itself, though it looks like it, and what to export instead. */
interface Misfit {
  readonly is: (value: object) => boolean;
  readonly instead: (name: string) => string;
}

/** What makes objects, and can itself answer nothing. */
const isClass = (value: unknown): value is new () => object =>
  typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));

const parameters =
  /^(?:async\s+)?(?:function\s*)?(?:[\w$]+\s*)?\(?\s*(?<first>[\w$]+)\s*(?:,\s*(?<second>[\w$]+))?\s*[,)=]/;

/** Whether a function of two parameters or more calls its first ones so. */
function isCalledWith(value: object, first: RegExp, second: RegExp): boolean {
  if (typeof value !== "function" || value.length < 2) return false;
  const named = parameters.exec(Function.prototype.toString.call(value))?.groups;
  return first.test(named?.["first"] ?? "") && second.test(named?.["second"] ?? "");
}

interface Metadata {
  getMetadataKeys?(target: object): readonly unknown[];
}

const misfits: readonly Misfit[] = [
  {
    // A module of NestJS
    is: (value) =>
      isClass(value) &&
      ((Reflect as Metadata).getMetadataKeys?.(value) ?? []).some((key) => key === "controllers" || key === "imports"),
    instead: (name) => `what NestFactory.create(${name}) makes`,
  },
  { is: isClass, instead: (name) => `an instance of it, as new ${name}() makes` },
  {
    // A plugin of Fastify
    is: (value) => Symbol.for("skip-override") in value || isCalledWith(value, /^(fastify|instance)$/, /./),
    instead: () => "a Fastify app that registers it",
  },
  { is: (value) => isCalledWith(value, /^(ctx|context|c)$/, /^next$/), instead: () => "an app that uses it" },
  // A router of Koa
  { is: (value) => "allowedMethods" in value && "routes" in value, instead: () => "a Koa app that uses its routes()" },
  {
    // A function of AWS Lambda, whose first parameter is no request
    is: (value) => isCalledWith(value, /^_?(event|evt)$/, /^_?(context|ctx)$/),
    instead: () => "a listener (req, res) or a handler (Request) => Response that calls it",
  },
];

const misfitOf = (value: unknown): Misfit | undefined =>
  (typeof value === "object" && value !== null) || typeof value === "function"
    ? misfits.find(({ is }) => !types.isProxy(value) && is(value))
    : undefined;

/** It would be taken for an app by its form, and is none. */
export const isMisfit = (value: unknown): boolean => misfitOf(value) !== undefined;

/** What to export in its place, as a clause that ends a sentence; empty where nothing is known of it. */
export function insteadOf(value: unknown): string {
  const misfit = misfitOf(value);
  if (misfit === undefined) return "";
  const { name } = value as { readonly name?: unknown };
  return `: export ${misfit.instead(typeof name === "string" ? name : "")} instead`;
}

/** A value, as a sentence names it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function") {
    const kind = isClass(value) ? "class" : "function";
    return value.name === "" || value.name === "default" ? `a ${kind}` : `the ${kind} ${value.name}`;
  }
  if (typeof value !== "object") return `${typeof value === "string" ? "the string " : ""}${JSON.stringify(value)}`;
  const keys = Object.keys(value);
  return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 5).join(", ")}`;
}
