import { t as pulse } from "../messages-MEPI7yd-.js";
import { t as require_fake_timers_src } from "../fake-timers-DujAWaqf.js";
import { j as UsageError } from "../main-C_aTT-j6.js";
import { a as serverOf, n as appOfModule, r as cutTo, t as errorText } from "../app-Ce0tnlVu.js";
import { syncBuiltinESMExports } from "node:module";
import fs from "node:fs";
import { Server, Socket } from "node:net";
import { basename } from "node:path";
import { AsyncResource, createHook } from "node:async_hooks";
import workerThreads, { parentPort, workerData } from "node:worker_threads";
import { Duplex } from "node:stream";
import childProcess, { ChildProcess } from "node:child_process";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import { subscribe } from "node:diagnostics_channel";
import { StringDecoder } from "node:string_decoder";
// src/lab/app/worker/bridged-socket.ts
const peerAddress = "127.0.0.1";
const firstPeerPort = 5e4;
const windowBytes = 65536;
var BridgedSocket = class extends Duplex {
	remoteAddress = peerAddress;
	remoteFamily = "IPv4";
	remotePort;
	localAddress = peerAddress;
	localFamily = "IPv4";
	localPort = 80;
	connecting = false;
	pending = false;
	bytesRead = 0;
	bytesWritten = 0;
	timeout;
	#connection;
	#post;
	#underway = [];
	#roomMade = null;
	#idle;
	#isGone = false;
	#resets = false;
	constructor(connection, post) {
		super({ allowHalfOpen: true });
		this.#connection = connection;
		this.#post = post;
		this.remotePort = firstPeerPort + connection;
	}
	receive(bytes) {
		this.bytesRead += bytes.length;
		this.#refresh();
		this.push(bytes);
	}
	receiveEnd() {
		this.push(null);
	}
	receiveClose(isReset) {
		this.#isGone = true;
		this.destroy(isReset ? Object.assign(new Error("read ECONNRESET"), {
			code: "ECONNRESET",
			syscall: "read"
		}) : void 0);
	}
	receiveWritten() {
		this.#underway.shift();
		if (!this.#hasRoom()) return;
		const roomMade = this.#roomMade;
		this.#roomMade = null;
		roomMade?.();
	}
	address() {
		return {
			address: this.localAddress,
			family: this.localFamily,
			port: this.localPort
		};
	}
	setTimeout(ms, callback) {
		clearTimeout(this.#idle);
		this.timeout = ms;
		if (callback !== void 0) {
			if (ms > 0) this.once("timeout", callback);
			else this.off("timeout", callback);
		}
		this.#idle = ms > 0 ? setTimeout(() => this.emit("timeout"), ms) : void 0;
		return this;
	}
	setNoDelay() {
		return this;
	}
	setKeepAlive() {
		return this;
	}
	ref() {
		return this;
	}
	unref() {
		return this;
	}
	destroySoon() {
		if (this.writable) this.end();
		if (this.writableFinished) this.destroy();
		else this.once("finish", () => this.destroy());
	}
	resetAndDestroy() {
		this.#resets = true;
		return this.destroy();
	}
	_read() {}
	_write(chunk, _encoding, done) {
		this.bytesWritten += chunk.length;
		this.#refresh();
		this.#underway.push(chunk.length);
		this.#post({
			kind: "bytes",
			connection: this.#connection,
			bytes: chunk
		});
		if (this.#hasRoom()) done();
		else this.#roomMade = done;
	}
	_final(done) {
		this.#post({
			kind: "end",
			connection: this.#connection
		});
		done();
	}
	_destroy(error, done) {
		clearTimeout(this.#idle);
		if (!this.#isGone) this.#post({
			kind: this.#resets ? "reset" : "destroy",
			connection: this.#connection
		});
		done(error);
	}
	#hasRoom() {
		return this.#underway.reduce((sum, length) => sum + length, 0) < windowBytes;
	}
	#refresh() {
		this.#idle?.refresh();
	}
};
// src/lab/app/worker/children.ts
function watchChildren(tell) {
	const prototype = ChildProcess.prototype;
	const { spawn } = prototype;
	prototype.spawn = function watched(...args) {
		const result = Reflect.apply(spawn, this, args);
		const { pid } = this;
		if (pid !== void 0) {
			tell(pid, true);
			this.once("exit", () => tell(pid, false));
		}
		return result;
	};
}
// src/lab/app/worker/fake-time.ts
var import_fake_timers_src = require_fake_timers_src();
const startsAtMs = 864e5;
const delayOf = (ms) => Number(ms) >= 1 ? Math.trunc(Number(ms)) : 1;
function installFakeTime(now, timerSet) {
	const clock = (0, import_fake_timers_src.install)({
		now,
		toFake: [
			"setTimeout",
			"clearTimeout",
			"setInterval",
			"clearInterval",
			"Date",
			"hrtime",
			"Intl",
			"Temporal"
		],
		ignoreMissingTimers: true,
		shouldClearNativeTimers: true
	});
	const internals = clock;
	asNodeHasThem(internals, timerSet);
	const monotonic = () => startsAtMs + internals.performance.now();
	runsSince(startsAtMs);
	Object.defineProperty(performance, "now", {
		value: monotonic,
		configurable: true,
		writable: true
	});
	Object.defineProperty(performance, "timeOrigin", {
		value: now - startsAtMs,
		configurable: true
	});
	process.uptime = () => monotonic() / 1e3;
	AbortSignal.timeout = timeoutSignal;
	const wait = (ms, options) => timersPromises.setTimeout(ms, void 0, options);
	Object.defineProperty(timersPromises.scheduler, "wait", {
		value: wait,
		configurable: true,
		writable: true
	});
	syncBuiltinESMExports();
	return {
		now: () => clock.now,
		nextDue: () => internals.timerHeap?.peek()?.callAt ?? null,
		fireNext: () => void clock.next(),
		moveTo: (to) => void (to > clock.now && clock.tick(to - clock.now))
	};
}
function asNodeHasThem(clock, timerSet) {
	const { setTimeout, setInterval } = clock;
	const complete = (timer) => {
		timerSet();
		return Object.assign(timer, {
			close() {
				clock.clearTimeout(timer);
				return timer;
			},
			[Symbol.dispose]: () => clock.clearTimeout(timer)
		});
	};
	const bound = (callback) => typeof callback === "function" ? AsyncResource.bind(callback) : callback;
	clock.setTimeout = (callback, ms, ...args) => complete(setTimeout(bound(callback), delayOf(ms), ...args));
	clock.setInterval = (callback, ms, ...args) => complete(setInterval(bound(callback), delayOf(ms), ...args));
	Object.defineProperty(globalThis.setTimeout, promisify.custom, { get: () => timersPromises.setTimeout });
}
function runsSince(ms) {
	const { hrtime } = process;
	const { bigint } = hrtime;
	const baseSeconds = Math.trunc(ms / 1e3);
	const moved = (earlier) => {
		const [seconds, nanoseconds] = hrtime();
		if (earlier === void 0) return [seconds + baseSeconds, nanoseconds];
		const difference = nanoseconds - earlier[1];
		const borrows = difference < 0 ? 1 : 0;
		return [seconds + baseSeconds - earlier[0] - borrows, difference + borrows * 1e9];
	};
	process.hrtime = Object.assign(moved, { bigint: () => bigint() + BigInt(baseSeconds) * 1000000000n });
}
function timeoutSignal(ms) {
	const controller = new AbortController();
	setTimeout(() => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")), ms);
	return controller.signal;
}
// src/lab/app/worker/real-time.ts
const { performance: performance$1 } = globalThis;
const { setImmediate, setTimeout: setTimeout$1 } = globalThis;
const wallNow = performance$1.now.bind(performance$1);
// src/lab/app/worker/in-flight.ts
const patienceMs$2 = 1e4;
const childPatienceMs = 2e3;
const unobserved = new Set([
	"PROMISE",
	"TickObject",
	"Microtask",
	"Timeout",
	"HTTPINCOMINGMESSAGE",
	"HTTPCLIENTREQUEST"
]);
const handles = /^(Immediate|(TCP|PIPE)(SERVER|CONNECT)?WRAP|(TTY|UDP|JSUDP|TLS|SIGNAL)WRAP|FSEVENTWRAP|STATWATCHER|FILEHANDLE|DIRHANDLE|MESSAGEPORT|WORKER|HTTP2SESSION|HTTP2STREAM|JSSTREAM|STREAMPIPE|BLOBREADER|DNSCHANNEL|ELDHISTOGRAM|INSPECTORJSBINDING|QUIC.*|.*WATCHDOG)$/;
var InFlight = class {
	#observed = new Set();
	#requests = new Map();
	#jobs = new Set();
	#compressors = new Map();
	#filesSinceMs = null;
	#own = false;
	constructor(stirred) {
		createHook({
			init: (id, type, _trigger, resource) => this.#begin(id, type, resource),
			before: (id) => {
				if (this.#observed.has(id)) stirred();
			},
			after: (id) => this.#requests.delete(id),
			destroy: (id) => {
				this.#observed.delete(id);
				this.#requests.delete(id);
				this.#jobs.delete(id);
				this.#compressors.delete(id);
			}
		}).enable();
	}
	apart(work) {
		this.#own = true;
		try {
			return work();
		} finally {
			this.#own = false;
		}
	}
	any() {
		return this.#awaitsRequest() || this.#awaitsFile() || [...this.#compressors.values()].some(({ buffer }) => buffer);
	}
	#begin(id, type, resource) {
		if (unobserved.has(type) || this.#own && type === "Immediate" || resource instanceof AsyncResource) return;
		this.#observed.add(id);
		if (type === "ZLIB" || type === "BROTLI" || type === "ZSTD") this.#compressors.set(id, resource);
		else if (!handles.test(type) || type === "MESSAGEPORT" && isCalledBy("makeAsyncRequest")) this.#requests.set(id, {
			resource,
			untilMs: wallNow() + (type === "PROCESSWRAP" ? childPatienceMs : patienceMs$2)
		});
		if (type.endsWith("REQUEST") && !isCalledBy("jobPromise")) this.#jobs.add(id);
	}
	#awaitsRequest() {
		const now = wallNow();
		for (const [id, { resource, untilMs }] of this.#requests) if (this.#jobs.delete(id) && resource.ondone === void 0 || untilMs < now) this.#requests.delete(id);
		return this.#requests.size > 0;
	}
	#awaitsFile() {
		if (!process.getActiveResourcesInfo().includes("FSReqPromise")) {
			this.#filesSinceMs = null;
			return false;
		}
		this.#filesSinceMs ??= wallNow();
		return wallNow() - this.#filesSinceMs < patienceMs$2;
	}
};
const isCalledBy = (name) => new Error().stack?.includes(name) === true;
// src/lab/app/worker/load-app.ts
async function loadApp(fileUrl) {
	try {
		const { app, processed } = await appOfModule(await import(fileUrl));
		return {
			server: serverOf(app, fileUrl),
			processed: processed && counting(processed)
		};
	} catch (error) {
		if (error instanceof UsageError) throw error;
		throw new Error(`while it was loaded, it threw ${errorText(error)}`, { cause: error });
	}
}
function counting(processed) {
	return async (sessionId) => {
		const count = await processed(sessionId);
		if (Number.isInteger(count) && count >= 0) return count;
		throw new Error(`expected its processed(sessionId) to return a whole number, got ${String(count)}`);
	};
}
// src/lab/app/worker/own-time.ts
const tools = new Set(["esbuild"]);
const stores = /sql|duckdb|rocksdb|redis|mongo/i;
function watchOwnTime(met, threads) {
	watchPeers(met);
	watchProcesses(met);
	watchThreads(met, threads);
	watchAddOns(met);
	watchBuiltInDatabase(met);
}
function watchPeers(met) {
	const own = new Set();
	const { emit } = Server.prototype;
	Server.prototype.emit = function observed(name, ...args) {
		if (name === "listening") own.add(this.address()?.port ?? 0);
		return Reflect.apply(emit, this, [name, ...args]);
	};
	const prototype = Socket.prototype;
	const { connect } = prototype;
	prototype.connect = function observed(...args) {
		const { name, port } = peerOf$1(args);
		this.once("connect", () => {
			if (port === null || !own.has(port)) met(name);
		});
		return Reflect.apply(connect, this, args);
	};
}
function peerOf$1(args) {
	const [target, host] = Array.isArray(args[0]) ? args[0] : args;
	const given = typeof target === "object" && target !== null ? target : {
		port: target,
		...typeof host === "string" && { host }
	};
	const port = Number(given.port);
	if (given.port === void 0 || Number.isNaN(port)) return {
		name: given.path ?? String(given.port),
		port: null
	};
	return {
		name: `${given.host ?? "localhost"}:${port}`,
		port
	};
}
const synchronous = [
	"spawnSync",
	"execSync",
	"execFileSync"
];
function watchProcesses(met) {
	const started = (file) => {
		const name = basename(String(file).split(" ", 1)[0] ?? "");
		if (!tools.has(name)) met(`the process ${name}`);
	};
	const prototype = childProcess.ChildProcess.prototype;
	const { spawn } = prototype;
	prototype.spawn = function observed(...args) {
		const [options] = args;
		const isShell = options?.args?.[1] === "-c";
		started(isShell ? options.args?.[2] : options?.file);
		return Reflect.apply(spawn, this, args);
	};
	const patched = childProcess;
	for (const name of synchronous) {
		const original = patched[name];
		patched[name] = (...args) => {
			started(args[0]);
			return original?.(...args);
		};
	}
	syncBuiltinESMExports();
}
function watchThreads(met, waits) {
	const { Worker } = workerThreads;
	const prototype = Worker.prototype;
	const { postMessage } = prototype;
	prototype.postMessage = function observed(...args) {
		waits.asked(this);
		postMessage.apply(this, args);
	};
	const patched = class extends Worker {
		constructor(...args) {
			super(...args);
			const file = String(args[0]);
			met(args[1]?.eval === true || file.startsWith("data:") ? "a worker thread" : `the worker thread ${basename(file)}`);
			waits.asked(this);
			for (const news of [
				"message",
				"error",
				"exit"
			]) this.prependListener(news, () => waits.answered(this));
		}
	};
	Object.defineProperty(patched, "name", { value: "Worker" });
	workerThreads.Worker = patched;
	syncBuiltinESMExports();
}
function watchAddOns(met) {
	const { dlopen } = process;
	process.dlopen = (module, file, flags) => {
		const name = basename(file);
		if (stores.test(name)) met(`the database in ${name}`);
		return flags === void 0 ? dlopen(module, file) : dlopen(module, file, flags);
	};
}
function watchBuiltInDatabase(met) {
	const { emitWarning } = process;
	process.emitWarning = () => {};
	const sqlite = process.getBuiltinModule?.("node:sqlite");
	process.emitWarning = emitWarning;
	const prototype = sqlite?.DatabaseSync?.prototype;
	if (prototype === void 0) return;
	for (const name of ["prepare", "exec"]) {
		const original = prototype[name];
		prototype[name] = function observed(...args) {
			met("the database of node:sqlite");
			return original?.apply(this, args);
		};
	}
}
// src/lab/app/worker/peer-waits.ts
const patienceMs$1 = {
	exchange: 6e3,
	socket: 2e3
};
const impatienceMs$1 = {
	exchange: 500,
	socket: 100
};
const pieceMs = 5;
var PeerWaits = class {
	#sockets = new Map();
	#exchanges = new Map();
	#silent = new Set();
	constructor() {
		this.#watchSockets();
		this.#watchExchanges();
	}
	any() {
		const now = wallNow();
		let any = false;
		for (const [socket, seen] of this.#sockets) if (this.#isAwaited(socket, seen, now)) any = true;
		for (const [request, debt] of this.#exchanges) if (this.#isDue(debt, now, "exchange")) any = true;
		else {
			this.#exchanges.delete(request);
			this.#silent.add(debt.peer);
		}
		return any;
	}
	#isAwaited(socket, seen, now) {
		const { peer, asked } = seen;
		if (socket.bytesRead > seen.bytesRead) {
			seen.bytesRead = socket.bytesRead;
			seen.readAtMs = now;
			this.#silent.delete(peer);
		}
		if (asked === null || socket.bytesRead > asked.bytesRead) return now - seen.readAtMs < pieceMs;
		if (this.#isDue({
			peer,
			sinceMs: asked.sinceMs
		}, now, "socket")) return true;
		this.#silent.add(peer);
		seen.asked = null;
		return false;
	}
	#isDue({ peer, sinceMs }, now, what) {
		return now - sinceMs < (this.#silent.has(peer) ? impatienceMs$1 : patienceMs$1)[what];
	}
	#watchSockets() {
		const sockets = this.#sockets;
		const prototype = Socket.prototype;
		const { connect, _writeGeneric } = prototype;
		prototype.connect = function observed(...args) {
			const asked = {
				sinceMs: wallNow(),
				bytesRead: this.bytesRead
			};
			sockets.set(this, {
				peer: peerOf(args),
				asked,
				bytesRead: this.bytesRead,
				readAtMs: -Infinity
			});
			this.once("connect", () => {
				const seen = sockets.get(this);
				if (seen?.asked === asked) seen.asked = null;
			});
			this.once("close", () => sockets.delete(this));
			return Reflect.apply(connect, this, args);
		};
		prototype._writeGeneric = function observed(...args) {
			const seen = sockets.get(this);
			if (seen !== void 0) seen.asked = {
				sinceMs: wallNow(),
				bytesRead: this.bytesRead
			};
			return Reflect.apply(_writeGeneric, this, args);
		};
	}
	#watchExchanges() {
		const begin = (request, peer) => {
			this.#exchanges.set(request, {
				peer,
				sinceMs: wallNow()
			});
		};
		const end = (request) => {
			this.#silent.delete(this.#exchanges.get(request)?.peer ?? "");
			this.#exchanges.delete(request);
		};
		subscribe("http.client.request.start", (message) => {
			const { request } = message;
			begin(request, request.host);
			request.once("close", () => end(request));
		});
		subscribe("undici:request:create", (message) => {
			const { request } = message;
			begin(request, String(request.origin));
		});
		for (const name of ["undici:request:trailers", "undici:request:error"]) subscribe(name, (message) => end(message.request));
	}
};
function peerOf(args) {
	const [target] = Array.isArray(args[0]) ? args[0] : args;
	if (typeof target !== "object" || target === null) return args.filter((arg) => typeof arg !== "function").join(" ");
	const { host = "", port = "", path = "" } = target;
	return `${host} ${port}${path}`;
}
// src/lab/app/worker/pretended-listening.ts
function pretendListening() {
	const { listen } = Server.prototype;
	Server.prototype.listen = function pretended(...args) {
		const asked = addressIn(args);
		if (asked === null) return Reflect.apply(listen, this, args);
		const listener = args.findLast((arg) => typeof arg === "function");
		if (listener !== void 0) this.once("listening", listener);
		Object.defineProperty(this, "listening", {
			value: true,
			configurable: true,
			writable: true
		});
		this.address = () => asked;
		this.close = (done) => {
			Object.defineProperty(this, "listening", {
				value: false,
				configurable: true,
				writable: true
			});
			if (done !== void 0) this.once("close", done);
			process.nextTick(() => this.emit("close"));
			return this;
		};
		process.nextTick(() => this.emit("listening"));
		return this;
	};
}
function addressIn([target, host]) {
	const options = typeof target === "object" && target !== null ? target : {
		port: target,
		...typeof host === "string" && { host }
	};
	const port = Number(options.port);
	if (port > 0) return {
		port,
		address: options.host ?? "::",
		family: options.host?.includes(":") === false ? "IPv4" : "IPv6"
	};
	return options.path ?? (typeof target === "string" && Number.isNaN(port) ? target : void 0) ?? null;
}
// src/lab/app/worker/printed.ts
const longestLine = 16384;
function takePrinted(tell) {
	const streams = [new Lines(tell), new Lines(tell)];
	takeStream(process.stdout, streams[0]);
	takeStream(process.stderr, streams[1]);
	takeDescriptors(new Map([[1, streams[0]], [2, streams[1]]]));
	return () => {
		for (const lines of streams) lines.flush();
	};
}
var Lines = class {
	#tell;
	#decoder = new StringDecoder();
	#begun = "";
	constructor(tell) {
		this.#tell = tell;
	}
	take(chunk, encoding) {
		const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
		const lines = `${this.#begun}${this.#decoder.write(bytes)}`.split("\n");
		this.#begun = (lines.pop() ?? "").slice(0, 16385);
		for (const line of lines) this.#tell(cutTo(longestLine, line));
	}
	flush() {
		if (this.#begun !== "") this.take("\n");
	}
};
function takeStream(stream, lines) {
	const write = (chunk, encoding, done) => {
		const written = typeof encoding === "function" ? encoding : done;
		lines.take(chunk, typeof encoding === "string" ? encoding : void 0);
		if (typeof written === "function") process.nextTick(() => written());
		return true;
	};
	stream.write = write;
}
function takeDescriptors(descriptors) {
	const { write, writeSync } = fs;
	const taken = (descriptor, data, rest) => {
		const lines = descriptors.get(descriptor);
		if (lines === void 0) return null;
		const bytes = typeof data === "string" ? Buffer.from(data, rest.find((each) => typeof each === "string")) : partOf(data, rest);
		lines.take(bytes);
		return bytes.length;
	};
	const patched = fs;
	patched.writeSync = (descriptor, data, ...rest) => taken(descriptor, data, rest) ?? Reflect.apply(writeSync, fs, [
		descriptor,
		data,
		...rest
	]);
	patched.write = (descriptor, data, ...rest) => {
		const length = taken(descriptor, data, rest);
		if (length === null) return Reflect.apply(write, fs, [
			descriptor,
			data,
			...rest
		]);
		const done = rest.findLast((each) => typeof each === "function");
		process.nextTick(() => done?.(null, length, data));
	};
	syncBuiltinESMExports();
}
function partOf(view, [from, count]) {
	const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
	const { offset, length } = typeof from === "object" && from !== null ? from : {
		offset: from,
		length: count
	};
	const start = typeof offset === "number" ? offset : 0;
	return bytes.subarray(start, typeof length === "number" ? start + length : void 0);
}
// src/lab/app/worker/quiescence.ts
const quietTurns = 2;
const fastTurns = 300;
var Quiescence = class {
	#options;
	#isResting = false;
	#quiet = 0;
	#waited = 0;
	constructor(options) {
		this.#options = options;
		this.#next();
	}
	stir() {
		this.#begin();
		if (!this.#isResting) return;
		this.#isResting = false;
		this.#options.woken();
		this.#next();
	}
	#begin() {
		this.#quiet = 0;
		this.#waited = 0;
	}
	#next() {
		const { inFlight } = this.#options;
		inFlight.apart(() => {
			if (this.#waited <= fastTurns) setImmediate(() => this.#turn());
			else setTimeout$1(() => this.#turn(), 1);
		});
	}
	#turn() {
		const { inFlight, peers, threads, goOn, turned } = this.#options;
		turned();
		this.#quiet += 1;
		if (this.#quiet > quietTurns) {
			if (inFlight.any() || peers.any() || threads.any()) this.#waited += 1;
			else if (goOn()) this.#begin();
			else {
				this.#isResting = true;
				return;
			}
		}
		this.#next();
	}
};
// src/lab/app/worker/socket-timeouts.ts
function takeSocketTimeouts() {
	const timers = new WeakMap();
	const prototype = Socket.prototype;
	const { _unrefTimer } = prototype;
	prototype._unrefTimer = function refreshed() {
		timers.get(this)?.refresh();
		_unrefTimer.call(this);
	};
	Socket.prototype.setTimeout = function taken(ms, callback) {
		Object.assign(this, { timeout: ms });
		clearTimeout(timers.get(this));
		timers.delete(this);
		if (ms > 0) {
			if (callback !== void 0) this.once("timeout", callback);
			const timer = setTimeout(() => {
				if (!this.destroyed) this._onTimeout();
			}, ms);
			timers.set(this, timer);
		} else if (callback !== void 0) this.off("timeout", callback);
		return this;
	};
}
// src/lab/app/worker/thread-waits.ts
const patienceMs = 5e3;
const impatienceMs = 100;
var ThreadWaits = class {
	#asked = new Map();
	#silent = new WeakSet();
	asked(thread) {
		this.#asked.set(thread, wallNow());
	}
	answered(thread) {
		this.#silent.delete(thread);
		this.#asked.delete(thread);
	}
	any() {
		const now = wallNow();
		let any = false;
		for (const [thread, sinceMs] of this.#asked) if (now - sinceMs < (this.#silent.has(thread) ? impatienceMs : patienceMs)) any = true;
		else {
			this.#silent.add(thread);
			this.#asked.delete(thread);
		}
		return any;
	}
};
// src/lab/app/worker/arrivals.ts
function watchArrivals(server, sessionHeader, tell) {
	const arrivals = new Map();
	server.prependListener("request", (request, response) => {
		response.setHeader("Date", new Date().toUTCString());
		const sessionId = [request.headers[sessionHeader]].flat()[0] ?? "";
		const arrival = (arrivals.get(sessionId) ?? 0) + 1;
		arrivals.set(sessionId, arrival);
		let isOver = false;
		let isGone = false;
		response.once("close", () => isGone = !response.headersSent);
		const ending = response;
		const { end } = ending;
		ending.end = (...args) => {
			if (isGone && !isOver) tell({
				sessionId,
				arrival,
				status: response.statusCode
			});
			isOver = true;
			return end.apply(response, args);
		};
	});
}
// src/lab/app/worker/app-worker.ts
const processId = 2 ** 22 + 1;
const start = workerData;
const beat = new BigInt64Array(start.pulse);
Atomics.store(beat, pulse.now, BigInt(start.now));
const queue = [];
const sockets = new Map();
let received = 0;
let clearUntil = -Infinity;
let server = null;
let announce = null;
let processed = null;
for (const loader of start.loaders) (await import(loader)).register();
const time = installFakeTime(start.now, () => quiescence.stir());
const inFlight = new InFlight(() => quiescence.stir());
const threads = new ThreadWaits();
const quiescence = new Quiescence({
	inFlight,
	peers: new PeerWaits(),
	threads,
	goOn,
	woken: () => tell({ kind: "busy" }),
	turned: () => Atomics.add(beat, pulse.turns, 1n)
});
const endLines = takePrinted((text) => post({
	kind: "printed",
	text
}));
watchOwnTime((name) => tell({
	kind: "own-time",
	name
}), threads);
watchChildren((pid, isAlive) => tell({
	kind: "child",
	pid,
	isAlive
}));
takeSocketTimeouts();
pretendListening();
Object.defineProperty(process, "pid", { value: processId });
process.on("exit", endLines);
parentPort?.on("message", (message) => {
	quiescence.stir();
	clearUntil = -Infinity;
	if (message.kind === "written") {
		received += 1;
		sockets.get(message.connection)?.receiveWritten();
	} else queue.push(message);
});
loadApp(start.fileUrl).then((app) => {
	({server, processed} = app);
	watchArrivals(server, start.sessionHeader, (late) => post({
		kind: "answered-late",
		...late
	}));
	announce = () => post({
		kind: "loaded",
		tellsProcessed: processed !== null
	});
	quiescence.stir();
}, (error) => post({
	kind: "unusable",
	reason: error.message
}));
function post(content) {
	quiescence.stir();
	tell(content);
	if (content.kind !== "printed" && content.kind !== "answered-late") clearUntil = -Infinity;
}
function tell(content) {
	parentPort?.postMessage({
		...content,
		at: time.now()
	});
}
function goOn() {
	const until = queue[0]?.now ?? time.now();
	const due = time.nextDue();
	if (due !== null && (due <= until || due < clearUntil)) {
		fire();
		return true;
	}
	time.moveTo(until);
	Atomics.store(beat, pulse.now, BigInt(time.now()));
	const message = queue.shift();
	if (message !== void 0) {
		received += 1;
		take(message);
		return true;
	}
	if (announce !== null) {
		announce();
		announce = null;
		return true;
	}
	endLines();
	tell({
		kind: "idle",
		received,
		nextDue: due
	});
	return false;
}
function fire() {
	Atomics.store(beat, pulse.now, BigInt(time.nextDue() ?? time.now()));
	try {
		time.fireNext();
	} catch (error) {
		queueMicrotask(() => {
			throw error;
		});
	}
}
function take(message) {
	switch (message.kind) {
		case "advance":
			clearUntil = message.clearUntil;
			return;
		case "written": return;
		case "open": return open(message.connection);
		case "bytes": return sockets.get(message.connection)?.receive(message.bytes);
		case "end": return sockets.get(message.connection)?.receiveEnd();
		case "closed": return sockets.get(message.connection)?.receiveClose(message.reset);
		case "count":
			count(message.question, message.sessionId);
			return;
	}
}
function open(connection) {
	const socket = new BridgedSocket(connection, post);
	sockets.set(connection, socket);
	socket.on("error", () => {});
	socket.once("close", () => sockets.delete(connection));
	server?.emit("connection", socket);
}
async function count(question, sessionId) {
	try {
		post({
			kind: "counted",
			question,
			count: Number(await processed?.(sessionId))
		});
	} catch (error) {
		post({
			kind: "uncounted",
			question,
			reason: error instanceof Error ? error.message : String(error)
		});
	}
}
export {};

//# sourceMappingURL=app-worker.js.map