import { b as exitCodes, c as print, j as UsageError, p as defaults, v as reasonOf } from "./main-C_aTT-j6.js";
import { C as bodyKeptBytes, D as sessionNames, E as sessionIdsAmong, M as interruptible, S as straysFrom, T as isHttpRequest, j as listenError, k as parseHeaders, v as createReferenceReceiver, w as captureOf, x as strayText, y as createCertificateAuthority } from "./run-DFxdsb51.js";
import { _ as parseCallbackUrl, b as systemClock } from "./sender-liWPum1j.js";
import { r as readOptions, v as isoTime } from "./catalogue-DCc5JICU.js";
import { M as createScriptedReceiver, b as showControlCharacters, y as readPieces } from "./lab-DQqfHKWn.js";
import { B as prepareDirectory, H as writeFileAtomically, V as unwritable, z as assertWritable } from "./reports-TZriK1mR.js";
import { E as suggestion, s as receiverOptions, x as receiverWords } from "./command-line-DL7FZMfB.js";
import { t as faultyReceivers } from "./faulty-receivers-C3t40abG.js";
import { n as hostileAnswer, r as hostileNames, t as createHostileServer } from "./hostile-answer-622a9B8N.js";
import { mkdtempSync, rmdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
// src/cli/receiver/receiver-lines.ts
function say(text) {
	print(`${isoTime(systemClock.now()).slice(11, 23)}  ${text}`);
}
const lookAgainMs = 50;
function watchArrivals(list, each) {
	let seen = 0;
	let timer;
	const look = () => {
		for (; seen < list.length; seen += 1) each(list[seen]);
		timer = systemClock.timer(lookAgainMs, look);
	};
	look();
	return { stop() {
		timer.cancel();
		look();
		timer.cancel();
	} };
}
const channel$1 = "http.server.request.start";
function watchHttpCallbacks() {
	const started = (message) => {
		const { request, response } = message;
		const sessionId = request.headers[defaults.contract.request.sessionHeader.toLowerCase()] ?? "unknown";
		response.once("close", () => {
			const end = response.headersSent ? `answered ${response.statusCode}` : "left without an answer";
			say(showControlCharacters(`${request.method} ${request.url?.split("?")[0]}, session ${String(sessionId)}: ${end}`));
		});
	};
	subscribe(channel$1, started);
	return { stop: () => unsubscribe(channel$1, started) };
}
// src/cli/receiver/captures.ts
const option = "capture";
const indent = " ".repeat(14);
function prepareCaptures(directory) {
	prepareDirectory(option, directory, []);
	try {
		rmdirSync(mkdtempSync(join(directory, ".capture-")));
	} catch (error) {
		throw unwritable(option, directory, error);
	}
}
function keepCapture(seen, { directory, path, required }) {
	const contract = defaults.contract;
	if (!isHttpRequest(seen)) {
		say("not captured: what came is no HTTP request");
		return;
	}
	const capturedAt = isoTime(seen.completedAt ?? systemClock.now());
	const capture = captureOf(seen, {
		contract,
		path,
		capturedAt
	});
	const [sessionId = "no-session"] = sessionIdsAmong(sessionNames(contract, seen.headers, seen.body));
	let file;
	try {
		file = writeNew(directory, fileStem(capturedAt, sessionId), `${JSON.stringify(capture, null, 2)}\n`);
	} catch (error) {
		say(`not captured: ${directory} could not be written, ${reasonOf(error)}`);
		return;
	}
	const strays = straysFrom(contract, capture, required);
	say(showControlCharacters(`captured ${file}: ${strays.length === 0 ? "as documented" : "strays from the contract"}`));
	for (const stray of strays) print(indent + showControlCharacters(strayText(stray)));
}
function fileStem(capturedAt, sessionId) {
	return `${capturedAt.replaceAll(":", "-")}-${sessionId.replaceAll(/[^\w.-]+/g, "_").slice(0, 64)}`;
}
function writeNew(directory, stem, text) {
	for (let copy = 1;; copy += 1) {
		const file = join(directory, `${stem}${copy === 1 ? "" : `-${copy}`}.json`);
		try {
			writeFileSync(file, text, { flag: "wx" });
			return file;
		} catch (error) {
			if (error.code !== "EEXIST") throw error;
		}
	}
}
// src/cli/receiver/script-tokens.ts
const mostWords = 1e3;
function parseScript(words) {
	const pieces = words.map((word) => ({
		text: word.trim(),
		where: () => "--script",
		empty: "an empty word"
	}));
	const reading = {
		vocabulary: receiverWords,
		unit: "word",
		most: mostWords,
		code: "ERR_SCRIPT",
		contract: defaults.contract
	};
	return readPieces(pieces, reading).flatMap((token) => token.kind === "receiver" ? [token.step] : []);
}
function stepText(step) {
	switch (step.kind) {
		case "answer": return `answered ${step.status}`;
		case "redirect": return `redirected with ${step.status}`;
		case "stall": return `stalled for ${step.ms / 1e3} s, then ${stepText(step.next)}`;
		case "never": return "left without an answer";
		case "reset": return "reset";
		case "close": return "closed without an answer";
		case "dribble":
		case "flood": return `answered with ${step.kind === "flood" ? "endless" : "slow"} ${step.part}`;
		case "interim": return `interim answer ${step.status}, then ${stepText(step.next)}`;
		case "raw": return "answered with raw bytes";
	}
}
// src/capture/watch-http.ts
const channel = "http.server.request.start";
function watchHttpRequests(each) {
	const started = (message) => {
		const { request } = message;
		const chunks = [];
		let bytes = 0;
		const { socket } = request;
		const tell = () => {
			socket.off("close", tell);
			each({
				method: request.method ?? "",
				target: request.url ?? "",
				version: `HTTP/${request.httpVersion}`,
				headers: pairs(request.rawHeaders),
				body: Buffer.concat(chunks),
				bodyIsCut: !request.complete || bytes > 1048576
			});
		};
		const push = request.push.bind(request);
		request.push = (chunk, encoding) => {
			if (chunk === null) tell();
			else {
				const room = bodyKeptBytes - bytes;
				if (room > 0) chunks.push(Buffer.from(chunk.subarray(0, room)));
				bytes += chunk.length;
			}
			return push(chunk, encoding);
		};
		socket.once("close", tell);
	};
	subscribe(channel, started);
	return { stop: () => unsubscribe(channel, started) };
}
function pairs(raw) {
	return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index], raw[2 * index + 1]]);
}
// src/cli/receiver/started-receivers.ts
async function startReference({ host, port, required, ...tls }) {
	const https = await certificateFor(host, tls);
	const receiver = createReferenceReceiver({
		clock: systemClock,
		...required !== void 0 && { credential: {
			header: required[0],
			value: required[1]
		} },
		...https !== null && { https },
		log: (entry) => say(logText(entry))
	});
	return {
		title: "reference receiver",
		url: await receiver.listen({
			host,
			port
		}),
		notes: [],
		watchRequests: watchHttpRequests,
		close: () => receiver.close()
	};
}
async function startScripted(script, options) {
	const { host, port, ...tls } = options;
	const certificate = await certificateFor(host, tls);
	const receiver = await createScriptedReceiver({
		clock: systemClock,
		script,
		host,
		port,
		...certificate !== null && { tls: certificate }
	});
	const watch = watchArrivals(receiver.journal.arrivals, ({ sessionId, attempt, step }) => say(`attempt ${attempt} of session ${showControlCharacters(sessionId ?? "unknown")}: ${stepText(step)}`));
	return {
		title: "scripted receiver",
		url: receiver.url,
		notes: [],
		watchRequests: (each) => watchArrivals(receiver.journal.requests, each),
		async close() {
			watch.stop();
			await receiver.close();
		}
	};
}
async function startFaulty(faulty, options) {
	const { host, port, https, caOut, required } = options;
	if (https) throw new UsageError("ERR_RECEIVER", "--https: expected no --faulty beside it; it has a scheme of its own");
	const watch = watchHttpCallbacks();
	const running = await faulty.start({
		host,
		port,
		credential: required ?? null
	});
	const { url, network } = running;
	const notes = [faulty.title];
	const { hostname, port: urlPort } = parseCallbackUrl(url);
	const to = network?.route?.(hostname, urlPort);
	const bracketed = (name) => name.includes(":") ? `[${name}]` : name;
	if (to !== void 0) notes.push(`reach it with --connect-to ${bracketed(hostname)}:${urlPort}:${bracketed(to.host)}:${to.port}`);
	const [ca] = network?.ca ?? [];
	if (ca !== void 0 && caOut !== void 0) writeFileAtomically("ca-out", caOut, ca);
	if (ca !== void 0 && url.startsWith("https:")) notes.push(`trust it with --ca ${caOut ?? "FILE, which --ca-out FILE writes"}`);
	return {
		title: `faulty receiver ${faulty.id}`,
		url,
		notes,
		async close() {
			watch.stop();
			await running.close();
		}
	};
}
async function startHostile(name, options) {
	const { host, port, ...tls } = options;
	const answer = hostileAnswer(name);
	if (answer === null) {
		const near = suggestion(name, hostileNames());
		throw new UsageError("ERR_RECEIVER", `--hostile: expected a name that --list --hostile shows, got ${JSON.stringify(name)}${near}`);
	}
	const certificate = await certificateFor(host, tls);
	const server = await createHostileServer(answer, {
		clock: systemClock,
		host,
		port,
		...certificate !== null && { tls: certificate }
	});
	const told = answer.oddities === void 0 ? "" : `; told: ${answer.oddities.join(", ")}`;
	return {
		title: `hostile server ${name}`,
		url: `${server.origin}/webhook`,
		notes: [answer.title, `an attempt ends so: ${answer.outcome}${told}`],
		watchRequests: (each) => watchArrivals(server.journal.requests, each),
		close: () => server.close()
	};
}
function hostileTitles() {
	const names = hostileNames();
	const width = Math.max(...names.map((name) => name.length));
	return names.map((name) => `${name.padEnd(width)}  ${hostileAnswer(name)?.title ?? ""}`).join("\n");
}
function faultyNamed(name) {
	const found = faultyReceivers.find(({ id }) => id === name);
	if (found !== void 0) return found;
	const near = suggestion(name, faultyReceivers.map(({ id }) => id));
	throw new UsageError("ERR_RECEIVER", `--faulty: expected a name that --list shows, got "${name}"${near}`);
}
function faultyTitles() {
	const width = Math.max(...faultyReceivers.map(({ id }) => id.length));
	return faultyReceivers.map(({ id, title }) => `${id.padEnd(width)}  ${title}`).join("\n");
}
async function certificateFor(host, { https, caOut }) {
	if (!https || caOut === void 0) return null;
	const authority = await createCertificateAuthority();
	const certificate = await authority.issue({ hosts: [...new Set([
		"localhost",
		"127.0.0.1",
		"::1",
		host
	])] });
	writeFileAtomically("ca-out", caOut, authority.certificatePem);
	return certificate;
}
function logText(entry) {
	switch (entry.event) {
		case "callback": return `callback of session ${showControlCharacters(entry.sessionId)}: ${entry.decision}`;
		case "refused": return `refused with ${entry.status}, session ${showControlCharacters(entry.claimedSessionId ?? "unknown")}`;
		case "retrying": return `session ${showControlCharacters(entry.sessionId)}: fetching results again in ${entry.delayMs} ms, ${entry.reason}`;
		case "processed": return `session ${showControlCharacters(entry.sessionId)} processed`;
		case "gave-up": return `session ${showControlCharacters(entry.sessionId)} given up: ${entry.reason}`;
	}
}
// src/cli/receiver/receiver-command.ts
async function receiverCommand({ options: raw }) {
	const options = readOptions(receiverOptions, raw);
	if (options.list) {
		print(options.hostile === void 0 ? faultyTitles() : hostileTitles());
		return exitCodes.passed;
	}
	return interruptible(null, async (signal) => {
		const receiver = await start(options);
		const capturing = captureFrom(receiver, options);
		try {
			print(`${receiver.title}: ${receiver.url}`);
			for (const line of receiver.notes) print(line);
			if (!signal.aborted) await once(signal, "abort");
		} finally {
			capturing.stop();
			await receiver.close();
		}
		return exitCodes.passed;
	});
}
async function start(options) {
	const { script, faulty, hostile, host, port, https, capture } = options;
	const caOut = options["ca-out"];
	const headers = parseHeaders(options.header, process.env);
	if (script.length > 0 && faulty !== void 0) throw unusable("--script and --faulty: expected one of them, got both");
	if (hostile !== void 0 && (script.length > 0 || faulty !== void 0 || capture !== void 0 || options.header.length > 0)) throw unusable("--hostile: expected no --script, --faulty, --capture or --header beside it, got one");
	if (https && caOut === void 0) throw unusable("--https: expected --ca-out with a file for the CA's certificate, got none");
	if (capture !== void 0 && faulty !== void 0) throw unusable("--capture: expected no --faulty beside it; the reference and the scripted receiver capture");
	if (headers.length > 1) throw unusable("--header: expected one header to require, got several");
	if (caOut !== void 0) assertWritable("ca-out", caOut);
	if (capture !== void 0) prepareCaptures(capture);
	const [required] = headers;
	const common = {
		host,
		port,
		https,
		caOut,
		required
	};
	try {
		if (faulty !== void 0) return await startFaulty(faultyNamed(faulty), common);
		if (hostile !== void 0) return await startHostile(hostile, common);
		if (script.length === 0) return await startReference(common);
		if (required !== void 0) throw unusable("--header: expected no --script beside it; a script asks for no header");
		return await startScripted(parseScript(script), common);
	} catch (error) {
		throw listenError(error, `--host ${host} --port ${port}`);
	}
}
function captureFrom({ url, watchRequests }, { capture, header }) {
	if (capture === void 0 || watchRequests === void 0) return { stop() {} };
	const required = parseHeaders(header, process.env).map(([name]) => name);
	const path = new URL(url).pathname;
	return watchRequests((seen) => keepCapture(seen, {
		directory: capture,
		path,
		required
	}));
}
const unusable = (message) => new UsageError("ERR_RECEIVER", message);
export { receiverCommand };

//# sourceMappingURL=receiver-command-C3WmF6Pi.js.map