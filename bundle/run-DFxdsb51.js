import { o as __toESM } from "./rolldown-runtime-Dq7tRbEa.js";
import { a as isDebugged, b as exitCodes, c as print, f as wantsColor, g as scheduledOffsetsMs, j as UsageError, l as printAside, o as withoutSecrets, p as defaults, r as Interrupted, s as canRedraw, x as gateOf } from "./main-C_aTT-j6.js";
import { _ as parseCallbackUrl, b as systemClock, c as parseConnectTo, g as changeJsonValues, o as createSender, p as parseProxy, s as directRoute } from "./sender-liWPum1j.js";
import { C as freeTextValues, a as suites, i as suitesUnder, r as readOptions, v as isoTime, y as parseTime } from "./catalogue-DCc5JICU.js";
import { B as suppliedSessions, F as ProbeError, J as spellingsOf, K as findSecrets, L as hexOf, S as assertSchema, U as namesASecret, V as secretsInUrl, Y as namedShortSecrets, d as bytesToText, f as capText, q as mergeRanges, w as readDocument } from "./lab-DQqfHKWn.js";
import { r as cutTo } from "./app-Ce0tnlVu.js";
import { E as suggestion, _ as contractOf, f as runOptions } from "./command-line-DL7FZMfB.js";
import { C as knownFailureOf, D as namedChecks, S as inForce, T as unexplained, _ as AdvanceError, a as silenceIn, b as preSkip, c as shardNote, f as planRun, i as run, k as selectChecks, l as shardsIn, n as urlProbe, p as openTarget, r as seenIn, t as secretsInCommand, w as staleEntries, y as word } from "./runner-COkQzweF.js";
import { A as journalFile, B as prepareDirectory, H as writeFileAtomically, O as reportFiles, U as jsonText, W as readTextFile, c as seconds, j as openJournal, k as writeReports, l as muteWorkflowCommands, s as progressLine, t as reportOutline, u as tellGitHub, y as presentReport, z as assertWritable } from "./reports-TZriK1mR.js";
import { t as require_fastify } from "./fastify-9pSrOz95.js";
import { n as require_Reflect, t as require_x509_cjs } from "./x509-VNFSHOD6.js";
import { existsSync } from "node:fs";
import { X509Certificate, createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { setMaxListeners } from "node:events";
import { isIP } from "node:net";
import { basename, join } from "node:path";
import { finished } from "node:stream";
import { exec, spawn } from "node:child_process";
// src/cli/environment-value.ts
var import_fastify = __toESM(require_fastify(), 1);
function withEnvironment(option, text, environment) {
	return text.replaceAll(/\$\{(\w+)\}/g, (_, variable) => {
		const value = environment[variable]?.trim();
		if (value !== void 0 && value !== "") return value;
		const state = value === void 0 ? `is not set${suggestion(variable, Object.keys(environment))}` : "is empty";
		throw new UsageError("ERR_ENVIRONMENT", `${option}: expected a value in the environment variable ${variable}, which ${state}`);
	});
}
function withVariables(values, options, environment, wrong) {
	const read = (key, value) => {
		if (Array.isArray(value)) return value.map((one) => read(key, one));
		if (typeof value !== "string") return value;
		try {
			return withEnvironment(`"${key}"`, value, environment);
		} catch (error) {
			throw wrong(key, error.message);
		}
	};
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, options[key]?.readsVariables === true ? value : read(key, value)]));
}
// src/cli/interruption.ts
const signals = [
	"SIGINT",
	"SIGTERM",
	"SIGHUP"
];
async function interruptible(announcement, work) {
	const controller = new AbortController();
	const interrupt = () => {
		if (controller.signal.aborted) process.exit(exitCodes.interrupted);
		if (announcement !== null) printAside(announcement);
		controller.abort();
	};
	for (const name of signals) process.on(name, interrupt);
	try {
		return await work(controller.signal);
	} finally {
		for (const name of signals) process.removeListener(name, interrupt);
	}
}
// src/cli/listen-error.ts
const reasons = {
	EADDRINUSE: "something else listens there",
	EACCES: "it may not be used",
	EADDRNOTAVAIL: "this machine has no such address",
	ENOTFOUND: "there is no such name"
};
function listenError(error, options) {
	const { syscall, code = "" } = error;
	if (syscall !== "listen" && syscall !== "getaddrinfo") return error;
	return new UsageError("ERR_LISTEN", `${options}: expected an address to listen on, but ${reasons[code] ?? code}`);
}
// src/cli/ca-file.ts
const certificate = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;
function readCaFile(file) {
	const found = readTextFile("ca", file).match(certificate) ?? [];
	if (found.length === 0) throw unusable$3(file, "a PEM file with a certificate in it, got one without");
	for (const [index, pem] of found.entries()) try {
		new X509Certificate(pem);
	} catch {
		throw unusable$3(file, `certificates, but number ${index + 1} cannot be parsed`);
	}
	return found;
}
function unusable$3(file, expected) {
	return new UsageError("ERR_CA", `--ca ${file}: expected ${expected}`);
}
// src/cli/network-options.ts
function networkOf(options) {
	const connectTo = options["connect-to"];
	return {
		ca: options.ca === void 0 ? [] : readCaFile(options.ca),
		proxy: options.proxy === void 0 ? null : parseProxy(options.proxy),
		route: connectTo.length === 0 ? directRoute : parseConnectTo(connectTo)
	};
}
// src/cli/header-option.ts
function parseHeaders(texts, environment) {
	return texts.map((text) => parseHeader(text, environment));
}
function parseHeader(text, environment) {
	const empty = /^([^:;\s]+);\s*$/.exec(text)?.[1];
	if (empty !== void 0) return [empty, ""];
	const colon = text.indexOf(":");
	const name = text.slice(0, Math.max(colon, 0)).trim();
	if (name === "") throw unusable$2("--header: expected 'Name: value', got one without a name and a colon after it");
	const value = text.slice(colon + 1).trim();
	if (value === "") throw unusable$2(`--header ${name}: expected a value, got none; '${name};' sends an empty one`);
	return [name, withEnvironment(`--header ${name}`, value, environment)];
}
function unusable$2(message) {
	return new UsageError("ERR_HEADER", message);
}
// src/cli/run/sessions.ts
function sessionsIn(options) {
	const file = options["session-ids"];
	if (file === void 0) return null;
	if (options["session-command"] !== void 0) throw new UsageError("ERR_SESSIONS", "--session-ids and --session-command: expected one of them, got both");
	return suppliedSessions(linesOf(readTextFile("session-ids", file), `--session-ids ${file}`));
}
async function sessionsToldBy(command, signal) {
	return suppliedSessions(linesOf(await outputOf$1(command, signal), "--session-command"));
}
function linesOf(text, option) {
	const ids = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
	const illegal = ids.findIndex((id) => !/^[\x20-\x7e]+$/.test(id));
	const expected = `${option}: expected session ids of visible ASCII characters, one a line`;
	if (illegal >= 0) throw new UsageError("ERR_SESSIONS", `${expected}, got another character in id ${illegal + 1}`);
	if (ids.length === 0) throw new UsageError("ERR_SESSIONS", `${expected}, got none`);
	return ids;
}
function outputOf$1(command, signal) {
	return new Promise((resolve, reject) => {
		exec(command, {
			signal,
			maxBuffer: 67108864
		}, (error, stdout, stderr) => {
			if (error === null) resolve(stdout);
			else if (signal.aborted) reject(new Interrupted());
			else reject(new UsageError("ERR_SESSIONS", `--session-command: expected it to succeed, ${howItEnded$1(error, stderr)}`));
		});
	});
}
function howItEnded$1(error, stderr) {
	const how = typeof error.code === "number" ? `exit code ${error.code}` : error.signal ?? error.code ?? "no exit code";
	const said = stderr.trim().slice(0, 500);
	return said === "" ? `got ${how} and nothing on stderr` : `got ${how}: ${said}`;
}
// src/capture/session-names.ts
function sessionNames({ request }, headers, body) {
	const members = objectIn(body) ?? {};
	return {
		header: valuesOf(headers, request.sessionHeader),
		legacyHeader: valuesOf(headers, request.legacySessionHeader),
		field: members[request.sessionField],
		legacyField: members[request.legacySessionField]
	};
}
function sessionIdsAmong({ header, field, legacyHeader, legacyField }) {
	const named = [
		...header,
		field,
		...legacyHeader,
		legacyField
	];
	return [...new Set(named.filter((name) => typeof name === "string" && name !== ""))];
}
function valuesOf(headers, name) {
	return headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}
function objectIn(body) {
	try {
		const value = JSON.parse(body.toString());
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
	} catch {
		return null;
	}
}
// src/capture/secrets-taken-out.ts
const removed = "[removed]";
const harmless = new Set([
	"accept",
	"accept-charset",
	"accept-encoding",
	"accept-language",
	"cache-control",
	"content-encoding",
	"content-language",
	"date",
	"pragma",
	"user-agent"
]);
function isHarmless(name, { request }) {
	const key = name.toLowerCase();
	return harmless.has(key) || request.systemHeaders.includes(key) && key !== "host";
}
function secretsTakenOut(request, contract, path) {
	const query = queryOf(request.target);
	const hidden = request.headers.filter(([name, value]) => !isHarmless(name, contract) && value !== "");
	const ids = sessionIdsAmong(sessionNames(contract, request.headers, request.body));
	const secrets = [...hidden.map(([name, value]) => ({
		kind: "header",
		name,
		value
	})), ...query.map(({ name, value }) => ({
		kind: "query",
		name,
		value
	}))].filter(({ value }) => value !== "" && !ids.some((id) => id.includes(value)));
	const without = sweeper(secrets, ids);
	const isHidden = new Set(hidden);
	const headers = request.headers.map((header) => {
		const [name, value] = header;
		const isSystem = contract.request.systemHeaders.includes(name.toLowerCase());
		return isHidden.has(header) || !isSystem && without(value) !== value ? [name, removed] : header;
	});
	const body = Buffer.from(without(wholeValuesOut(request.body, secrets, ids).toString("latin1"), request.cut), "latin1");
	return {
		target: targetWithout(request.target, path),
		headers,
		body,
		removed: {
			headers: distinct(headers.filter((header, index) => header !== request.headers[index]).map(([name]) => name)),
			query: distinct(query.map(({ name }) => name).filter((name) => name !== "")),
			body: !body.equals(request.body)
		}
	};
}
function sweeper(secrets, ids) {
	const spellings = freeTextValues(secrets).filter((value) => !ids.some((id) => id.includes(value))).flatMap(spellingsOf);
	const findNamed = namedShortSecrets(secrets);
	return (text, cut = false) => {
		let result = "";
		let position = 0;
		for (const [start, end] of mergeRanges([...findSecrets(text, spellings, { cut }), ...findNamed(text)])) {
			result += text.slice(position, start) + removed;
			position = end;
		}
		return result + text.slice(position);
	};
}
const looksSecret = (name) => namesASecret(name) && !/code$/i.test(name);
function wholeValuesOut(body, secrets, ids) {
	if (objectIn(body) === null) return body;
	const values = new Set(secrets.flatMap(({ value }) => [value, Buffer.from(value, "latin1").toString()]));
	const text = body.toString();
	const changed = changeJsonValues(text, (value, name) => values.has(value) || value !== "" && looksSecret(name) && !ids.includes(value) ? removed : null);
	return changed === text ? body : Buffer.from(changed);
}
function targetWithout(target, path) {
	const [pathname = "", query] = target.split(/\?(.*)/s);
	const shown = pathname === path ? path : `/${removed}`;
	if (query === void 0) return shown;
	return `${shown}?${query.split("&").map((pair) => {
		const equals = pair.indexOf("=");
		return equals < 0 ? pair === "" ? "" : removed : `${pair.slice(0, equals)}=${removed}`;
	}).join("&")}`;
}
function queryOf(target) {
	const [, query = ""] = target.split(/\?(.*)/s);
	return query.split("&").filter((pair) => pair !== "").map((pair) => {
		const equals = pair.indexOf("=");
		return {
			name: pair.slice(0, Math.max(equals, 0)),
			value: pair.slice(equals + 1)
		};
	});
}
const distinct = (names) => [...new Set(names)];
const legalName = /^[!#$%&'*+.^_`|~\w-]+$/;
const legalValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const bodyKeptBytes = 1048576;
function isHttpRequest({ method, version }) {
	return method !== "CONNECT" && legalName.test(method) && /^HTTP\/\d/.test(version);
}
function captureOf(seen, { contract, path, capturedAt }) {
	const cut = seen.bodyIsCut === true || seen.body.length > 1048576;
	const legal = seen.headers.filter(([name, value]) => legalName.test(name) && legalValue.test(value));
	const { target, headers, body, removed } = secretsTakenOut({
		target: seen.target,
		headers: legal,
		body: seen.body.subarray(0, bodyKeptBytes),
		cut
	}, contract, path);
	return {
		schemaVersion: "1.0",
		capturedAt,
		request: {
			method: seen.method,
			target,
			httpVersion: seen.version.replace(/^HTTP\//, ""),
			headers,
			body: {
				...encoded(body),
				cut
			}
		},
		removed
	};
}
function bytesOf({ encoding, data }) {
	return Buffer.from(data, encoding === "text" ? "utf8" : "base64");
}
function encoded(body) {
	const text = body.toString();
	return Buffer.from(text).equals(body) ? {
		encoding: "text",
		data: text
	} : {
		encoding: "base64",
		data: body.toString("base64")
	};
}
// src/capture/foreign-members.ts
const resultNames = /^(?:results?|transcript(?:ion)?s?(?:results?|text)?|segments|utterances|words|captions|subtitles)$/;
const isStatusWord = (value) => typeof value === "string" && /^\w*$/.test(value);
const deepest = 8;
function looksLikeResults(value, depth = 0) {
	if (typeof value !== "object" || value === null || depth > deepest) return null;
	for (const [name, member] of Object.entries(value)) {
		const isNamedSo = resultNames.test(name.toLowerCase().replaceAll(/[^a-z]/g, ""));
		const holdsText = typeof member === "string" && !isStatusWord(member);
		const holdsMore = typeof member === "object" && member !== null && Object.keys(member).length > 0;
		if (isNamedSo && (holdsText || holdsMore)) return name;
		const within = looksLikeResults(member, depth + 1);
		if (within !== null) return within;
	}
	return null;
}
function saysItFailed(members) {
	const said = Object.entries(members).find(([name, value]) => /^(?:job|session)?_?(?:status|state)$/i.test(name) && typeof value === "string" && /^(?:fail(?:ed|ure)?|error(?:ed)?|abort(?:ed)?|cancell?ed)$/i.test(value));
	return said === void 0 ? null : `${said[0]}: ${String(said[1])}`;
}
// src/capture/strays.ts
const unseenInOneCallback = "One callback shows nothing of the retry schedule, nor of the URL that it was sent to.";
const strayText = ({ clause, expected, actual }) => `${clause}: expected ${expected}, got ${actual}`;
function straysFrom(contract, { request }, configured = []) {
	const body = bytesOf(request.body);
	const names = sessionNames(contract, request.headers, body);
	const [sessionId] = sessionIdsAmong(names);
	const seen = {
		contract,
		request,
		names,
		sessionId,
		members: request.body.cut ? null : objectIn(body)
	};
	return [
		...inTrigger(seen),
		...inMethodAndType(seen),
		...inSessionHeaders(seen),
		...inBody(seen, body),
		...inCustomHeaders(seen, configured),
		...inSystemHeaders(seen),
		...inResults(seen)
	];
}
function additionsIn({ request }, contract) {
	const { sessionField, legacySessionField } = contract.request;
	return Object.keys(objectIn(bytesOf(request.body)) ?? {}).filter((name) => name !== sessionField && name !== legacySessionField);
}
function inTrigger({ members }) {
	const failed = saysItFailed(members ?? {});
	if (failed === null) return [];
	return [{
		clause: "trigger/success-only",
		expected: "a job that completed successfully",
		actual: failed
	}];
}
function inMethodAndType({ contract, request }) {
	const clause = "request/post-json";
	const { method, contentType } = contract.request;
	const types = valuesOf(request.headers, "content-type");
	const isType = (value) => value.split(";", 1)[0]?.trim().toLowerCase() === contentType;
	const strays = [];
	if (request.method !== method) strays.push({
		clause,
		expected: method,
		actual: shown(request.method)
	});
	if (types.length === 0 || !types.every(isType)) {
		const actual = types.length === 0 ? "no such header" : types.map(shown).join(" and ");
		strays.push({
			clause,
			expected: `Content-Type: ${contentType}`,
			actual
		});
	}
	return strays;
}
function inSessionHeaders({ contract, names, sessionId }) {
	const { sessionHeader, legacySessionHeader } = contract.request;
	const strays = [];
	const judge = (clause, name, values) => {
		const expected = `${name}: ${sessionId === void 0 ? "a session id" : shown(sessionId)}`;
		if (values.length === 0) strays.push({
			clause,
			expected,
			actual: "no such header"
		});
		for (const value of new Set(values)) if (value === "" || value !== sessionId) strays.push({
			clause,
			expected,
			actual: shown(value)
		});
	};
	judge("request/session-header", sessionHeader, names.header);
	judge("request/legacy-session-header", legacySessionHeader, names.legacyHeader);
	return strays;
}
function inBody({ contract, request, names, sessionId, members }, body) {
	const clause = "request/body";
	const { sessionField, legacySessionField } = contract.request;
	if (members === null) return [{
		clause,
		expected: `a JSON object with ${sessionField} and ${legacySessionField}`,
		actual: kindOf(request, body)
	}];
	const own = sessionId === void 0 ? "a session id" : shown(sessionId);
	return [{
		name: sessionField,
		value: names.field,
		note: ""
	}, {
		name: legacySessionField,
		value: names.legacyField,
		note: " (request/zoom-id-may-go: a future version may remove it)"
	}].filter(({ value }) => value === "" || value === void 0 || value !== sessionId).map(({ name, value, note }) => ({
		clause,
		expected: `${name}: ${own}${note}`,
		actual: value === void 0 ? "no such member" : shown(value)
	}));
}
function inCustomHeaders({ contract, request }, configured) {
	return configured.filter((name) => !contract.request.systemHeaders.includes(name.toLowerCase())).filter((name) => valuesOf(request.headers, name).length === 0).map((name) => ({
		clause: "auth/custom-headers",
		expected: `${name}, as configured`,
		actual: "no such header"
	}));
}
function inSystemHeaders({ contract, request }) {
	const { sessionHeader, legacySessionHeader } = contract.request;
	return [
		"Content-Type",
		sessionHeader,
		legacySessionHeader,
		"Host",
		"Content-Length"
	].flatMap((name) => {
		const values = valuesOf(request.headers, name);
		const actual = `${values.length}: ${values.map(shown).join(" and ")}`;
		return values.length < 2 ? [] : [{
			clause: "auth/system-headers-win",
			expected: `one ${name} header`,
			actual
		}];
	});
}
function inResults({ members }) {
	const name = looksLikeResults(members);
	if (name === null) return [];
	return [{
		clause: "results/not-in-callback",
		expected: "no transcription results",
		actual: `a member ${shown(name)} in the body`
	}];
}
function kindOf({ body: { cut, encoding } }, body) {
	if (cut) return "a body of which only the start was kept";
	if (body.length === 0) return "an empty body";
	if (encoding === "base64") return `${body.length} bytes that are not UTF-8`;
	try {
		const value = JSON.parse(body.toString());
		return typeof value === "object" ? shown(value) : `a ${typeof value}`;
	} catch {
		return "text that is not JSON";
	}
}
const longestShownBytes = 120;
function shown(value) {
	if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
	const isPlain = typeof value === "string" && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
	return capText(isPlain ? value : JSON.stringify(value), longestShownBytes);
}
require_Reflect();
var import_x509_cjs = __toESM(require_x509_cjs(), 1);
const dateOf = (ms) => new Date(ms);
const dayMs = 864e5;
const algorithm = {
	name: "ECDSA",
	namedCurve: "P-256",
	hash: "SHA-256"
};
async function createCertificateAuthority(options = {}) {
	const name = options.name ?? "webhook-conformance test CA";
	const root = await authority(name, null);
	let middle;
	return {
		certificatePem: root.certificate.toString("pem"),
		async issue(leaf) {
			const issuer = leaf.intermediate === void 0 ? root : await (middle ??= authority(`${name}, intermediate`, root));
			const { certificate, keys } = await endEntity(leaf, issuer);
			const chain = leaf.intermediate === "sent" ? [certificate, issuer.certificate] : [certificate];
			return {
				key: await privateKeyPem(keys),
				cert: chain.map((link) => link.toString("pem")).join("\n")
			};
		}
	};
}
async function selfSignedCertificate(options) {
	const { certificate, keys } = await endEntity(options, null);
	return {
		key: await privateKeyPem(keys),
		cert: certificate.toString("pem")
	};
}
async function authority(name, issuer) {
	const now = systemClock.now();
	return sign(name, {
		notBefore: now - 365 * dayMs,
		notAfter: now + 3650 * dayMs
	}, issuer, [new import_x509_cjs.BasicConstraintsExtension(true, void 0, true), new import_x509_cjs.KeyUsagesExtension(import_x509_cjs.KeyUsageFlags.keyCertSign | import_x509_cjs.KeyUsageFlags.cRLSign, true)]);
}
async function endEntity(leaf, issuer) {
	const yesterday = systemClock.now() - dayMs;
	const notBefore = leaf.notBefore ?? Math.min(yesterday, (leaf.notAfter ?? Infinity) - 90 * dayMs);
	const notAfter = leaf.notAfter ?? notBefore + 90 * dayMs;
	const [commonName = "nobody"] = leaf.hosts;
	return sign(commonName, {
		notBefore,
		notAfter
	}, issuer, [
		new import_x509_cjs.BasicConstraintsExtension(false, void 0, true),
		new import_x509_cjs.KeyUsagesExtension(import_x509_cjs.KeyUsageFlags.digitalSignature, true),
		new import_x509_cjs.ExtendedKeyUsageExtension([import_x509_cjs.ExtendedKeyUsage.serverAuth]),
		new import_x509_cjs.SubjectAlternativeNameExtension(leaf.hosts.map((value) => ({
			type: isIP(value) === 0 ? "dns" : "ip",
			value
		})))
	]);
}
async function sign(commonName, validity, issuer, extensions) {
	const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
	const subject = [{ CN: [commonName] }];
	return {
		certificate: await import_x509_cjs.X509CertificateGenerator.create({
			subject,
			issuer: issuer?.certificate.subject ?? subject,
			notBefore: dateOf(validity.notBefore),
			notAfter: dateOf(validity.notAfter),
			publicKey: keys.publicKey,
			signingKey: issuer?.keys.privateKey ?? keys.privateKey,
			signingAlgorithm: algorithm,
			extensions: [
				...extensions,
				await import_x509_cjs.SubjectKeyIdentifierExtension.create(keys.publicKey),
				await import_x509_cjs.AuthorityKeyIdentifierExtension.create(issuer?.keys.publicKey ?? keys.publicKey)
			]
		}),
		keys
	};
}
async function privateKeyPem(keys) {
	return import_x509_cjs.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
}
// src/receivers/callback-body.ts
function callbackSchema(contract) {
	const { sessionField } = contract.request;
	return {
		type: "object",
		required: [sessionField],
		properties: { [sessionField]: {
			type: "string",
			minLength: 1,
			maxLength: 256,
			pattern: "^[^\\p{Cc}\\p{Cs}]*$",
			not: { enum: [".", ".."] }
		} }
	};
}
function decodeUtf8(bytes) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}
// src/receivers/credential.ts
function credentialCheck(credential) {
	const { header, value } = credential;
	try {
		validateHeaderName(header);
	} catch (cause) {
		throw new UsageError("ERR_CREDENTIAL", `credential.header: expected a header name, got ${JSON.stringify(header)}.`, { cause });
	}
	assertSecret("credential.value", value);
	const name = header.toLowerCase();
	const expected = digest(value);
	return (headers) => {
		const given = headers[name];
		return timingSafeEqual(digest(typeof given === "string" ? given : ""), expected);
	};
}
function assertSecret(option, value) {
	const expected = `${option}: expected a header value that is not empty and has no space around it`;
	if (value === "" || value.trim() !== value) throw new UsageError("ERR_CREDENTIAL", `${expected}.`);
	try {
		validateHeaderValue("authorization", value);
	} catch {
		throw new UsageError("ERR_CREDENTIAL", `${expected}, got one with a character that is not legal in a header.`);
	}
}
function digest(value) {
	return createHash("sha256").update(value).digest();
}
// src/receivers/results-client.ts
var ResultsUnavailable = class extends Error {
	name = "ResultsUnavailable";
};
const passing = new Set([
	404,
	408,
	409,
	425,
	429
]);
const longestRetryAfterMs = 6e5;
function createResultsClient(options) {
	const { clock, path, token, timeoutMs, retryDelaysMs, onRetry } = options;
	const baseUrl = parseBaseUrl(options.baseUrl);
	assertSecret("results.token", token);
	async function request(sessionId, signal) {
		const target = `${baseUrl}${path.replace("{sessionId}", () => encodeURIComponent(sessionId))}`;
		const controller = new AbortController();
		const abort = () => controller.abort();
		signal.addEventListener("abort", abort, { once: true });
		const timer = clock.timer(timeoutMs, abort);
		const hold = clock.hold();
		try {
			const response = await fetch(target, {
				headers: {
					authorization: token,
					accept: "application/json"
				},
				redirect: "manual",
				signal: controller.signal
			});
			if (response.ok) return {
				kind: "results",
				results: await response.json()
			};
			await response.body?.cancel();
			const reason = `the results API answered ${response.status}`;
			if (response.status < 500 && !passing.has(response.status)) return {
				kind: "refused",
				reason
			};
			return {
				kind: "failed",
				reason,
				retryAfterMs: retryAfterMs(response.headers.get("retry-after"), clock.now())
			};
		} catch (error) {
			signal.throwIfAborted();
			return {
				kind: "failed",
				reason: controller.signal.aborted ? `no results within ${timeoutMs} ms` : describe(error),
				retryAfterMs: 0
			};
		} finally {
			hold.release();
			timer.cancel();
			signal.removeEventListener("abort", abort);
		}
	}
	return async (sessionId, signal) => {
		signal.throwIfAborted();
		const delays = retryDelaysMs.values();
		for (;;) {
			const outcome = await request(sessionId, signal);
			if (outcome.kind === "results") return outcome.results;
			const next = delays.next();
			if (outcome.kind === "refused" || next.done) throw new ResultsUnavailable(outcome.reason);
			const delayMs = Math.max(next.value, outcome.retryAfterMs);
			onRetry?.(sessionId, outcome.reason, delayMs);
			await clock.sleep(delayMs, signal);
		}
	};
}
function parseBaseUrl(baseUrl) {
	const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
	if (!(url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash)) throw new UsageError("ERR_RESULTS_URL", "results.baseUrl: expected an http or https URL without userinfo or query.");
	return url.href.replace(/\/+$/, "");
}
function retryAfterMs(value, now) {
	if (value === null) return 0;
	const ms = /^\d+$/.test(value) ? Number(value) * 1e3 : (parseTime(value) ?? now) - now;
	return Math.min(Math.max(ms, 0), longestRetryAfterMs);
}
function describe(error) {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (cause instanceof SyntaxError) return "the results are not JSON";
	const code = cause.code;
	return `the request failed (${typeof code === "string" ? code : "unknown reason"})`;
}
// src/receivers/session-memory.ts
var SessionMemory = class {
	#clock;
	#keepMs;
	#entries = new Map();
	constructor(clock, keepMs) {
		this.#clock = clock;
		this.#keepMs = keepMs;
	}
	claim(sessionId) {
		this.#forgetExpired();
		if (this.#entries.has(sessionId)) return false;
		this.#entries.set(sessionId, { state: "in-progress" });
		return true;
	}
	done(sessionId) {
		this.#entries.delete(sessionId);
		this.#entries.set(sessionId, {
			state: "done",
			expiresAt: this.#clock.now() + this.#keepMs
		});
	}
	release(sessionId) {
		this.#entries.delete(sessionId);
	}
	get size() {
		return this.#entries.size;
	}
	#forgetExpired() {
		const now = this.#clock.now();
		for (const [sessionId, entry] of this.#entries) {
			if (entry.state === "in-progress") continue;
			if (entry.expiresAt > now) return;
			this.#entries.delete(sessionId);
		}
	}
};
// src/receivers/session-processor.ts
const countedSessions = 1e5;
var SessionProcessor = class {
	#options;
	#memory;
	#counts = new Map();
	#closing = new AbortController();
	#work = new Set();
	constructor(options) {
		this.#options = options;
		this.#memory = new SessionMemory(options.clock, options.dedupeForMs);
		setMaxListeners(0, this.#closing.signal);
	}
	claim(sessionId) {
		return this.#memory.claim(sessionId);
	}
	start(sessionId) {
		const work = this.#process(sessionId).finally(() => this.#work.delete(work));
		this.#work.add(work);
	}
	processed(sessionId) {
		return this.#counts.get(sessionId) ?? 0;
	}
	async close() {
		this.#closing.abort(new Error("closed"));
		await Promise.all(this.#work);
	}
	async #process(sessionId) {
		const { fetchResults, process, onProcessed, onGaveUp } = this.#options;
		try {
			this.#closing.signal.throwIfAborted();
			await process(sessionId, await fetchResults(sessionId, this.#closing.signal));
		} catch (error) {
			this.#memory.release(sessionId);
			onGaveUp(sessionId, this.#reasonFor(error));
			return;
		}
		this.#memory.done(sessionId);
		this.#count(sessionId);
		onProcessed(sessionId);
	}
	#count(sessionId) {
		const count = this.processed(sessionId) + 1;
		this.#counts.delete(sessionId);
		this.#counts.set(sessionId, count);
		const [oldest] = this.#counts.keys();
		if (this.#counts.size > countedSessions && oldest !== void 0) this.#counts.delete(oldest);
	}
	#reasonFor(error) {
		if (this.#closing.signal.aborted) return "the receiver was closed";
		if (error instanceof ResultsUnavailable) return error.message;
		return `processing failed (${error instanceof Error ? error.name : typeof error})`;
	}
};
// src/receivers/reference-receiver.ts
const bodyLimitBytes = 65536;
const resultsTimeoutMs = 6e4;
const resultsRetryDelaysMs = [
	1,
	2,
	5,
	15,
	30,
	60,
	120,
	300
].map((seconds) => seconds * 1e3);
function createReferenceReceiver(options) {
	const { clock, contract = defaults.contract, path = "/webhook", requestTimeoutMs = 1e4, log = () => {} } = options;
	const { method, contentType, sessionField, sessionHeader } = contract.request;
	assertPath(path);
	const isAuthorized = options.credential ? credentialCheck(options.credential) : () => true;
	const sessions = new SessionProcessor({
		clock,
		dedupeForMs: options.dedupeForMs ?? defaultDedupeForMs(contract),
		fetchResults: resultsFor(options, contract),
		process: options.process ?? (() => {}),
		onProcessed: (sessionId) => log({
			event: "processed",
			sessionId
		}),
		onGaveUp: (sessionId, reason) => log({
			event: "gave-up",
			sessionId,
			reason
		})
	});
	const timeouts = {
		headersTimeout: requestTimeoutMs,
		connectionsCheckingInterval: requestTimeoutMs / 5
	};
	const server = {
		http: timeouts,
		https: options.https ? {
			...options.https,
			...timeouts
		} : null
	};
	const app = (0, import_fastify.default)({
		...server,
		bodyLimit: bodyLimitBytes,
		requestTimeout: requestTimeoutMs,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		ajv: { customOptions: { coerceTypes: false } }
	});
	const parseJson = app.getDefaultJsonParser("error", "error");
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(contentType, { parseAs: "buffer" }, (request, bytes, done) => {
		const text = decodeUtf8(bytes);
		if (text === null) done(Object.assign(new Error("The body is not valid UTF-8"), { statusCode: 400 }));
		else parseJson(request, text, done);
	});
	app.route({
		method,
		url: path,
		schema: { body: callbackSchema(contract) },
		onRequest(request, reply, done) {
			if (isAuthorized(request.headers)) done();
			else reply.code(401).header("www-authenticate", "CustomHeader").send({ error: "Unauthorized" });
		},
		handler(request, reply) {
			const sessionId = request.body[sessionField];
			const isNew = sessions.claim(sessionId);
			log({
				event: "callback",
				sessionId,
				decision: isNew ? "accepted" : "duplicate"
			});
			if (isNew) finished(reply.raw, () => sessions.start(sessionId));
			reply.send({ received: true });
		}
	});
	app.route({
		method: app.supportedMethods.filter((other) => other !== method),
		url: path,
		onRequest(_request, reply) {
			reply.code(405).header("allow", method).send({ error: "Method Not Allowed" });
		},
		handler() {}
	});
	app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "Not Found" }));
	app.setErrorHandler((error, _request, reply) => {
		const status = error.statusCode ?? 500;
		return reply.code(status).send({ error: status < 500 ? error.message : "Internal Server Error" });
	});
	app.addHook("onResponse", (request, reply, done) => {
		const claimed = request.headers[sessionHeader.toLowerCase()];
		const claimedSessionId = typeof claimed === "string" ? claimed : null;
		if (reply.statusCode >= 400) log({
			event: "refused",
			claimedSessionId,
			status: reply.statusCode
		});
		done();
	});
	return {
		async listen({ port, host = "127.0.0.1" }) {
			return new URL(path, await app.listen({
				port,
				host
			})).href;
		},
		processed: (sessionId) => sessions.processed(sessionId),
		async close() {
			await app.close();
			await sessions.close();
		}
	};
}
function defaultDedupeForMs(contract) {
	const offsets = scheduledOffsetsMs(contract);
	return 2 * ((offsets.at(-1) ?? 0) + offsets.length * contract.response.deadlineMs);
}
function resultsFor({ clock, results, log }, contract) {
	if (!results) return () => Promise.resolve(null);
	return createResultsClient({
		clock,
		path: contract.results.path,
		baseUrl: results.baseUrl ?? contract.results.baseUrl,
		token: results.token,
		timeoutMs: results.timeoutMs ?? resultsTimeoutMs,
		retryDelaysMs: results.retryDelaysMs ?? resultsRetryDelaysMs,
		onRetry: (sessionId, reason, delayMs) => log?.({
			event: "retrying",
			sessionId,
			reason,
			delayMs
		})
	});
}
function assertPath(path) {
	if (/^\/(?:[\w\-.~!$&'+,;=@]+\/)*[\w\-.~!$&'+,;=@]*$/.test(path)) return;
	throw new UsageError("ERR_RECEIVER_PATH", `path: expected a plain URL path such as "/webhook", got ${JSON.stringify(path)}.`);
}
// src/cli/shell-command.ts
const mostOutputBytes = 65536;
function outputOf({ line, env, timeoutMs, signal }) {
	return new Promise((resolve, reject) => {
		const child = spawn(line, {
			shell: true,
			detached: process.platform !== "win32",
			stdio: [
				"ignore",
				"pipe",
				"pipe"
			],
			env: {
				...process.env,
				...env
			}
		});
		const orphan = () => killGroup(child);
		process.once("exit", orphan);
		const give = (end) => {
			timer.cancel();
			process.removeListener("exit", orphan);
			signal.removeEventListener("abort", abort);
			end();
		};
		const kill = (reason) => give(() => {
			killGroup(child);
			reject(new Error(reason));
		});
		const abort = () => kill("interrupted");
		const timer = systemClock.timer(timeoutMs, () => kill(`it was killed after ${timeoutMs / 1e3} seconds`));
		signal.addEventListener("abort", abort);
		const printed = collect(child.stdout, () => kill(`it printed more than ${mostOutputBytes} bytes`));
		const said = collect(child.stderr, () => kill(`it printed more than ${mostOutputBytes} bytes on stderr`));
		child.once("error", (error) => give(() => reject(error)));
		child.once("close", (code, killedBy) => give(() => code === 0 ? resolve(printed()) : reject(new Error(howItEnded(code, killedBy, said())))));
	});
}
function collect(stream, tooMuch) {
	const chunks = [];
	let bytes = 0;
	stream.on("data", (chunk) => {
		bytes += chunk.length;
		if (bytes > mostOutputBytes) tooMuch();
		else chunks.push(chunk);
	});
	return () => Buffer.concat(chunks).toString();
}
function howItEnded(code, killedBy, stderr) {
	const how = code === null ? `it was ended by ${killedBy ?? "a signal"}` : `it ended with exit code ${code}`;
	const [line = ""] = stderr.trim().split("\n");
	return line === "" ? `${how} and said nothing on stderr` : `${how}: ${cutTo(200, line)}`;
}
function killGroup(child) {
	child.stdout?.destroy();
	child.stderr?.destroy();
	try {
		if (child.pid !== void 0) process.kill(-child.pid, "SIGKILL");
	} catch {
		child.kill("SIGKILL");
	}
}
// src/cli/advance-command.ts
const placeholder$1 = "{seconds}";
const defaultTimeoutMs$1 = 6e4;
function advanceCommand(command, timeoutMs = defaultTimeoutMs$1) {
	return async (ms, signal) => {
		signal?.throwIfAborted();
		const seconds = String(ms / 1e3);
		const line = command.replaceAll(placeholder$1, seconds);
		const never = new AbortController().signal;
		try {
			await outputOf({
				line,
				env: { ADVANCE_SECONDS: seconds },
				timeoutMs,
				signal: signal ?? never
			});
		} catch (cause) {
			signal?.throwIfAborted();
			throw new AdvanceError(`the advance command failed: ${cause.message}`, { cause });
		}
	};
}
// src/cli/run/command-probe.ts
const placeholder = "{sessionId}";
const defaultTimeoutMs = 1e4;
function commandProbe(command, timeoutMs = defaultTimeoutMs) {
	async function look(sessionId, signal) {
		signal.throwIfAborted();
		const line = command.replaceAll(placeholder, () => word([sessionId]));
		try {
			return seenIn(await outputOf({
				line,
				env: { SESSION_ID: sessionId },
				timeoutMs,
				signal
			}));
		} catch (cause) {
			signal.throwIfAborted();
			throw new ProbeError(`the probe command failed: ${cause.message}`, { cause });
		}
	}
	return {
		name: "the probe command",
		look,
		count: async (sessionId, signal) => (await look(sessionId, signal)).processed
	};
}
// src/capture/capture-schema.ts
const names = (title) => ({
	title,
	type: "array",
	items: {
		title: "a name",
		type: "string"
	}
});
const captureSchema = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	title: "webhook-conformance capture",
	description: "A callback as it came, without its secrets.",
	type: "object",
	additionalProperties: false,
	required: [
		"schemaVersion",
		"capturedAt",
		"request",
		"removed"
	],
	properties: {
		$schema: {
			title: "the address of this schema",
			type: "string"
		},
		schemaVersion: {
			title: `"1.0", the version of this format`,
			const: "1.0"
		},
		capturedAt: {
			title: "a time such as 2026-01-31T12:00:00.000Z",
			type: "string",
			pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`
		},
		request: {
			title: "an object of method, target, httpVersion, headers and body",
			type: "object",
			additionalProperties: false,
			required: [
				"method",
				"target",
				"httpVersion",
				"headers",
				"body"
			],
			properties: {
				method: {
					title: "an HTTP method such as POST, and not CONNECT",
					type: "string",
					pattern: legalName.source.replace("^", "^(?!CONNECT$)")
				},
				target: {
					title: "path and query such as /webhook; it is not sent again, where the callback URL's count",
					type: "string",
					pattern: "^/"
				},
				httpVersion: {
					title: "a version of HTTP such as 1.1",
					type: "string",
					pattern: String.raw`^\d`
				},
				headers: {
					title: "a list of headers, in their order",
					type: "array",
					items: {
						title: "a list of a name and a value; [removed] for a value is to be given with -H",
						type: "array",
						minItems: 2,
						maxItems: 2,
						prefixItems: [{
							title: "a header name that is legal in HTTP",
							type: "string",
							pattern: legalName.source
						}, {
							title: "a header value that is legal in HTTP, one character a byte",
							type: "string",
							pattern: legalValue.source
						}]
					}
				},
				body: {
					title: "an object of encoding, data and cut",
					type: "object",
					additionalProperties: false,
					required: [
						"encoding",
						"data",
						"cut"
					],
					properties: {
						encoding: {
							title: "text or base64",
							enum: ["text", "base64"]
						},
						data: {
							title: "the body as a text",
							type: "string"
						},
						cut: {
							title: "true where only the start of the body is here, else false",
							type: "boolean"
						}
					},
					if: { properties: { encoding: { const: "base64" } } },
					then: { properties: { data: {
						title: "Base64",
						pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
					} } }
				}
			}
		},
		removed: {
			title: "an object of headers, query and body, which says where values were replaced by [removed]",
			type: "object",
			additionalProperties: false,
			required: [
				"headers",
				"query",
				"body"
			],
			properties: {
				headers: names("a list of header names"),
				query: names("a list of names of query parameters"),
				body: {
					title: "true where one of the values stood in the body, else false",
					type: "boolean"
				}
			}
		}
	}
};
// src/capture/read-capture.ts
const kind$1 = {
	code: "ERR_CAPTURE",
	expected: "a capture, as receiver --capture writes it"
};
const readCapture = (file, source) => captureIn(readDocument(kind$1, source, file));
const captureIn = (document) => assertSchema(document, captureSchema);
// src/capture/template.ts
function templateOf(capture, contract, source) {
	const { method, headers, body } = capture.request;
	if (body.cut) throw new UsageError("ERR_CAPTURE", `${source}: expected a whole callback, got one of which only the start was kept`);
	const bytes = bytesOf(body);
	return {
		method,
		headers: headers.map(([name, value]) => [name, value === "[removed]" ? null : value]),
		body: bytes,
		sessionIds: sessionIdsAmong(sessionNames(contract, headers, bytes))
	};
}
function assertVariable({ request }, contract, source) {
	const { sessionField } = contract.request;
	const members = objectIn(bytesOf(request.body));
	const sessionId = members?.[sessionField];
	if (typeof sessionId === "string" && sessionId !== "") return;
	const got = members === null ? "another body" : `none in "${sessionField}"`;
	throw new UsageError("ERR_CAPTURE", `${source}: expected a body that is a JSON object with a session id in "${sessionField}", which the checks vary, got ${got}`);
}
function secretsIn({ request }, contract) {
	return request.headers.filter(([name, value]) => !isHarmless(name, contract) && value !== "[removed]").map(([name, value]) => ({
		kind: "header",
		name,
		value
	}));
}
// src/cli/run/callback-file.ts
function readCallbackFile(file, contract, receiver) {
	const source = `--callback ${file}`;
	const capture = readCapture(file, source);
	const template = templateOf(capture, contract, source);
	assertVariable(capture, contract, source);
	const { missingHeaders } = createSender({
		...receiver,
		contract,
		template
	});
	return {
		template,
		secrets: secretsIn(capture, contract),
		notes: notesOn(basename(file), capture, contract, missingHeaders)
	};
}
function notesOn(name, capture, contract, missing) {
	const additions = additionsIn(capture, contract);
	const strays = straysFrom(contract, capture);
	const judged = strays.length === 0 ? "It keeps to the contract." : "It strays from the contract, as noted below.";
	return [
		`The callback that was sent, and varied, is the captured one of ${name} (${capture.capturedAt}). ${judged} ${unseenInOneCallback}`,
		...strays.map((stray) => `The captured callback strays from ${strayText(stray)}.`),
		...additions.length === 0 ? [] : [`Beside what is documented, the body of the captured callback has: ${additions.join(", ")}.`],
		...capture.removed.body ? ["Values that were removed from the captured body were sent as [removed]."] : [],
		...missing.length === 0 ? [] : [`Headers whose values the capture does not hold were left out; what the receiver needs of them is given with -H: ${missing.join(", ")}.`]
	];
}
// src/cli/run/embedded-secrets.ts
function embeddedCredential(seed) {
	return ["X-Api-Key", hexOf(32, seed, "key of the embedded receiver")];
}
function embeddedToken(seed) {
	return hexOf(32, seed, "token of the embedded receiver");
}
// src/cli/run/results-api.ts
async function startResultsApi({ host, port, token }) {
	const { createScriptixApi } = await import("./scriptix-api-BrvIhgYS.js");
	const api = createScriptixApi({
		tokens: [token],
		completeAfterMs: null
	});
	try {
		const baseUrl = await api.listen({
			host,
			port
		});
		return {
			api: resultsApiOf(api, token),
			baseUrl,
			close: () => api.close()
		};
	} catch (error) {
		await api.close();
		throw listenError(error, `--results-api ${host}:${port}`);
	}
}
function resultsApiOf(mock, token) {
	const registered = new Set();
	const register = (sessionId) => {
		if (registered.has(sessionId)) return;
		registered.add(sessionId);
		mock.register(sessionId, token);
	};
	return {
		register,
		fetches: (sessionId) => mock.fetches(sessionId),
		requests: () => mock.requests,
		fault(sessionId, fault, times) {
			register(sessionId);
			mock.fault({
				...fault,
				sessionId,
				...times !== void 0 && { times }
			});
		}
	};
}
const unstartedResultsApi = {
	api: {
		register: () => {},
		fetches: () => 0,
		requests: () => [],
		fault: () => {}
	},
	baseUrl: "",
	close: async () => {}
};
// src/cli/run/embedded-receiver.ts
const host = "127.0.0.1";
const fetchTimeoutMs = 5e3;
async function startEmbeddedReceiver(seed) {
	const [header, value] = embeddedCredential(seed);
	const token = embeddedToken(seed);
	const authority = await createCertificateAuthority();
	const results = await startResultsApi({
		host,
		port: 0,
		token
	});
	const receiver = createReferenceReceiver({
		clock: systemClock,
		credential: {
			header,
			value
		},
		https: await authority.issue({ hosts: [host] }),
		results: {
			baseUrl: results.baseUrl,
			token,
			timeoutMs: fetchTimeoutMs
		}
	});
	return {
		url: await receiver.listen({
			port: 0,
			host
		}),
		ca: [authority.certificatePem],
		resultsApi: results.api,
		async close() {
			await receiver.close();
			await results.close();
		}
	};
}
// src/cli/run/dry-run.ts
function describeDryRun(run) {
	const dry = dryRunOf(run);
	if (run.options.json) return jsonText(dry);
	return textOf(dry, run.plan.template === null ? "documented" : "captured");
}
function dryRunOf({ plan, resultsApi }) {
	const { redactor, sessions, selected, suites, named, kind } = plan;
	const request = openTarget(plan).sender.callback(sessions.take("dry-run", 1)?.() ?? "");
	const display = redactor.redactUrl(plan.url.display);
	const planned = suites.flatMap((suite) => {
		const own = suite.checks.filter((check) => selected.has(check.id) && preSkip(check, suite, plan, named.has(check.id)) === null);
		const requests = own.reduce((sum, { sessions }) => sum + sessions, 0);
		return own.length === 0 ? [] : [{
			id: suite.id,
			checks: own.length,
			requests
		}];
	});
	const sum = (of) => planned.reduce((total, suite) => total + suite[of], 0);
	return {
		target: kind === "embedded" ? "the embedded reference receiver" : display,
		request: {
			method: request.method,
			url: display,
			headers: redactor.redactHeaders(request.headers),
			body: redactor.redactText(bytesToText(request.body))
		},
		observes: observed(plan, resultsApi),
		suites: planned,
		checks: sum("checks"),
		requests: sum("requests") + 1,
		onTop: onTop(plan, planned.map(({ id }) => id)),
		...!sessions.invents && { sessionIds: sessions.left() + 1 }
	};
}
function observed({ effects, settleMs }, resultsApi) {
	const listens = `${resultsApi?.host}:${resultsApi?.port}`;
	return [...effects === null ? [] : [`effects by ${effects.name}, waited for at most ${settleMs / 1e3} s`], ...resultsApi === null ? [] : [`fetches by a results API on ${listens}, where the receiver gets results from ${resultsApi.url ?? listens}`]];
}
function onTop({ fuzzCases, rate, durationMs }, planned) {
	return [...planned.includes("fuzz") ? [`fuzz: at most ${fuzzCases} cases a check, and what shrinks one that fails`] : [], ...planned.includes("load") && rate !== null ? [`load/sustains-a-rate: ${rate} callbacks a second for ${durationMs / 1e3} s`] : []];
}
function textOf(dry, kind) {
	const { target, request, observes, suites: planned, checks, requests, onTop, sessionIds } = dry;
	const width = Math.max(...planned.map(({ id }) => id.length));
	return [
		`dry run against ${target}: nothing is sent`,
		"",
		`the ${kind} request:`,
		`  ${request.method} ${request.url}`,
		...request.headers.map(([name, value]) => `  ${name}: ${value}`),
		"",
		`  ${request.body}`,
		"",
		...observes.length === 0 ? [] : [
			"what would be seen:",
			...observes.map((text) => `  ${text}`),
			""
		],
		"what would be sent, roughly:",
		...planned.map((suite) => `  ${suite.id.padEnd(width)}  ${suite.checks} checks, ${suite.requests} callbacks`),
		`  ${"in all".padEnd(width)}  ${checks} checks, ${requests} callbacks with the first one`,
		...onTop.map((text) => `  and by ${text}`),
		...sessionIds === void 0 ? [] : [`  ${"supplied".padEnd(width)}  ${sessionIds} session ids`]
	].join("\n");
}
// src/cli/after-judgement.ts
async function afterJudgement(exitCode, write) {
	try {
		await write();
		return exitCode;
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		printAside(`error: judged, but not written: ${error.message}`);
		return exitCode === exitCodes.passed ? exitCodes.inconclusive : exitCode;
	}
}
// src/cli/run/known-failures-file.ts
const option = "known-failures";
const kind = {
	code: "ERR_KNOWN_FAILURES",
	expected: "a list such as [{\"check\": \"payload/*\", \"reason\": \"…\"}]"
};
const aDay = "a day such as 2026-12-31";
const schema = {
	type: "array",
	items: {
		title: "an object with check and reason",
		type: "object",
		additionalProperties: false,
		required: ["check", "reason"],
		properties: {
			check: {
				title: "a check id, or a glob over ids such as payload/*",
				type: "string",
				minLength: 1
			},
			reason: {
				title: "a sentence",
				type: "string",
				pattern: String.raw`\S`
			},
			expires: {
				title: aDay,
				type: "string",
				pattern: String.raw`^\d{4}-\d{2}-\d{2}$`
			},
			flaky: { type: "boolean" }
		}
	}
};
function readKnownFailures(file, mayBeMissing) {
	if (mayBeMissing && !existsSync(file)) return [];
	const document = readDocument(kind, `--${option} ${file}`, file);
	const known = assertSchema(document, schema);
	const never = known.findIndex(({ expires }) => expires !== void 0 && !isDay(expires));
	if (never >= 0) throw document.wrong([never, "expires"], `expected ${aDay}, got one that no calendar has`);
	return known;
}
function isDay(text) {
	const ms = parseTime(text);
	return ms !== null && isoTime(ms).startsWith(text);
}
function updatedKnownFailures(known, report, suites) {
	const catalogue = suites.flatMap(({ checks }) => checks);
	const outcomes = new Map(report.checks.map(({ id, outcome }) => [id, outcome]));
	const kept = known.filter((entry) => staleEntries([entry], catalogue, outcomes).length === 0);
	const added = catalogue.filter(({ id }) => outcomes.get(id) === "failed").filter((check) => knownFailureOf(kept, check) === null).map((check) => ({
		check: check.id,
		reason: knownFailureOf(known, check) ?? firstReason(report, check.id)
	}));
	return [...kept, ...added];
}
function firstReason(report, id) {
	const [mismatch] = report.checks.find((check) => check.id === id)?.mismatches ?? [];
	return mismatch === void 0 ? unexplained : `${unexplained}: expected ${mismatch.expected}, got ${mismatch.actual}`;
}
function writeKnownFailures(file, known) {
	writeFileAtomically(option, file, `${JSON.stringify(known, null, 2)}\n`);
}
function judgedWith(known, report, suites) {
	const { known: holding, notes } = inForce(known, systemClock.now());
	const catalogue = new Map(suites.flatMap((suite) => suite.checks.map((check) => [check.id, check])));
	const checks = report.checks.map((reported) => {
		const check = catalogue.get(reported.id);
		const reason = check === void 0 ? null : knownFailureOf(holding, check, reported.outcome);
		return reason === null ? reported : {
			...reported,
			knownFailure: reason
		};
	});
	return {
		...report,
		checks,
		notes: [...report.notes, ...notes],
		gate: gateOf(checks, report.gate.levels, {
			isShard: shardsIn(report.notes).length > 0,
			isObserverSilent: silenceIn(report.notes) !== null
		})
	};
}
// src/cli/progress/progress-live.ts
const redrawMs = 100;
const eraseLine = "\r\x1B[2K";
function liveProgress(screen, color, clock = systemClock) {
	const startedAt = clock.now();
	const running = new Map();
	let checks = 0;
	let ended = 0;
	let failed = 0;
	let timer = null;
	const status = () => {
		const names = [...running].map(([id, confirming]) => confirming ? `${id} once more` : id);
		const failures = failed === 0 ? "" : `, ${failed} failed`;
		const now = names.length === 0 ? "" : `: ${names.join(", ")}`;
		return `${ended} of ${checks} checks ended${failures}, ${seconds(clock.now() - startedAt)}${now}`;
	};
	const draw = () => {
		const columns = (screen.columns ?? 80) - 1;
		const text = status();
		screen.write(eraseLine + (text.length > columns ? `${text.slice(0, columns - 1)}…` : text));
	};
	const tick = () => {
		draw();
		timer = clock.timer(redrawMs, tick);
	};
	return {
		on(event) {
			switch (event.kind) {
				case "started":
					checks = event.checks;
					tick();
					break;
				case "baseline": break;
				case "check-started":
					running.set(event.id, event.confirming);
					break;
				case "check-ended": {
					const { id, outcome } = event.check;
					running.delete(id);
					ended += 1;
					if (outcome === "failed") failed += 1;
					if (outcome === "failed" || outcome === "error") {
						screen.write(`${eraseLine}${progressLine(event.check, color)}\n`);
						draw();
					}
					break;
				}
			}
		},
		stop() {
			timer?.cancel();
			screen.write(eraseLine);
		}
	};
}
// src/cli/progress/progress-plain.ts
function plainProgress(stream, color) {
	let checks = 0;
	let ended = 0;
	return {
		on(event) {
			switch (event.kind) {
				case "started":
					checks = event.checks;
					break;
				case "baseline":
					stream.write(`the first callback: ${event.baseline.replaceAll("-", " ")}\n`);
					break;
				case "check-started": break;
				case "check-ended":
					ended += 1;
					stream.write(`${`[${ended}/${checks}]`.padEnd(9)} ${progressLine(event.check, color)}\n`);
			}
		},
		stop() {}
	};
}
// src/cli/progress/progress.ts
function createProgress({ quiet, json }) {
	if (quiet) return {
		on() {},
		stop() {}
	};
	const stream = process.stderr;
	const color = wantsColor(stream);
	return canRedraw(stream) && !json ? liveProgress(stream, color) : plainProgress(stream, color);
}
// src/cli/run/run-reported.ts
function prepareReports(directory, formats) {
	prepareDirectory("out", directory, [...reportFiles(formats), journalFile]);
}
async function runReported(target, reporting) {
	const { signal, directory } = reporting;
	const startedAtMs = systemClock.now();
	const outline = reportOutline(target, isoTime(startedAtMs));
	const journal = openJournal(directory, {
		kind: "run",
		startedAt: outline.startedAt,
		target: outline.target.url,
		seed: outline.seed,
		nonce: outline.nonce,
		checks: target.selected.size,
		outline
	});
	let report;
	const stacks = [];
	try {
		report = await run(target, {
			signal,
			on(event) {
				if (event.kind === "check-ended") {
					const { check, stack } = event;
					const elapsedMs = Math.round(systemClock.now() - startedAtMs);
					journal.write({
						kind: "check",
						elapsedMs,
						...check,
						...stack !== void 0 && { stack }
					});
					if (stack !== void 0) stacks.push(`${check.id}: ${stack}`);
				}
				reporting.on(event);
			}
		});
	} finally {
		journal.close();
		if (isDebugged()) stacks.forEach(printAside);
	}
	const finished = signal.aborted ? {
		...report,
		gate: {
			...report.gate,
			exitCode: exitCodes.interrupted
		}
	} : reporting.judged?.(report) ?? report;
	reporting.present?.(finished);
	const exitCode = await afterJudgement(finished.gate.exitCode, () => writeReports(directory, reporting.formats, finished));
	return exitCode === finished.gate.exitCode ? finished : {
		...finished,
		gate: {
			...finished.gate,
			exitCode
		}
	};
}
// src/cli/targets/shard.ts
const mostShards = 1e4;
function parseShard(text) {
	const [, index = "", of = ""] = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim()) ?? [];
	const shard = {
		index: Number(index),
		of: Number(of)
	};
	if (index !== "" && shard.index >= 1 && shard.index <= shard.of && shard.of <= mostShards) return shard;
	throw new UsageError("ERR_SHARD", `--shard: expected the number of this job and of all, such as 2/8, the first one being 1, got ${JSON.stringify(text)}`);
}
function shareOf(items, { index, of }) {
	return items.filter((_, position) => position % of === index - 1);
}
function sessionShare(source, { index, of }) {
	if (source.invents) return source;
	const all = source.left();
	const start = Math.floor(all * (index - 1) / of);
	const afterwards = all - Math.floor(all * index / of);
	source.take("the shards before", start);
	const left = () => Math.max(0, source.left() - afterwards);
	return {
		invents: false,
		left,
		take: (owner, count) => count > left() ? null : source.take(owner, count)
	};
}
// src/cli/run/run-request.ts
async function readRunRequest(given) {
	const { config: file, ...onCommandLine } = given.options;
	const { config } = readOptions({ config: {
		kind: "text",
		describe: ""
	} }, { config: file });
	const { url: configuredUrl, ...configuredOptions } = config === void 0 ? {} : await readConfig(config);
	const stated = Object.fromEntries(Object.entries(onCommandLine).filter(([, value]) => value !== void 0));
	return {
		url: given.argument ?? configuredUrl ?? null,
		raw: {
			...configuredOptions,
			...stated,
			...config !== void 0 && { config }
		}
	};
}
async function readConfig(file) {
	const { readConfigFile } = await import("./config-file-DCgy8hhE.js");
	return readConfigFile(file, runOptions, process.env);
}
function readRunOptions({ url, raw }) {
	const options = readOptions(runOptions, raw);
	if (url === null) assertEmbeddedIsMeant(raw);
	else if (options.embedded) throw unusable$1("--embedded: expected no callback URL beside it, got one");
	if (url?.trim() === "") throw unusable$1("the callback URL: expected one, got an empty argument; is it a variable that is not set?");
	if (options["update-known-failures"] && options["known-failures"] === void 0) throw unusable$1("--update-known-failures: expected --known-failures with the file to write, got none");
	if (options.duration !== void 0 && options.rate === void 0) throw unusable$1("--duration: expected --rate with the callbacks a second beside it, got none");
	return options;
}
const forAnother = [
	"advance-command",
	"header",
	"instance",
	"credential-header",
	"credential-query",
	"ca",
	"connect-to",
	"proxy",
	"local",
	"session-ids",
	"session-command",
	"probe-url",
	"probe-command",
	"results-api",
	"results-url",
	"results-token"
];
function assertEmbeddedIsMeant(raw) {
	const stray = forAnother.find((name) => raw[name] !== void 0 && raw[name] !== false);
	if (stray !== void 0) throw unusable$1(`--${stray}: expected a callback URL beside it, got none; the embedded receiver has no use for it`);
	const [first] = Object.keys(raw);
	if (first === void 0 || raw["embedded"] === true) return;
	throw unusable$1(`--${first}: expected a callback URL beside it (as "url" in a config file, say), or --embedded for the embedded receiver, got neither`);
}
const unusable$1 = (message) => new UsageError("ERR_RUN", message);
// src/cli/run/observation.ts
function observationOf(options, ca) {
	const url = options["probe-url"];
	const command = options["probe-command"];
	if (url !== void 0 && command !== void 0) throw unusable("--probe-url and --probe-command: expected one of them, got both");
	const resultsApi = resultsApiSettings(options);
	return {
		probe: url !== void 0 ? urlProbe(url, ca) : command !== void 0 ? commandProbe(command) : null,
		resultsApi,
		secrets: [...url === void 0 ? [] : secretsInUrl(url, url), ...resultsApi === null ? [] : [{
			kind: "token",
			value: resultsApi.token
		}]]
	};
}
function resultsApiSettings(options) {
	const address = options["results-api"];
	const url = options["results-url"] ?? null;
	const token = options["results-token"];
	if (address === void 0) {
		const stray = url !== null ? "results-url" : token !== void 0 ? "results-token" : null;
		if (stray !== null) throw unusable(`--${stray}: expected --results-api beside it, got none`);
		return null;
	}
	if (token === void 0) throw unusable("--results-api: expected --results-token with the token that the receiver fetches with, got none");
	if (url !== null) assertBaseUrl(url);
	return {
		...parseAddress(address),
		url,
		token: withEnvironment("--results-token", token, process.env)
	};
}
function parseAddress(text) {
	const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(text) ?? [];
	const port = Number(digits ?? NaN);
	if (!(port <= 65535)) throw unusable(`--results-api: expected [HOST:]PORT such as 4000 or 0.0.0.0:4000, got ${JSON.stringify(text)}`);
	return {
		host: bracketed ?? plain ?? defaults.listen.host,
		port
	};
}
function assertBaseUrl(text) {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!(url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash)) throw unusable("--results-url: expected an http(s) URL without userinfo and query");
}
const unusable = (message) => new UsageError("ERR_OBSERVATION", message);
// src/cli/run/run-receiver.ts
const embeddedReceiver = (seed) => ({
	receiver: {
		kind: "embedded",
		url: "https://127.0.0.1/webhook",
		local: true,
		headers: [embeddedCredential(seed)],
		resultsApi: unstartedResultsApi.api,
		secrets: [{
			kind: "token",
			value: embeddedToken(seed)
		}]
	},
	resultsApi: null
});
function receiverAt(url, options, shard) {
	const network = networkOf(options);
	const { probe, resultsApi, secrets } = observationOf(options, network.ca ?? []);
	const sessions = sessionsIn(options);
	const commands = [options["probe-command"], options["advance-command"]];
	return {
		receiver: {
			url,
			headers: parseHeaders(options.header, process.env),
			instances: instancesOf(options.instance),
			credentialHeaders: options["credential-header"],
			credentialQuery: options["credential-query"],
			local: options.local,
			network,
			reach: reachOf(url, options),
			...sessions !== null && { sessions: shard === null ? sessions : sessionShare(sessions, shard) },
			effects: probe,
			resultsApi: resultsApi && unstartedResultsApi.api,
			secrets: [...secrets, ...commands.flatMap((line = "") => secretsInCommand(line, process.env))]
		},
		resultsApi
	};
}
function instancesOf(urls) {
	if (urls.length > 10) throw new UsageError("ERR_INSTANCE", `--instance: expected 10 at most, got ${urls.length}`);
	for (const url of urls) try {
		parseCallbackUrl(url);
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		throw new UsageError("ERR_INSTANCE", `--instance: ${error.message.replace(/^callback URL: /, "")}`);
	}
	return urls;
}
function reachOf(url, options) {
	const { hostname, port } = parseCallbackUrl(url);
	const matching = options["connect-to"].find((rule) => {
		const to = parseConnectTo([rule])(hostname, port);
		return to.host !== hostname || to.port !== port;
	});
	return {
		...matching !== void 0 && { connectTo: matching },
		...options.ca !== void 0 && { caFile: options.ca },
		options: asGiven(options)
	};
}
const toldAgain = [
	"connect-to",
	"ca",
	"proxy",
	"session-ids",
	"session-command",
	"callback",
	"advance-command",
	"probe-url",
	"probe-command",
	"results-api",
	"results-url",
	"rate"
];
function asGiven(options) {
	const given = toldAgain.flatMap((name) => {
		const value = options[name];
		if (value === void 0) return [];
		return (Array.isArray(value) ? value : [value]).flatMap((each) => [`--${name}`, String(each)]);
	});
	return options["results-token"] === void 0 ? given : [
		...given,
		"--results-token",
		"${RESULTS_TOKEN}"
	];
}
// src/cli/run/run-plan.ts
async function planOf(request) {
	const { url } = request;
	const options = readRunOptions(request);
	const { suite, check, skip, level, "known-failures": file } = options;
	const contract = contractOf(options);
	const suites$1 = suitesUnder(contract, suites);
	const filters = {
		suites: suite,
		checks: check,
		skip,
		...level.length > 0 && { levels: level }
	};
	const shard = options.shard === void 0 ? null : parseShard(options.shard);
	const selection = selectChecks(suites$1, filters);
	const selected = shard === null ? selection : new Set(shareOf([...selection], shard));
	const seed = options.seed ?? randomBytes(8).toString("hex");
	const listed = file === void 0 ? [] : readKnownFailures(file, options["update-known-failures"]);
	const { receiver, resultsApi } = url === null ? embeddedReceiver(seed) : receiverAt(url, options, shard);
	const callback = options.callback === void 0 ? null : await readCallback(options.callback, contract, receiver);
	const told = {
		...receiver,
		contract,
		seed,
		nonce: url === null ? "" : randomBytes(8).toString("hex"),
		suites: suites$1,
		selected,
		named: namedChecks(suites$1, filters),
		elapse: elapseOf(options),
		settleMs: options.settle,
		fuzzCases: options["fuzz-cases"],
		concurrency: options.concurrency,
		maxRate: options["max-rate"] ?? null,
		rate: options.rate ?? null,
		...options.duration !== void 0 && { durationMs: options.duration },
		...options["max-time"] !== void 0 && { maxTimeMs: options["max-time"] },
		failOn: options["fail-on"],
		knownFailures: options["update-known-failures"] ? [] : listed,
		...callback !== null && { template: callback.template },
		secrets: [...receiver.secrets ?? [], ...callback?.secrets ?? []],
		notes: [...shard === null ? [] : [shareNote(shard, selected.size)], ...callback?.notes ?? []]
	};
	return {
		options,
		told,
		plan: planRun(told),
		resultsApi,
		listed
	};
}
async function readCallback(file, contract, receiver) {
	const { readCallbackFile } = await import("./callback-file-Dni6m6mI.js");
	return readCallbackFile(file, contract, receiver);
}
function elapseOf(options) {
	const command = options["advance-command"];
	if (command === void 0) return options["real-time"] ? "real" : "skipped";
	if (!options["real-time"]) return { advance: advanceCommand(command) };
	throw new UsageError("ERR_ADVANCE", "--real-time and --advance-command: expected one of them, got both; there is nothing to move where the waits are not skipped");
}
function shareNote(shard, checks) {
	if (checks === 0) return shardNote(shard, " has no check to run, so nothing was sent; the others have them all.");
	return shardNote(shard, `: ${checks} ${checks === 1 ? "check is" : "checks are"} its part of what was selected.`);
}
// src/cli/run/run-stage.ts
async function stageRun(run, signal) {
	const { told, resultsApi } = await withSessions(run, signal);
	if (told.kind === "embedded") {
		const { startEmbeddedReceiver } = await import("./embedded-receiver-CexzQ62c.js");
		const receiver = await startEmbeddedReceiver(told.seed);
		const { url, ca, resultsApi: api } = receiver;
		return staged({
			...told,
			url,
			network: { ca },
			resultsApi: api
		}, null, receiver);
	}
	if (resultsApi === null) return staged(told, null, null);
	const started = await startResultsApi(resultsApi);
	const { api, baseUrl } = started;
	const url = resultsApi.url ?? baseUrl;
	const note = `The receiver is expected to fetch results from ${url}, with the token of --results-token.`;
	const notes = [...told.notes ?? [], note];
	return staged({
		...told,
		resultsApi: api,
		notes
	}, {
		listens: baseUrl,
		url
	}, started);
}
function staged(told, resultsApi, started) {
	const target = openTarget(planRun(told));
	return {
		target,
		resultsApi,
		async close() {
			await target.close();
			await started?.close();
		}
	};
}
async function withSessions(run, signal) {
	const command = run.options["session-command"];
	if (command === void 0 || run.told.sessions !== void 0) return run;
	return {
		...run,
		told: {
			...run.told,
			sessions: await sessionsToldBy(command, signal)
		}
	};
}
// src/cli/run/run-command.ts
const farewell = "interrupted: what has finished is reported; a second time ends it at once";
async function runCommand(given) {
	const request = await readRunRequest(given);
	if (request.raw["targets"] !== void 0) return (await import("./targets-command-CxzPJVms.js")).runTargets(request);
	const run = await planOf(request);
	const { options, plan } = run;
	return interruptible(options["dry-run"] ? null : farewell, (signal) => withoutSecrets(plan.redactor, async () => {
		if (!options["dry-run"]) return check(run, signal);
		print(describeDryRun(run));
		return exitCodes.passed;
	}));
}
async function check(run, signal) {
	const stage = await stageRun(run, signal);
	try {
		return await checkOn(stage, run, signal);
	} finally {
		await stage.close();
	}
}
async function checkOn({ target, resultsApi }, run, signal) {
	const { options } = run;
	const updates = options["update-known-failures"] ? options["known-failures"] : void 0;
	if (updates !== void 0) assertWritable("known-failures", updates);
	const formats = options.report;
	prepareReports(options.out, formats);
	if (resultsApi !== null && !options.quiet) {
		const seen = resultsApi.url === resultsApi.listens ? "" : `, which the receiver sees as ${resultsApi.url}`;
		printAside(`results API: ${resultsApi.listens}${seen}`);
	}
	const unmute = muteWorkflowCommands(options);
	const progress = createProgress(options);
	const files = reportFiles(formats).map((file) => join(options.out, file));
	let updated = null;
	let report;
	try {
		report = await runReported(target, {
			signal,
			directory: options.out,
			formats,
			on: (event) => progress.on(event),
			...updates !== void 0 && { judged(found) {
				updated = updatedKnownFailures(run.listed, found, run.plan.suites);
				return judgedWith(updated, found, run.plan.suites);
			} },
			present(found) {
				progress.stop();
				presentReport(found, options);
			}
		});
		if (!options.json && !options.quiet) printAside(`reports: ${files.join(", ")}`);
	} finally {
		progress.stop();
		unmute();
	}
	tellGitHub(report, options);
	const { exitCode } = report.gate;
	if (updates === void 0 || updated === null) return exitCode;
	const listed = updated;
	return afterJudgement(exitCode, () => updateKnownFailures(updates, run, listed));
}
function updateKnownFailures(file, { listed, options }, updated) {
	writeKnownFailures(file, updated);
	if (!options.quiet) {
		printAside(`${file}: ${updated.length} known failures`);
		for (const { check, reason } of listed.filter((entry) => !updated.includes(entry))) printAside(`  taken off: ${check} (${reason})`);
	}
}
export { networkOf as A, bodyKeptBytes as C, sessionNames as D, sessionIdsAmong as E, interruptible as M, withEnvironment as N, sessionsIn as O, withVariables as P, straysFrom as S, isHttpRequest as T, advanceCommand as _, parseShard as a, selfSignedCertificate as b, runReported as c, startEmbeddedReceiver as d, readCallbackFile as f, commandProbe as g, readCapture as h, planOf as i, listenError as j, parseHeaders as k, afterJudgement as l, templateOf as m, stageRun as n, shareOf as o, secretsIn as p, withSessions as r, prepareReports as s, runCommand as t, describeDryRun as u, createReferenceReceiver as v, captureOf as w, strayText as x, createCertificateAuthority as y };

//# sourceMappingURL=run-DFxdsb51.js.map