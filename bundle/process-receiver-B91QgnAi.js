import { o as __toESM } from "./rolldown-runtime-Dq7tRbEa.js";
import { v as isoTime, y as parseTime } from "./catalogue-DCc5JICU.js";
import { j as UsageError } from "./main-C_aTT-j6.js";
import { b as showControlCharacters } from "./lab-DQqfHKWn.js";
import { b as systemClock, l as systemResolve, s as directRoute } from "./sender-liWPum1j.js";
import { r as cutTo } from "./app-Ce0tnlVu.js";
import { t as require_ipaddr } from "./ipaddr-BkdODApF.js";
import { existsSync, readFileSync, readdirSync, readlinkSync, renameSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, isIP } from "node:net";
import { basename, join } from "node:path";
import { kill } from "node:process";
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { machine, networkInterfaces, platform, tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
// src/lab/process/proc.ts
function readText(path) {
	return orElse("", () => readFileSync(path, "latin1"));
}
function entries(directory) {
	return orElse([], () => readdirSync(directory));
}
function linkTarget(path) {
	return orElse("", () => readlinkSync(path));
}
function orElse(nothing, look) {
	try {
		return look();
	} catch {
		return nothing;
	}
}
// src/lab/process/listeners.ts
function listeners(pids) {
	const ports = new Map(["tcp", "tcp6"].flatMap(listeningSockets));
	return pids.flatMap((pid) => entries(`/proc/${pid}/fd`).flatMap((fd) => {
		const port = ports.get(linkTarget(`/proc/${pid}/fd/${fd}`));
		return port === void 0 ? [] : [{
			pid,
			port
		}];
	}));
}
function listeningSockets(family) {
	return readText(`/proc/net/${family}`).split("\n").map((line) => line.trim().split(/\s+/)).filter(([, , , state]) => state === "0A").map(([, local = "", , , , , , , , inode]) => [`socket:[${inode}]`, Number.parseInt(local.split(":")[1] ?? "", 16)]);
}
// src/lab/process/follows-time.ts
function assertFollowsTime(port, pids) {
	const servers = new Set(listeners(pids).filter((listener) => listener.port === port).map(({ pid }) => pid));
	if (servers.size === 0) throw cannotMove(`what listens on port ${port} is not a process of the command's own (a container?), so its clock cannot be moved`);
	for (const pid of servers) {
		const name = showControlCharacters(basename(linkTarget(`/proc/${pid}/exe`)));
		if (isGo(`/proc/${pid}/exe`)) throw cannotMove(`${name} is a Go program, which reads the clock without libc, so its clock cannot be moved`);
		if (!readText(`/proc/${pid}/maps`).includes("/libfaketime")) throw cannotMove(`libfaketime is not loaded in ${name}, which is linked statically, against another libc, or runs with other rights, so its clock cannot be moved`);
	}
}
const tellingMs = 6e4;
function assertDateFollows(dateHeader, now, movedMs) {
	const shown = parseTime(dateHeader);
	if (shown === null || movedMs < tellingMs || Math.abs(shown - now) <= movedMs / 2) return;
	throw cannotMove(`an answer is dated ${isoTime(shown)} where the scenario has ${isoTime(now)}, so the clock does not follow`);
}
const cannotMove = (because) => new UsageError("ERR_TIME_TRAVEL", `--time-travel: ${because}; leave it out to play the scenario without`);
const goMark = "ÿ Go buildinf:";
function isGo(executable) {
	try {
		return readFileSync(executable).includes(goMark, 0, "latin1");
	} catch {
		return false;
	}
}
// src/lab/process/libfaketime.ts
const fileName = "libfaketimeMT.so.1";
const usualDirectories = [
	`/usr/lib/${machine()}-linux-gnu/faketime`,
	"/usr/lib64/faketime",
	"/usr/lib/faketime",
	"/usr/local/lib/faketime",
	"/usr/local/lib64/faketime",
	"/home/linuxbrew/.linuxbrew/lib/faketime"
];
function findLibfaketime(directories = usualDirectories) {
	if (platform() !== "linux") throw new UsageError("ERR_TIME_TRAVEL", "--time-travel: expected Linux, where libfaketime can move the clock of a process, got another system; leave it out, or give the receiver as --app");
	const found = directories.map((directory) => join(directory, fileName)).find((path) => existsSync(path));
	if (found !== void 0) return found;
	throw new UsageError("ERR_TIME_TRAVEL", `--time-travel: expected libfaketime to be installed, found no ${fileName}; get it with apt-get install faketime (Debian, Ubuntu), dnf install libfaketime (Fedora), apk add libfaketime (Alpine) or pacman -S libfaketime (Arch)`);
}
function travellingEnvironment(env, library, timestampFile) {
	const others = Object.entries(env).filter(([name]) => !name.startsWith("FAKETIME"));
	return {
		...Object.fromEntries(others),
		LD_PRELOAD: env["LD_PRELOAD"] ? `${library}:${env["LD_PRELOAD"]}` : library,
		FAKETIME_TIMESTAMP_FILE: timestampFile,
		FAKETIME_NO_CACHE: "1",
		NO_FAKE_STAT: "1",
		FAKETIME_DONT_FAKE_MONOTONIC: "0"
	};
}
const sharedMemoryOf = (pid) => [`/dev/shm/faketime_shm_${pid}`, `/dev/shm/sem.faketime_sem_${pid}`];
// src/lab/process/guard.ts
const script = "read -r line; kill -s KILL -- \"-$1\"; shift; rm -rf -- \"$@\"";
function guard(group, files, env) {
	const child = spawn("sh", [
		"-c",
		script,
		"guard",
		String(group),
		...files
	], {
		detached: true,
		stdio: [
			"pipe",
			"ignore",
			"ignore"
		],
		env
	});
	const gone = new Promise((resolve) => {
		child.once("exit", () => resolve());
		child.once("error", () => resolve());
	});
	return async () => {
		child.kill("SIGKILL");
		await gone;
		child.stdin.destroy();
	};
}
// src/lab/process/family.ts
const hasProc = platform() === "linux";
function living(family) {
	if (!hasProc) return signalled(-family.leader, 0) ? [family.leader] : [];
	return entries("/proc").map(Number).filter((pid) => pid > 0 && belongs(pid, family));
}
const exiting = 4;
function isDying(family) {
	if (!hasProc) return false;
	if (statOf(family.leader)?.state === "Z") return true;
	return living(family).some((pid) => ((statOf(pid)?.flags ?? 0) & exiting) !== 0);
}
function signal(family, name) {
	signalled(-family.leader, name);
	if (!hasProc) return;
	for (const pid of living(family)) if (statOf(pid)?.group !== family.leader) signalled(pid, name);
}
function belongs(pid, { leader, mark }) {
	const stat = statOf(pid);
	if (stat === null || stat.state === "Z" || stat.state === "X") return false;
	return stat.group === leader || stat.session === leader || environmentOf(pid).includes(mark);
}
function statOf(pid) {
	const text = readText(`/proc/${pid}/stat`);
	const [state, , group, session, , , flags] = text.slice(text.lastIndexOf(")") + 2).split(" ");
	return state === void 0 || state === "" ? null : {
		state,
		group: Number(group),
		session: Number(session),
		flags: Number(flags)
	};
}
const environmentOf = (pid) => readText(`/proc/${pid}/environ`).split("\0");
function signalled(pid, name) {
	try {
		return kill(pid, name);
	} catch {
		return false;
	}
}
// src/lab/process/last-output.ts
const mostLines = 10;
const longestLine = 500;
const namesError = /^\S*(error|exception|panic|fatal)\b.*:/i;
const longestTrace = 30;
var LastOutput = class {
	#printed;
	#lines = [];
	#lastError;
	#sinceError = 0;
	#ends = [];
	constructor(printed = () => {}) {
		this.#printed = printed;
	}
	read(stream) {
		const decoder = new StringDecoder();
		let begun = "";
		const take = (text) => {
			const lines = `${begun}${text}`.split("\n");
			begun = (lines.pop() ?? "").slice(0, 501);
			for (const line of lines) this.#add(line);
		};
		stream.on("data", (chunk) => take(decoder.write(chunk)));
		const end = () => {
			take(decoder.end());
			if (begun !== "") take("\n");
		};
		this.#ends.push(end);
		stream.once("end", end);
	}
	flush() {
		for (const end of this.#ends) end();
	}
	lines() {
		const error = this.#error();
		return error === void 0 || this.#lines.includes(error) ? this.#lines : [error, ...this.#lines];
	}
	telling() {
		return this.#error() ?? this.#lines.at(-1);
	}
	#error() {
		return this.#sinceError > longestTrace ? void 0 : this.#lastError;
	}
	#add(raw) {
		const line = cutTo(longestLine, showControlCharacters(raw.replace(/\r$/, "")));
		if (line.trim() === "") return;
		this.#sinceError += 1;
		if (namesError.test(line)) {
			this.#lastError = line;
			this.#sinceError = 0;
		}
		this.#lines.push(line);
		if (this.#lines.length > mostLines) this.#lines.shift();
		this.#printed(line);
	}
};
// src/lab/process/command.ts
const graceMs = 2e3;
const pollMs$1 = 10;
const killedWithinMs = 2e3;
const drainMs = 250;
function runCommand(options) {
	const mark = {
		name: "WEBHOOK_CONFORMANCE_EXEC",
		value: randomUUID()
	};
	const child = spawn("sh", ["-c", options.command], {
		detached: true,
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		],
		env: {
			PYTHONUNBUFFERED: "1",
			...options.env,
			[mark.name]: mark.value
		},
		...options.cwd !== void 0 && { cwd: options.cwd }
	});
	child.stdin.on("error", () => {});
	const output = new LastOutput(options.printed);
	output.read(child.stdout);
	output.read(child.stderr);
	const read = once(child, "close").catch(() => {});
	const { pid } = child;
	const family = pid === void 0 ? null : {
		leader: pid,
		mark: `${mark.name}=${mark.value}`
	};
	const callOff = pid === void 0 ? null : guard(pid, options.leftovers?.(pid) ?? [], { ...options.plainEnv ?? options.env });
	let known = null;
	const ended = new Promise((resolve) => {
		const end = (ending) => {
			known ??= ending;
			atMost(drainMs, read).then(() => resolve(ending));
		};
		child.once("error", (error) => end({
			kind: "not-started",
			reason: error.message
		}));
		child.once("exit", (code, name) => end(code === null ? {
			kind: "signal",
			name: name ?? "a signal"
		} : {
			kind: "exit",
			code
		}));
	});
	const isGone = () => known !== null && (family === null || living(family).length === 0);
	const goneWithin = async (ms) => {
		const until = systemClock.now() + ms;
		while (!isGone()) {
			if (systemClock.now() >= until) return false;
			await systemClock.sleep(pollMs$1);
		}
		return true;
	};
	async function end() {
		if (family !== null && !isGone()) {
			signal(family, "SIGTERM");
			signal(family, "SIGCONT");
			if (!await goneWithin(graceMs)) {
				signal(family, "SIGKILL");
				await goneWithin(killedWithinMs);
			}
		}
		await atMost(drainMs, read);
		for (const stream of child.stdio) stream?.destroy();
		output.flush();
		await callOff?.();
	}
	let stopping = null;
	return {
		output,
		family,
		ended,
		ending: () => isGone() ? known : null,
		stop: () => stopping ??= end()
	};
}
async function atMost(ms, promise) {
	await new Promise((resolve) => {
		const patience = systemClock.timer(ms, resolve);
		promise.then(() => {
			patience.cancel();
			resolve();
		});
	});
}
// src/lab/process/ending.ts
function endingText(ending) {
	switch (ending.kind) {
		case "exit": return ending.code === 127 ? "the shell found no such command (exit code 127)" : `the process ended with exit code ${ending.code}`;
		case "signal": return `the process was ended by ${ending.name}`;
		case "not-started": return `the command could not be started (${ending.reason})`;
	}
}
// src/lab/process/process-options.ts
const defaultStartTimeoutMs = 1e4;
// src/lab/process/this-machine.ts
var import_ipaddr = __toESM(require_ipaddr(), 1);
const connectTimeoutMs = 1e3;
async function localEndpoint(url, network = {}) {
	const { resolve = systemResolve, route = directRoute } = network;
	const { host, port } = route(url.hostname, url.port);
	const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
	const foreign = addresses.find((address) => !isOfThisMachine(address));
	if (foreign === void 0 && addresses.length > 0) return {
		addresses,
		port
	};
	throw new UsageError("ERR_EXEC_URL", `--url: expected a URL of this machine, such as http://127.0.0.1:3000/hook, since --exec starts the receiver here; ${foreign === void 0 ? `the name ${host} has no address` : `${host === foreign ? host : `${host}, which is ${foreign},`} is another machine`}`);
}
function isOfThisMachine(address) {
	const normal = import_ipaddr.default.process(address);
	if (["loopback", "unspecified"].includes(normal.range())) return true;
	return Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []).some((one) => import_ipaddr.default.process(one.address).toString() === normal.toString());
}
async function accepts({ addresses, port }) {
	for (const address of addresses) if (await acceptsAt(address, port)) return true;
	return false;
}
function acceptsAt(host, port) {
	return new Promise((resolve) => {
		const socket = connect({
			host,
			port
		});
		const give = (accepted) => {
			patience.cancel();
			socket.destroy();
			resolve(accepted);
		};
		const patience = systemClock.timer(connectTimeoutMs, () => give(false));
		socket.once("connect", () => give(true));
		socket.once("error", () => give(false));
	});
}
// src/lab/process/process-host.ts
const pollMs = 20;
const diesWithinMs = 1e3;
const portFreeWithinMs = 5e3;
var ProcessHost = class {
	#options;
	#endpoint;
	#time;
	#running = null;
	#served = null;
	#turn = Promise.resolve();
	#closed = false;
	constructor(options, endpoint, time) {
		this.#options = options;
		this.#endpoint = endpoint;
		this.#time = time;
	}
	start() {
		return this.#inTurn(() => this.#start());
	}
	restart() {
		return this.#inTurn(async () => {
			await this.#stop();
			await this.#portIsFree();
			this.#time?.leapTo(this.#options.now());
			await this.#start();
		});
	}
	travelTo(now) {
		return this.#inTurn(async () => {
			const family = this.#running?.family;
			if (family) await this.#time?.travelTo(now, family);
		});
	}
	async settle() {
		const running = this.#running;
		if (running === null) return;
		const until = systemClock.now() + diesWithinMs;
		while (running.family !== null && isDying(running.family) && systemClock.now() < until) await systemClock.sleep(0);
		if (!await accepts(this.#endpoint)) await atMost(diesWithinMs, running.ended);
	}
	output() {
		return this.#running?.output.lines() ?? [];
	}
	async close() {
		this.#closed = true;
		await this.#inTurn(async () => {
			await this.#stop();
			await this.#time?.close();
		});
	}
	#inTurn(act) {
		const turn = this.#turn.then(act);
		this.#turn = turn.catch(() => {});
		return turn;
	}
	async #start() {
		const { command, env, cwd, showOutput = false, on, now, signal } = this.#options;
		signal?.throwIfAborted();
		if (this.#closed) return;
		const time = this.#time;
		const running = runCommand({
			command,
			env: time?.environment(env) ?? env,
			plainEnv: env,
			...cwd !== void 0 && { cwd },
			...showOutput && { printed: (text) => on({
				kind: "printed",
				at: now(),
				text
			}) },
			...time && { leftovers: (pid) => [time.directory, ...sharedMemoryOf(pid)] }
		});
		this.#running = running;
		try {
			const problem = await this.#listens(running);
			if (problem !== null) {
				await this.#stop();
				throw new UsageError("ERR_EXEC", `--exec: ${problem}${lastOutput(running.output.lines())}`);
			}
			if (time !== null && running.family !== null) assertFollowsTime(this.#endpoint.port, living(running.family));
			this.#served = running;
			running.ended.then((ending) => this.#tellEnd(running, ending));
		} catch (error) {
			await this.#stop();
			throw error;
		}
	}
	async #listens(running) {
		const { signal, startTimeoutMs = defaultStartTimeoutMs } = this.#options;
		const until = systemClock.now() + startTimeoutMs;
		for (;;) {
			signal?.throwIfAborted();
			if (await accepts(this.#endpoint)) return null;
			const ending = running.ending();
			if (ending !== null) return `${endingText(ending)} before anything listened on port ${this.#endpoint.port}`;
			if (systemClock.now() >= until) return this.#nothingListens(running, startTimeoutMs);
			await systemClock.sleep(pollMs, signal);
		}
	}
	#nothingListens({ family }, waitedMs) {
		const { port } = this.#endpoint;
		const others = new Set(family === null ? [] : listeners(living(family)).map((listener) => listener.port));
		const text = `nothing listens at ${this.#endpoint.addresses.join(" or ")} port ${port} after ${waitedMs / 1e3} seconds`;
		if (others.has(port)) return `${text}, but the process listens on that port at another address`;
		return others.size === 0 ? text : `${text}, but the process listens on port ${[...others].join(" and ")}`;
	}
	#tellEnd(running, ending) {
		if (running !== this.#served || running.ending() === null) return;
		this.#served = null;
		const line = running.output.telling();
		const text = `${endingText(ending)}${line === void 0 ? "" : `: ${line}`}`;
		this.#options.on({
			kind: "crashed",
			at: this.#options.now(),
			text
		});
	}
	async #stop() {
		const running = this.#running;
		this.#served = null;
		await running?.stop();
		const pid = running?.family?.leader;
		if (this.#time !== null && pid !== void 0) await Promise.all(sharedMemoryOf(pid).map((path) => rm(path, { force: true })));
	}
	async #portIsFree() {
		const until = systemClock.now() + portFreeWithinMs;
		while (await accepts(this.#endpoint)) {
			if (systemClock.now() >= until) throw portTaken(this.#endpoint.port, "after the process was stopped");
			await systemClock.sleep(pollMs, this.#options.signal);
		}
	}
};
const portTaken = (port, when) => new UsageError("ERR_EXEC_PORT", `--exec: expected port ${port} to be free, but something accepted a connection there ${when}; end it, or give another port in --url`);
const lastOutput = (lines) => lines.length === 0 ? "; it printed nothing" : `; its last output:\n${lines.map((line) => `  ${line}`).join("\n")}`;
// src/lab/process/threads.ts
function atRest(pids) {
	let mark = "";
	for (const thread of threadsOf(pids)) {
		const status = readText(`${thread}/status`);
		if (/^State:\t[RDT]/m.test(status)) return null;
		mark += `${thread} ${switchesOf(status)}\n`;
	}
	return mark;
}
const timeouts = {
	x86_64: {
		"202": 3,
		"35": "always",
		"230": "always"
	},
	aarch64: {
		"98": 3,
		"101": "always",
		"115": "always"
	}
};
function timedWaits(pids) {
	const calls = timeouts[machine()] ?? {};
	return threadsOf(pids).flatMap((thread) => {
		const [call = "", ...parameters] = readText(`${thread}/syscall`).split(" ");
		const timeout = calls[call];
		return timeout === "always" || timeout !== void 0 && parameters[timeout] !== "0x0" ? [`${thread} ${switchesOf(readText(`${thread}/status`))}`] : [];
	});
}
const switchesOf = (status) => /^voluntary_ctxt_switches:\t(\d+)/m.exec(status)?.[1] ?? "";
function threadsOf(pids) {
	return pids.flatMap((pid) => entries(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`));
}
// src/lab/process/time-travel.ts
const shortestStepMs = 1e3;
const longestStepMs = 6e4;
const stepsPerElapsed = 4;
function* moments(from, to) {
	for (let at = from; at < to;) {
		at += Math.min(Math.max((at - from) / stepsPerElapsed, shortestStepMs), longestStepMs);
		yield Math.min(at, to);
	}
}
const patienceMs = 1e3;
const lookAgainMs = 50;
const mostLooksForStop = 2e3;
var TimeTravel = class TimeTravel {
	directory;
	#library;
	#offsetMs;
	#sleepers = false;
	static async from(startAt, library) {
		return new TimeTravel(await mkdtemp(join(tmpdir(), "webhook-conformance-time-")), startAt, library);
	}
	constructor(directory, startAt, library) {
		this.directory = directory;
		this.#library = library;
		this.#offsetMs = startAt - systemClock.now();
		this.#write();
	}
	get sleepers() {
		return this.#sleepers;
	}
	environment(env) {
		return travellingEnvironment(env, this.#library, this.#file);
	}
	leapTo(now) {
		this.#offsetMs = Math.max(this.#offsetMs, now - systemClock.now());
		this.#write();
	}
	async travelTo(now, family) {
		const travellers = living(family);
		const patience = { untilMs: systemClock.now() + patienceMs };
		for (const moment of moments(systemClock.now() + this.#offsetMs, now)) {
			this.#sleepers ||= await hasSleepers(travellers);
			this.leapTo(moment);
			wake(travellers);
			await rest(travellers, patience.untilMs);
		}
	}
	async close() {
		await rm(this.directory, {
			recursive: true,
			force: true
		});
	}
	get #file() {
		return join(this.directory, "offset");
	}
	#write() {
		const seconds = (this.#offsetMs / 1e3).toFixed(3);
		writeFileSync(`${this.#file}.next`, `${seconds.startsWith("-") ? "" : "+"}${seconds}\n`);
		renameSync(`${this.#file}.next`, this.#file);
	}
};
function wake(pids) {
	for (const pid of pids) signalled(pid, "SIGSTOP");
	for (const pid of pids) for (let looks = 0; looks < mostLooksForStop; looks += 1) {
		const state = statOf(pid)?.state;
		if (state === void 0 || state === "T" || state === "Z") break;
	}
	for (const pid of pids) signalled(pid, "SIGCONT");
}
async function hasSleepers(pids) {
	const waits = timedWaits(pids);
	if (waits.length === 0) return false;
	await systemClock.sleep(lookAgainMs);
	const still = new Set(timedWaits(pids));
	return waits.some((wait) => still.has(wait));
}
async function rest(pids, untilMs) {
	do {
		await systemClock.sleep(0);
		const mark = atRest(pids);
		if (mark !== null && mark === atRest(pids)) return;
	} while (systemClock.now() < untilMs);
}
// src/lab/process/process-receiver.ts
async function startProcessReceiver(options) {
	const endpoint = await localEndpoint(options.url, options.network);
	if (await accepts(endpoint)) throw portTaken(endpoint.port, "before the command was started");
	const { startAt, startTimeoutMs = defaultStartTimeoutMs } = options;
	const time = options.timeTravel ? await TimeTravel.from(startAt - startTimeoutMs, findLibfaketime()) : null;
	const host = new ProcessHost(options, endpoint, time);
	try {
		await host.start();
	} catch (error) {
		await host.close();
		throw error;
	}
	return {
		kind: "process",
		title: options.timeTravel ? "a local process, its clock moved" : "a local process",
		url: options.url,
		...options.network && { network: options.network },
		sharesTime: false,
		probe: options.probe,
		...time && {
			travelTo: (now) => host.travelTo(now),
			assertFollows: (date, now) => assertDateFollows(date, now, now - startAt)
		},
		restart: () => host.restart(),
		output: () => host.output(),
		settle: () => host.settle(),
		caveats: () => time?.sleepers === true ? [sleepersCaveat] : [],
		close: () => host.close()
	};
}
const sleepersCaveat = "threads of the receiver sleep until a time is up; --time-travel cannot wake them, so what they do then comes late or not at all";
export { startProcessReceiver };

//# sourceMappingURL=process-receiver-B91QgnAi.js.map