import { b as systemClock } from "./sender-liWPum1j.js";
import { r as readOptions, v as isoTime } from "./catalogue-DCc5JICU.js";
import { b as exitCodes, c as print, j as UsageError, l as printAside, o as withoutSecrets, r as Interrupted, y as harness } from "./main-C_aTT-j6.js";
import { D as writeMatrix, E as withJson, M as matrixBuilder, T as prepareMatrix, a as presentMatrix, i as addMatrixToSummary, j as openJournal, l as muteWorkflowCommands, o as targetLine, w as linksTo } from "./reports-TZriK1mR.js";
import { c as shardNote } from "./runner-COkQzweF.js";
import { M as interruptible, P as withVariables, a as parseShard, c as runReported, i as planOf, l as afterJudgement, n as stageRun, o as shareOf, r as withSessions, s as prepareReports, u as describeDryRun } from "./run-DFxdsb51.js";
import { f as runOptions } from "./command-line-DL7FZMfB.js";
import { S as assertSchema, w as readDocument } from "./lab-DQqfHKWn.js";
import { i as configSchema, r as withAbsolutePaths } from "./config-file-DeNpHhUc.js";
import { setMaxListeners } from "node:events";
import { join } from "node:path";
// src/cli/targets/targets-schema.ts
const ofTheWholeRun = new Set([
	"embedded",
	"targets",
	"targets-at-once",
	"shard",
	"report",
	"out",
	"json",
	"quiet",
	"dry-run",
	"github",
	"update-known-failures"
]);
const optionsOfOneTarget = Object.fromEntries(Object.entries(runOptions).filter(([name]) => !ofTheWholeRun.has(name)));
const namePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$";
function targetSchema() {
	const { properties, ...rest } = configSchema(optionsOfOneTarget);
	const name = {
		title: "letters, digits, dots, dashes and underscores, a letter or digit first, 100 at most",
		type: "string",
		pattern: namePattern,
		description: "what it is called, also in the file system"
	};
	return {
		title: "an object with name and url",
		...rest,
		required: ["name", "url"],
		properties: {
			name,
			...properties
		}
	};
}
function targetsSchema() {
	const list = {
		title: "a list of receivers, each with name and url",
		type: "array",
		minItems: 1,
		items: { $ref: "#/definitions/target" }
	};
	return {
		$schema: "http://json-schema.org/draft-07/schema#",
		title: "webhook-conformance targets",
		description: "Receivers for one run: a list, or an object with the list in it. YAML or JSON.",
		anyOf: [list, {
			type: "object",
			additionalProperties: false,
			required: ["targets"],
			properties: {
				$schema: { type: "string" },
				targets: list
			}
		}],
		definitions: { target: targetSchema() }
	};
}
// src/cli/targets/targets-file.ts
const reservedNames = new Set([
	"journal.jsonl",
	"matrix.json",
	"matrix.md",
	"matrix.html"
]);
const kind = {
	code: "ERR_TARGETS",
	expected: "a list of receivers, each with name and url"
};
function readTargetsFile(file) {
	const document = readDocument(kind, `--targets ${file}`, file);
	const isWrapped = typeof document.value === "object" && document.value !== null && !Array.isArray(document.value);
	const { definitions, anyOf: forms } = targetsSchema();
	assertSchema(document, {
		...forms[isWrapped ? 1 : 0],
		definitions
	});
	const list = isWrapped ? document.value.targets : document.value;
	const taken = new Map();
	return list.map((written, index) => {
		const path = [...isWrapped ? ["targets"] : [], index];
		const { name, url, ...raw } = written;
		const wrong = (what, key) => document.wrong(key !== void 0 && key in written ? [...path, key] : path, `target ${JSON.stringify(name)}: ${what}`);
		const same = taken.get(name.toLowerCase());
		if (same !== void 0) throw wrong(`expected a name of its own, but there is "${same}" before it`, "name");
		if (reservedNames.has(name.toLowerCase())) throw wrong("expected another name, this one is a file's", "name");
		taken.set(name.toLowerCase(), name);
		const entry = {
			name,
			url,
			raw: withAbsolutePaths(raw, optionsOfOneTarget, file),
			wrong
		};
		return {
			...entry,
			withVariables(environment) {
				const { url: given, ...others } = withVariables({
					url,
					...raw
				}, optionsOfOneTarget, environment, (key, what) => wrong(what, key));
				return {
					...entry,
					url: given,
					raw: withAbsolutePaths(others, optionsOfOneTarget, file),
					withVariables: () => this
				};
			}
		};
	});
}
// src/cli/targets/targets-plan.ts
const commandsAtOnce = 8;
async function planTargets(file, base, share, signal) {
	const all = readTargetsFile(file);
	const names = all.map(({ name }) => name);
	const entries = share(all).map((entry) => entry.withVariables(process.env));
	const listening = new Map();
	const targets = [];
	for (const entry of entries) targets.push(await blaming(entry, base, () => planned(entry, base, listening)));
	if (readOptions(runOptions, base)["dry-run"]) return {
		targets,
		names
	};
	return {
		targets: await withAllSessions(targets, entries, base, signal),
		names
	};
}
async function planned({ name, url, raw }, base, listening) {
	const run = await planOf({
		url,
		raw: {
			...base,
			...raw
		}
	});
	const { options, plan, resultsApi } = run;
	const address = resultsApi === null ? void 0 : `${resultsApi.host}:${resultsApi.port}`;
	const same = address === void 0 ? void 0 : listening.get(address);
	if (same !== void 0) throw new UsageError("ERR_TARGETS", `--results-api: expected an address of its own, but "${same}" has ${address}`);
	if (address !== void 0 && resultsApi?.port !== 0) listening.set(address, name);
	return {
		name,
		url: plan.redactor.redactUrl(plan.url.display),
		run,
		dryRun: options["dry-run"] ? describeDryRun(run) : null
	};
}
async function withAllSessions(targets, entries, base, signal) {
	const all = [...targets];
	const queue = [...targets.entries()];
	const worker = async () => {
		for (let next = queue.shift(); next !== void 0; next = queue.shift()) {
			const [index, target] = next;
			const entry = entries[index];
			if (entry === void 0) continue;
			all[index] = {
				...target,
				run: await blaming(entry, base, () => withSessions(target.run, signal))
			};
		}
	};
	await Promise.all(Array.from({ length: commandsAtOnce }, worker));
	return all;
}
async function blaming(entry, base, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		const option = /^--([\w-]+)/.exec(error.message)?.[1];
		if (option !== void 0 && !(option in entry.raw) && option in base) throw error;
		throw entry.wrong(error.message, option ?? "url");
	}
}
// src/cli/targets/targets-slots.ts
const lateMs = 250;
function createSlots({ atOnce, mostOpen, patienceMs, clock }) {
	let working = 0;
	let open = 0;
	let waiting = null;
	const admit = () => {
		if (working < atOnce && open < mostOpen) waiting?.();
	};
	const occupy = () => {
		let isWorking = true;
		let timer;
		working += 1;
		open += 1;
		const watch = () => {
			const due = clock.now() + patienceMs;
			return clock.timer(patienceMs, () => {
				if (clock.now() - due > lateMs) {
					timer = watch();
					return;
				}
				isWorking = false;
				working -= 1;
				admit();
			});
		};
		timer = watch();
		return {
			sign() {
				timer.cancel();
				timer = watch();
				if (!isWorking) working += 1;
				isWorking = true;
			},
			release() {
				timer.cancel();
				if (isWorking) working -= 1;
				open -= 1;
				admit();
			}
		};
	};
	return { take(signal) {
		return new Promise((resolve) => {
			const end = (slot) => {
				signal.removeEventListener("abort", giveUp);
				waiting = null;
				resolve(slot());
			};
			const giveUp = () => end(() => null);
			if (signal.aborted) {
				resolve(null);
				return;
			}
			signal.addEventListener("abort", giveUp);
			waiting = () => end(occupy);
			admit();
		});
	} };
}
// src/cli/targets/targets-run.ts
const patienceMs = 1e3;
const openPerWorking = 10;
async function runMany(options) {
	const { targets, atOnce, signal, matrix } = options;
	setMaxListeners(0, signal);
	const slots = createSlots({
		atOnce,
		mostOpen: atOnce * openPerWorking,
		patienceMs,
		clock: systemClock
	});
	const running = new Set();
	const begun = new Set();
	for (const target of targets) {
		const slot = await slots.take(signal);
		if (slot === null) break;
		begun.add(target);
		const work = runOne(target, slot, options).finally(() => {
			running.delete(work);
			slot.release();
		});
		running.add(work);
	}
	await Promise.all(running);
	for (const { name, url } of targets.filter((target) => !begun.has(target))) options.ended(matrix.addUnrun({
		name,
		url,
		reason: "the run was interrupted before its turn",
		exitCode: exitCodes.interrupted
	}));
}
async function runOne(target, slot, options) {
	const { name, url } = target;
	try {
		options.ended(await reported(target, slot, options));
	} catch (error) {
		const exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.internal;
		const said = error instanceof Error ? error.message : String(error);
		const reason = exitCode === exitCodes.usage ? said : `a fault of the harness, not of the receiver: ${said}`;
		options.ended(options.matrix.addUnrun({
			name,
			url,
			reason,
			exitCode
		}));
	}
}
async function reported({ name, run }, slot, { directory, formats, signal, matrix }) {
	return withoutSecrets(run.plan.redactor, async () => {
		const stage = await stageRun(run, signal);
		try {
			const own = join(directory, name);
			const report = await runReported(stage.target, {
				signal,
				directory: own,
				formats,
				on: () => slot.sign()
			});
			return matrix.add(report, {
				name,
				files: linksTo(name, formats)
			});
		} finally {
			await stage.close();
		}
	});
}
// src/cli/targets/targets-command.ts
const farewell = "interrupted: what has finished is reported; a second time ends it at once";
async function runTargets({ url, raw }) {
	const options = readOptions(runOptions, raw);
	if (url !== null) throw unusable("expected no callback URL beside it, got one");
	if (options["update-known-failures"]) throw unusable("expected no --update-known-failures beside it, got it");
	const shard = options.shard === void 0 ? null : parseShard(options.shard);
	const { targets: _file, shard: _shard, ...base } = raw;
	return interruptible(options["dry-run"] ? null : farewell, async (signal) => {
		const share = (entries) => shard === null ? entries : shareOf(entries, shard);
		const planned = await planTargets(options.targets ?? "", base, share, signal);
		if (signal.aborted) throw new Interrupted();
		if (!options["dry-run"]) return check(planned, options, shard, signal);
		const plans = planned.targets.flatMap(({ name, dryRun }) => dryRun === null ? [] : [{
			name,
			dryRun
		}]);
		if (options.json) print(`[${plans.map(({ dryRun }) => dryRun).join(",")}]`);
		else print(plans.map(({ name, dryRun }) => `${name}: ${dryRun}`).join("\n\n"));
		return exitCodes.passed;
	});
}
async function check({ targets, names: all }, options, shard, signal) {
	const formats = withJson(options.report);
	prepareMatrix(options.out);
	for (const { name } of targets) prepareReports(join(options.out, name), formats);
	const startedAtMs = systemClock.now();
	const facts = {
		harness,
		startedAt: isoTime(startedAtMs),
		notes: shard === null ? [] : [shareNote(shard, targets.length)],
		...shard !== null && { expected: all }
	};
	const matrix = matrixBuilder();
	const journal = openJournal(options.out, {
		kind: "targets",
		...facts,
		targets: targets.map(({ name, url }) => ({
			name,
			url
		}))
	});
	const unmute = muteWorkflowCommands(options);
	try {
		await runMany({
			targets,
			atOnce: options["targets-at-once"],
			directory: options.out,
			formats,
			signal,
			matrix,
			ended: tell(targets.length, journal, options.quiet)
		});
		const names = targets.map(({ name }) => name);
		const built = matrix.build({
			...facts,
			durationMs: Math.round(systemClock.now() - startedAtMs)
		}, names);
		const exitCode = signal.aborted ? exitCodes.interrupted : built.gate.exitCode;
		const finished = {
			...built,
			gate: {
				...built.gate,
				exitCode
			}
		};
		presentMatrix(finished, options);
		const written = await afterJudgement(exitCode, async () => {
			const files = await writeMatrix(options.out, finished);
			if (!options.json && !options.quiet) printAside(`matrix: ${files.join(", ")}`);
		});
		if (options.github !== "off") addMatrixToSummary(finished);
		return written;
	} finally {
		journal.close();
		unmute();
	}
}
function tell(all, journal, quiet) {
	let ended = 0;
	return (target) => {
		ended += 1;
		journal.write({
			kind: "target",
			...target
		});
		if (!quiet) printAside(`${`[${ended}/${all}]`.padEnd(11)} ${targetLine(target)}`);
	};
}
function shareNote(shard, receivers) {
	if (receivers === 0) return shardNote(shard, " has no receiver to check, so nothing was sent.");
	return shardNote(shard, `: ${receivers} ${receivers === 1 ? "receiver is" : "receivers are"} its part.`);
}
const unusable = (what) => new UsageError("ERR_TARGETS", `--targets: ${what}`);
export { runTargets };

//# sourceMappingURL=targets-command-CxzPJVms.js.map