import { _ as parseCallbackUrl, b as systemClock, o as createSender } from "./sender-liWPum1j.js";
import { j as UsageError, p as defaults } from "./main-C_aTT-j6.js";
import { F as ProbeError, b as showControlCharacters } from "./lab-DQqfHKWn.js";
import { t as errorText } from "./app-Ce0tnlVu.js";
import { t as pulse } from "./messages-MEPI7yd-.js";
import { r as seenIn } from "./runner-COkQzweF.js";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { pathToFileURL } from "node:url";
import { basename, extname, resolve } from "node:path";
import { features, kill } from "node:process";
import { Worker } from "node:worker_threads";
import { stat as stat$1 } from "node:fs/promises";
// src/lab/app/worker-file.ts
const typescript = new Set([
	".ts",
	".tsx",
	".mts",
	".cts"
]);
function workerUrl() {
	const url = (extension) => new URL(`worker/app-worker${extension}`, import.meta.url);
	if (extname(import.meta.url) === ".js") return url(".js");
	const [loader] = tsxFrom(import.meta.url) ?? [];
	const program = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(url(".ts"))});`;
	return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}
function loadersFor(appFile) {
	if (!typescript.has(extname(appFile))) return [];
	const tsx = tsxFrom(appFile);
	if (tsx !== null) return tsx;
	if (features.typescript) return [];
	throw new UsageError("ERR_APP", `--app: expected tsx among the packages of the app's project, or a Node that strips types (22.18 or later), to load ${appFile}`);
}
function tsxFrom(file) {
	try {
		const { resolve } = createRequire(file);
		const files = [resolve("tsx/esm/api").replace(/\.cjs$/, ".mjs"), resolve("tsx/cjs/api")];
		return files.every((each) => existsSync(each)) ? files.map((each) => pathToFileURL(each).href) : null;
	} catch {
		return null;
	}
}
// src/lab/app/app-thread.ts
const blockedAfterMs = 1e4;
const restsForChildren = 100;
var AppThread = class {
	#options;
	#clock;
	#worker;
	#pulse = new BigInt64Array(new SharedArrayBuffer(pulse.length * BigInt64Array.BYTES_PER_ELEMENT));
	#gone;
	#children = new Set();
	#sent = 0;
	#hold;
	#ahead = [];
	#wake = null;
	#watch = null;
	#isOver = false;
	constructor(options) {
		const { start, clock, env } = options;
		this.#options = options;
		this.#clock = clock;
		this.#hold = clock.hold();
		this.#worker = new Worker(workerUrl(), {
			workerData: {
				...start,
				now: clock.now(),
				pulse: this.#pulse.buffer
			},
			stdout: true,
			stderr: true,
			argv: [],
			...env && { env }
		});
		this.#worker.on("message", (message) => this.#receive(message));
		let error;
		this.#worker.on("error", (thrown) => error = thrown);
		this.#gone = new Promise((resolve) => {
			this.#worker.once("exit", (code) => {
				this.#end(error === void 0 ? `the app ended itself with exit code ${code}` : `an error that nothing caught ended the app: ${errorText(error)}`);
				this.#killChildren();
				resolve();
			});
		});
		this.#watchTurns();
	}
	post(content) {
		if (this.#isOver) return;
		this.#sent += 1;
		this.#worker.postMessage({
			...content,
			now: this.#clock.now()
		});
		if (this.#ahead.length === 0) this.#holdTime();
	}
	async close() {
		this.#isOver = true;
		this.#letGo();
		this.#killChildren();
		for (let rest = 0; rest < restsForChildren && this.#children.size > 0; rest += 1) await systemClock.sleep(1);
		await this.#worker.terminate();
		await this.#gone;
	}
	#receive(received) {
		if (received.kind === "child") return this.#keepChild(received.pid, received.isAlive);
		if (this.#isOver) return;
		this.#ahead.push(received);
		if (this.#ahead.length === 1) this.#takeIn();
	}
	#takeIn() {
		for (let next = this.#ahead[0]; next !== void 0 && !this.#isOver; next = this.#ahead[0]) {
			const aheadMs = next.at - this.#clock.now();
			if (aheadMs > 0) {
				this.#letGo();
				this.#wake = this.#clock.timer(aheadMs, () => {
					this.#holdTime();
					this.#takeIn();
				});
				return;
			}
			this.#ahead.shift();
			this.#take(next);
		}
	}
	#take(received) {
		switch (received.kind) {
			case "busy": return this.#holdTime();
			case "idle":
				if (received.received === this.#sent) this.#rest(received.nextDue);
				return;
			case "child": return;
			case "ended":
				this.#isOver = true;
				this.#options.ended(received.how);
				return this.#letGo();
			default: return this.#options.told(received);
		}
	}
	#rest(nextDue) {
		this.#letGo();
		if (nextDue === null) return;
		this.#wake = this.#clock.timer(nextDue - this.#clock.now(), () => {
			this.post({
				kind: "advance",
				clearUntil: this.#clock.jumpsTo()
			});
		});
	}
	#holdTime() {
		this.#wake?.cancel();
		this.#wake = null;
		if (this.#hold !== null) return;
		this.#hold = this.#clock.hold();
		this.#watchTurns();
	}
	#letGo() {
		this.#wake?.cancel();
		this.#wake = null;
		this.#watch?.cancel();
		this.#watch = null;
		this.#hold?.release();
		this.#hold = null;
	}
	#keepChild(pid, isAlive) {
		if (isAlive) this.#children.add(pid);
		else this.#children.delete(pid);
	}
	#killChildren() {
		for (const pid of this.#children) try {
			kill(pid, "SIGKILL");
		} catch {}
	}
	#watchTurns() {
		const turns = Atomics.load(this.#pulse, pulse.turns);
		this.#watch = systemClock.timer(blockedAfterMs, () => {
			const now = Atomics.load(this.#pulse, pulse.turns);
			if (now === 0n || now !== turns) return this.#watchTurns();
			this.#end(`the app blocked its event loop for ${blockedAfterMs / 1e3} seconds`);
			this.#worker.terminate();
		});
	}
	#end(how) {
		this.#receive({
			kind: "ended",
			at: Number(Atomics.load(this.#pulse, pulse.now)),
			how
		});
	}
};
// src/lab/app/bridge.ts
async function createBridge(clock, post) {
	const spans = new Map();
	let count = 0;
	const server = createServer({
		allowHalfOpen: true,
		noDelay: true
	}, (socket) => {
		count += 1;
		const number = count;
		const span = new Span(number, socket, clock, post);
		spans.set(number, span);
		socket.once("close", () => spans.delete(number));
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address();
	return {
		port,
		carry: (message) => spans.get(message.connection)?.carry(message),
		collapse() {
			server.close();
			for (const span of spans.values()) span.reset();
		},
		async close() {
			const closed = server.listening ? once(server, "close") : null;
			if (closed !== null) server.close();
			for (const span of spans.values()) span.destroy();
			await closed;
		}
	};
}
const restsAfterWriting = 5;
var Span = class {
	#socket;
	#clock;
	#senderPort;
	#lent = null;
	#written;
	#doing = Promise.resolve();
	#carried = 0;
	constructor(connection, socket, clock, post) {
		this.#socket = socket;
		this.#clock = clock;
		this.#senderPort = socket.remotePort ?? 0;
		post({
			kind: "open",
			connection
		});
		socket.on("data", (bytes) => {
			post({
				kind: "bytes",
				connection,
				bytes: new Uint8Array(bytes)
			});
			this.#lend();
		});
		socket.once("end", () => post({
			kind: "end",
			connection
		}));
		let reset = false;
		socket.on("error", () => reset = true);
		socket.once("close", () => {
			post({
				kind: "closed",
				connection,
				reset
			});
			this.#takeBack();
		});
		this.#written = () => post({
			kind: "written",
			connection
		});
	}
	carry(message) {
		this.#takeBack();
		this.#carried += 1;
		this.#doing = this.#doing.then(() => this.#do(message));
	}
	reset() {
		this.#takeBack();
		this.#socket.resetAndDestroy();
	}
	destroy() {
		this.#takeBack();
		this.#socket.destroy();
	}
	async #do(message) {
		const socket = this.#socket;
		if (socket.destroyed) return;
		switch (message.kind) {
			case "bytes":
				await new Promise((resolve) => {
					socket.write(message.bytes, () => resolve());
				});
				this.#written();
				this.#lendAgain();
				return;
			case "end":
				socket.end();
				this.#lendAgain();
				return;
			case "destroy": return this.destroy();
			case "reset":
				await systemClock.sleep(0);
				return this.reset();
		}
	}
	async #lendAgain() {
		const carried = this.#carried;
		for (let rest = 0; rest < restsAfterWriting; rest += 1) {
			await systemClock.sleep(0);
			if (this.#carried !== carried) return;
		}
		this.#lend();
	}
	#lend() {
		if (!this.#socket.destroyed) this.#lent ??= this.#clock.lend(this.#senderPort);
	}
	#takeBack() {
		this.#lent?.takeBack();
		this.#lent = null;
	}
};
// src/lab/app/deferred.ts
function deferred() {
	let resolve = () => {};
	let reject = () => {};
	return {
		promise: new Promise((resolved, rejected) => {
			resolve = resolved;
			reject = rejected;
		}),
		resolve,
		reject
	};
}
// src/lab/app/app-probes.ts
function exportProbe(ask) {
	const asked = new Map();
	let count = 0;
	let over = null;
	const failed = (how) => new ProbeError(`the app's processed(sessionId) failed: ${how}`);
	return {
		name: "the app's processed(sessionId)",
		isOwn: true,
		async count(sessionId, signal) {
			signal.throwIfAborted();
			if (over !== null) throw failed(over);
			count += 1;
			const answer = deferred();
			const interrupt = () => answer.reject(signal.reason);
			asked.set(count, answer);
			signal.addEventListener("abort", interrupt, { once: true });
			ask({
				question: count,
				sessionId
			});
			try {
				return await answer.promise;
			} finally {
				signal.removeEventListener("abort", interrupt);
			}
		},
		answered(answer) {
			const waiting = asked.get(answer.question);
			asked.delete(answer.question);
			if (answer.kind === "counted") waiting?.resolve(answer.count);
			else waiting?.reject(failed(answer.reason));
		},
		end(how) {
			over = how;
			for (const waiting of asked.values()) waiting.reject(failed(how));
			asked.clear();
		}
	};
}
function pathProbe({ origin, path, network, clock }) {
	const url = parseCallbackUrl(`${origin}${path.replaceAll("{sessionId}", "0")}`);
	const sender = createSender({
		url,
		network,
		clock,
		deadlineClock: clock
	});
	return {
		name: `the app's ${path}`,
		async count(sessionId, signal) {
			const request = {
				sessionId,
				method: "GET",
				path: parseCallbackUrl(`${origin}${path.replaceAll("{sessionId}", encodeURIComponent(sessionId))}`).path,
				headers: [],
				body: Buffer.alloc(0)
			};
			const { outcome, response } = await sender.attempt(request, { signal });
			try {
				if (response?.status === 404) return 0;
				if (outcome.kind === "failed") throw new Error(outcome.message);
				return seenIn(response?.body.toString() ?? "").processed;
			} catch (cause) {
				throw new ProbeError(`the app's ${path} failed: ${cause.message}`, { cause });
			}
		},
		close: () => sender.close()
	};
}
// src/lab/app/app-receiver.ts
const startTimeoutMs = 3e4;
const keptLines = 10;
const origin = "http://localhost";
async function startAppReceiver(options) {
	const { clock, on, probePath, signal } = options;
	const file = resolve(options.file);
	await assertFile(options.file, file);
	const loaders = loadersFor(file);
	signal?.throwIfAborted();
	const lastLines = [];
	const ownTime = new Set();
	const probe = exportProbe((question) => thread.post({
		kind: "count",
		...question
	}));
	const loaded = deferred();
	let isLoaded = false;
	const bridge = await createBridge(clock, (message) => thread.post(message));
	const thread = new AppThread({
		start: {
			loaders,
			fileUrl: pathToFileURL(file).href,
			sessionHeader: defaults.contract.request.sessionHeader.toLowerCase()
		},
		clock,
		env: options.env,
		told: (message) => told(message),
		ended(how) {
			loaded.reject(unusable(`while it was loaded, ${how}`));
			bridge.collapse();
			probe.end(how);
			if (isLoaded) on({
				kind: "crashed",
				at: clock.now(),
				text: how
			});
		}
	});
	function told(message) {
		switch (message.kind) {
			case "loaded":
				isLoaded = true;
				return loaded.resolve(message.tellsProcessed);
			case "unusable": return loaded.reject(unusable(message.reason));
			case "printed": {
				const text = showControlCharacters(message.text);
				lastLines.push(text);
				if (lastLines.length > keptLines) lastLines.shift();
				return on({
					kind: "printed",
					at: message.at,
					text
				});
			}
			case "own-time":
				ownTime.add(message.name);
				return;
			case "answered-late": return on(message);
			case "counted":
			case "uncounted": return probe.answered(message);
			case "bytes":
			case "end":
			case "destroy":
			case "reset": return bridge.carry(message);
		}
	}
	function unusable(reason) {
		const output = lastLines.length === 0 ? "" : `; its last output:\n${lastLines.map((line) => `  ${line}`).join("\n")}`;
		return new UsageError("ERR_APP", `--app ${options.file}: ${reason}${output}`);
	}
	const late = systemClock.timer(startTimeoutMs, () => loaded.reject(unusable(`it was not loaded and ready after ${startTimeoutMs / 1e3} seconds`)));
	const interrupt = () => loaded.reject(signal?.reason);
	signal?.addEventListener("abort", interrupt, { once: true });
	try {
		const tellsProcessed = await loaded.promise;
		const network = { route: () => ({
			host: "127.0.0.1",
			port: bridge.port
		}) };
		const paths = probePath === void 0 ? null : pathProbe({
			origin,
			path: probePath,
			network,
			clock
		});
		return {
			kind: "app",
			title: `the app ${basename(options.file)}`,
			url: parseCallbackUrl(`${origin}${options.path}`),
			network,
			sharesTime: true,
			ownTime: () => [...ownTime].sort(),
			probe: atRest(paths ?? (tellsProcessed ? probe : null), clock),
			async close() {
				await Promise.all([
					thread.close(),
					bridge.close(),
					paths?.close()
				]);
				probe.end("the app was ended");
			}
		};
	} catch (error) {
		await Promise.all([thread.close(), bridge.close()]);
		throw error;
	} finally {
		late.cancel();
		signal?.removeEventListener("abort", interrupt);
	}
}
function atRest(probe, clock) {
	if (probe === null) return null;
	return {
		...probe,
		async count(sessionId, signal) {
			const count = await probe.count(sessionId, signal);
			await clock.sleep(0, signal);
			return count;
		}
	};
}
async function assertFile(given, file) {
	if ((await stat$1(file).catch(() => null))?.isFile() !== true) throw new UsageError("ERR_APP", `--app: expected the file of an app, got ${given}, which is none`);
}
export { startAppReceiver };

//# sourceMappingURL=app-receiver-BtoictIi.js.map