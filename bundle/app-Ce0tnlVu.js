import { j as UsageError } from "./main-C_aTT-j6.js";
import { createRequire } from "node:module";
import { Server, createServer } from "node:http";
import { inspect } from "node:util";
// src/lab/app/app-kind.ts
const isFunction = (value) => typeof value === "function";
async function appOf(exported) {
	if (exported instanceof Server) return {
		kind: "server",
		server: exported
	};
	if (exported === null || typeof exported !== "object" && !isFunction(exported)) return null;
	const known = exported;
	if (isFunction(known.routing) && isFunction(known.inject) && isFunction(known.ready)) {
		await known.ready();
		if (known.server instanceof Server) return {
			kind: "server",
			server: known.server
		};
		return {
			kind: "listener",
			listener: known.routing
		};
	}
	if (isFunction(known.callback) && isFunction(known.use)) return {
		kind: "listener",
		listener: known.callback()
	};
	if (isFunction(exported) && isFunction(known.handle)) return {
		kind: "listener",
		listener: isFunction(known.listen) ? exported : answering(exported)
	};
	if (isFunction(known.fetch)) return {
		kind: "fetch",
		fetch: known.fetch.bind(exported)
	};
	if (isFunction(known.emit) && isFunction(known.listeners)) return emitting(exported);
	if (!isFunction(exported)) return null;
	if (exported.length === 1) return {
		kind: "fetch",
		fetch: exported
	};
	if (exported.length === 2) return {
		kind: "listener",
		listener: exported
	};
	return exported.length > 2 ? {
		kind: "listener",
		listener: answering(exported)
	} : null;
}
function emitting(server) {
	if (server.listeners("request").length === 0) return null;
	return {
		kind: "listener",
		listener: (request, response) => server.emit("request", request, response)
	};
}
function answering(middleware) {
	const called = middleware;
	return (request, response) => called(request, response, (error) => {
		response.statusCode = error === void 0 ? 404 : 500;
		response.end();
	});
}
// src/lab/app/fetch-adapter.ts
function fetchAdapter(places) {
	for (const place of places) {
		const require = createRequire(place);
		try {
			require.resolve("@hono/node-server");
		} catch {
			continue;
		}
		const { getRequestListener } = require("@hono/node-server");
		const { RESPONSE_ALREADY_SENT: alreadySent } = require("@hono/node-server/utils/response");
		return {
			getRequestListener,
			alreadySent
		};
	}
	throw new UsageError("ERR_APP", "expected the package @hono/node-server, with which Node serves an app that answers a Request by a Response; found none: npm install --save-dev @hono/node-server");
}
// src/lab/app/request-listener.ts
const expectedApp = "a Fastify, Express, Koa or Hono app, an http.Server, a listener (req, res), a handler (Request) => Response, or a function without parameters that makes one of these";
async function requestListenerOf(exported) {
	const app = await madeApp(exported);
	if (app === null) throw new UsageError("ERR_APP", `expected ${expectedApp}, got ${shown(exported)}`);
	return listenerOf(app, [import.meta.url]);
}
async function madeApp(exported) {
	const app = await appOf(exported);
	if (app !== null || typeof exported !== "function") return app;
	const made = await exported();
	if (made instanceof Response) return {
		kind: "fetch",
		fetch: exported
	};
	return appOf(made);
}
function serverOf(app, file) {
	return app.kind === "server" ? app.server : createServer(listenerOf(app, [file, import.meta.url]));
}
function listenerOf(app, places) {
	switch (app.kind) {
		case "server": return (request, response) => app.server.emit("request", request, response);
		case "listener": return app.listener;
		case "fetch": return fetchListener(app.fetch, places);
	}
}
function fetchListener(fetch, places) {
	const { getRequestListener, alreadySent } = fetchAdapter(places);
	let made = null;
	const answer = getRequestListener(async (request, bindings) => {
		const returned = await fetch(request, bindings);
		if (returned instanceof Response) return returned;
		const app = await appOf(returned);
		if (app === null) throw new TypeError(`expected the app to return a Response, got ${shown(returned)}`);
		made = listenerOf(app, places);
		const { incoming, outgoing } = bindings;
		made(incoming, outgoing);
		return alreadySent;
	}, { overrideGlobalObjects: false });
	return (request, response) => (made ?? answer)(request, response);
}
function shown(value) {
	if (value === null || value === void 0) return String(value);
	if (typeof value === "function") return value.name === "" || value.name === "default" ? "a function" : `the function ${value.name}`;
	if (typeof value !== "object") return `${typeof value === "string" ? "the string " : ""}${JSON.stringify(value)}`;
	const keys = Object.keys(value);
	return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 5).join(", ")}`;
}
// src/report/cut.ts
function cutTo(mostCharacters, text) {
	return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
// src/lab/app/app-module.ts
const names = [
	"default",
	"app",
	"handler",
	"fetch",
	"server",
	"listener"
];
const factories = [
	"createApp",
	"buildApp",
	"build",
	"buildServer",
	"createServer"
];
async function appOfModule(namespace) {
	const exports = exportsOf(namespace);
	const app = await find(exports);
	if (app === null) throw new UsageError("ERR_APP", `expected it to export ${expectedApp}, as default or ${names.slice(1).join(", ")}; ${listed(namespace)}`);
	const { processed } = exports;
	return {
		app,
		processed: typeof processed === "function" ? processed : null
	};
}
async function find(exports) {
	for (const name of names) {
		const value = exports[name];
		if (name === "fetch" && typeof value === "function") return {
			kind: "fetch",
			fetch: value
		};
		const app = await madeApp(value);
		if (app !== null) return app;
	}
	for (const name of factories) {
		const make = exports[name];
		const app = typeof make === "function" ? await madeApp(await make({})) : null;
		if (app !== null) return app;
	}
	return null;
}
function exportsOf(namespace) {
	const { default: whole } = namespace;
	if (whole === null || typeof whole !== "object") return {
		...whole,
		...namespace
	};
	const inner = whole;
	const isTranspiled = "__esModule" in inner && "default" in inner;
	return {
		...isPlain(inner) ? inner : {},
		...namespace,
		default: isTranspiled ? inner["default"] : whole
	};
}
function isPlain(value) {
	const prototype = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
function listed({ default: whole, ...named }) {
	const exported = Object.keys(named).filter((name) => name !== "module.exports" && name !== "__esModule");
	if (whole !== void 0) exported.unshift(`${shown(whole)} as default`);
	return exported.length === 0 ? "it exports nothing" : `it exports ${exported.join(", ")}`;
}
// src/lab/app/error-text.ts
const ownLine = /^ +at (?:[^(\n]*\()?(?:file:\/\/)?\/(?!.*\/node_modules\/)(?:[^()]*\/)?(?<place>[^()/]+:\d+):\d+\)?$/m;
function errorText(error) {
	if (!(error instanceof Error)) return inspect(error, { breakLength: Infinity });
	const place = ownLine.exec(error.stack ?? "")?.groups?.["place"];
	const [message = ""] = String(error).split("\n");
	return place === void 0 ? message : `${message} (${place})`;
}
export { serverOf as a, requestListenerOf as i, appOfModule as n, appOf as o, cutTo as r, errorText as t };

//# sourceMappingURL=app-Ce0tnlVu.js.map