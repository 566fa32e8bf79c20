import { b as systemClock } from "./sender-liWPum1j.js";
import { P as RequestReader } from "./lab-DQqfHKWn.js";
import { b as selfSignedCertificate, y as createCertificateAuthority } from "./run-DFxdsb51.js";
import { p as defaults } from "./main-C_aTT-j6.js";
import { createServer, request } from "node:http";
import { once } from "node:events";
import { createServer as createServer$1 } from "node:net";
import { createServer as createServer$2 } from "node:https";
// src/faulty-receivers/plain-receiver.ts
const callbackPath = "/scriptix/webhook";
const ok = {
	status: 200,
	headers: { "Content-Type": "application/json" },
	body: "{\"received\":true}"
};
const refusals$1 = {
	path: {
		status: 404,
		body: "no such page"
	},
	method: { status: 405 },
	credential: { status: 401 },
	"content-type": { status: 415 },
	"empty-body": { status: 400 },
	"malformed-json": { status: 400 },
	"no-object": { status: 400 },
	"no-session-id": { status: 400 },
	"empty-session-id": { status: 400 },
	"odd-session-id": { status: 400 }
};
function plainReceiver(habits, credential) {
	const { method = "POST", authorizes = (given, key) => given === key, accept = () => ok } = habits;
	const meetings = new Map();
	function good(callback) {
		const refuse = (why) => habits.refuse?.(why, callback) ?? (why === "method" ? {
			status: 405,
			headers: { Allow: method }
		} : refusals$1[why]);
		if (callback.path.split("?", 1)[0] !== "/scriptix/webhook") return refuse("path");
		if (callback.method !== method) return refuse("method");
		if (credential !== null) {
			const [name, key] = credential;
			const authorized = authorizes(callback.headers[name.toLowerCase()], key);
			if (typeof authorized === "object") return authorized;
			if (!authorized) return refuse("credential");
		}
		const [mediaType = ""] = (callback.headers["content-type"] ?? "").split(";");
		if (mediaType.trim().toLowerCase() !== "application/json") return refuse("content-type");
		const read = readBody(callback.body);
		if ("refusal" in read) return refuse(read.refusal);
		const { sessionId } = read;
		const meeting = (meetings.get(sessionId) ?? 0) + 1;
		meetings.set(sessionId, meeting);
		return accept({
			...callback,
			...read,
			meeting,
			isDuplicate: meeting > 1
		});
	}
	const { answer = (_callback, asUsual) => asUsual() } = habits;
	return (callback) => answer(callback, () => good(callback));
}
function readBody(body) {
	if (body.trim() === "") return { refusal: "empty-body" };
	let json;
	try {
		json = JSON.parse(body);
	} catch {
		return { refusal: "malformed-json" };
	}
	if (typeof json !== "object" || json === null || Array.isArray(json)) return { refusal: "no-object" };
	const { sessionId } = json;
	if (sessionId === void 0) return { refusal: "no-session-id" };
	if (typeof sessionId !== "string") return { refusal: "odd-session-id" };
	if (sessionId === "") return { refusal: "empty-session-id" };
	return {
		sessionId,
		json
	};
}
// src/faulty-receivers/plain-server.ts
const defaultBodyLimitBytes = 65536;
const aDayMs = 864e5;
async function startPlainServer(options) {
	const { habits, clock, credential, host } = options;
	const receive = plainReceiver(habits, credential);
	const onConnection = new WeakMap();
	const faults = [];
	let received = 0;
	let restart = null;
	function crash() {
		server.close();
		server.closeAllConnections();
		if (habits.restartsAfterMs !== void 0) restart = clock.timer(habits.restartsAfterMs, () => server.listen(port, host));
		throw new Error("the process is down");
	}
	async function handle(request, response) {
		const { socket } = request;
		const means = meansFor(socket, clock, crash);
		const outlet = {
			request,
			response,
			socket,
			clock,
			...means
		};
		const send = habits.send ?? sendPlainly;
		const early = await habits.beforeBody?.(request, means) ?? null;
		if (early !== null) return send(early, outlet);
		const bytes = await bodyOf(request, habits.bodyLimitBytes ?? defaultBodyLimitBytes);
		if (bytes === null) return send({
			status: 413,
			headers: { Connection: "close" }
		}, outlet);
		const numberOnConnection = (onConnection.get(socket) ?? 0) + 1;
		onConnection.set(socket, numberOnConnection);
		received += 1;
		const { method = "", url = "", headers, rawHeaders } = request;
		const read = {
			method,
			path: url,
			headers,
			rawHeaders,
			bytes,
			body: bytes.toString()
		};
		await send(await receive({
			...read,
			number: received,
			numberOnConnection,
			...means
		}), outlet);
	}
	const listener = (request, response) => {
		handle(request, response).catch((error) => {
			if (!request.socket.destroyed) faults.push(error);
			request.socket.destroy();
		});
	};
	const server = options.tls === void 0 ? createServer(listener) : createServer$2(options.tls, listener);
	if (habits.onConnection !== void 0) server.on("connection", habits.onConnection);
	server.on("checkContinue", (request, response) => {
		if (habits.onExpect === "refuse") return void response.writeHead(417).end();
		if (habits.onExpect === "wait-for-the-body") passTime(clock, request);
		else response.writeContinue();
		listener(request, response);
	});
	server.listen(options.port, host);
	await once(server, "listening");
	const { port } = server.address();
	return {
		port,
		async close() {
			restart?.cancel();
			if (server.listening) {
				const closed = once(server, "close");
				server.close();
				server.closeAllConnections();
				await closed;
			}
			if (faults.length > 0) throw faults[0];
		}
	};
}
const urlOn = (host, port) => `http://${host.includes(":") ? `[${host}]` : host}:${port}${callbackPath}`;
function sendPlainly({ status, headers = {}, body = "" }, { response }) {
	response.writeHead(status, headers).end(body);
}
function meansFor(socket, clock, crash) {
	const gone = new AbortController();
	socket.once("close", () => gone.abort(new Error("the sender is gone")));
	const wait = async (ms) => {
		try {
			await clock.stall(socket.remotePort ?? 0, ms, gone.signal);
		} catch (error) {
			if (!socket.destroyed) await once(socket, "close");
			throw error;
		}
	};
	return {
		wait,
		async hang() {
			for (;;) await wait(6e4);
		},
		async until(work) {
			const done = new AbortController();
			const waiting = AbortSignal.any([done.signal, gone.signal]);
			const passed = clock.stall(socket.remotePort ?? 0, aDayMs, waiting).catch(() => {});
			try {
				return await work;
			} finally {
				done.abort();
				await passed;
			}
		},
		reset() {
			socket.resetAndDestroy();
			throw new Error("the connection was reset");
		},
		crash
	};
}
function bodyOf(request, limitBytes) {
	return new Promise((resolve, reject) => {
		const chunks = [];
		let length = 0;
		request.on("data", (chunk) => {
			length += chunk.length;
			if (length <= limitBytes) chunks.push(chunk);
			else resolve(null);
		});
		request.once("end", () => resolve(Buffer.concat(chunks)));
		request.once("error", reject);
	});
}
async function passTime(clock, request) {
	const arrived = new AbortController();
	request.once("data", () => arrived.abort());
	request.once("close", () => arrived.abort());
	await clock.stall(request.socket.remotePort ?? 0, 6e4, arrived.signal).catch(() => {});
}
// src/faulty-receivers/faulty-receiver.ts
function plainlyServed({ habits, ...known }) {
	return {
		...known,
		async start({ port = 0, host = "127.0.0.1", credential = null, clock = systemClock } = {}) {
			const server = await startPlainServer({
				habits: habits(clock),
				clock,
				credential,
				host,
				port
			});
			return {
				url: urlOn(host, server.port),
				close: () => server.close()
			};
		}
	};
}
// src/faulty-receivers/acknowledgement.ts
const acknowledgement = [
	plainlyServed({
		id: "7-seconds",
		title: "Takes 7 seconds to answer.",
		fails: ["acknowledgement/acknowledges-quickly"],
		habits: () => ({ async accept({ wait }) {
			await wait(7e3);
			return ok;
		} })
	}),
	plainlyServed({
		id: "every-7th-unavailable",
		title: "Is a pool of seven instances of which one is down: every seventh callback gets a 503.",
		fails: ["acknowledgement/acknowledges-consistently"],
		mayFail: ["*/*"],
		habits: () => ({ answer: ({ number }, good) => number % 7 === 0 ? { status: 503 } : good() })
	}),
	plainlyServed({
		id: "hangs-after-the-first",
		title: "Answers one callback and hangs on all that follow.",
		fails: [
			"acknowledgement/acknowledges-consistently",
			"acknowledgement/answers-on-a-fresh-connection",
			"acknowledgement/answers-on-a-reused-connection",
			"retries/acknowledges-a-duplicate",
			"retries/acknowledges-every-scheduled-attempt",
			"retries/acknowledges-concurrent-duplicates",
			"retries/acknowledges-interleaved-sessions"
		],
		habits: () => ({ async answer({ number, hang }, good) {
			if (number > 1) await hang();
			return good();
		} })
	}),
	plainlyServed({
		id: "endless-body",
		title: "Answers 200 with a body that never ends.",
		fails: ["acknowledgement/completes-its-response"],
		habits: () => ({ async send(answer, { response, wait }) {
			response.writeHead(answer.status, answer.headers);
			for (;;) {
				response.write("...");
				await wait(1e3);
			}
		} })
	}),
	plainlyServed({
		id: "large-body",
		title: "Answers with a body of a megabyte.",
		fails: ["acknowledgement/completes-its-response"],
		habits: () => ({ accept: () => ({
			...ok,
			body: JSON.stringify("x".repeat(1048576))
		}) })
	}),
	plainlyServed({
		id: "short-of-its-content-length",
		title: "Announces a longer body than it sends.",
		fails: ["acknowledgement/completes-its-response"],
		habits: () => ({ send({ status, body = "" }, { socket }) {
			socket.end(`HTTP/1.1 ${status} Whatever\r\nContent-Length: ${body.length + 10}\r\n\r\n${body}`);
		} })
	}),
	plainlyServed({
		id: "204-with-a-body",
		title: "Sends a body after a 204, which can have none.",
		fails: ["acknowledgement/answers-in-well-formed-http"],
		habits: () => ({
			accept: () => ({ status: 204 }),
			send(answer, outlet) {
				if (answer.status === 204) outlet.socket.write("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\ndone");
				else sendPlainly(answer, outlet);
			}
		})
	}),
	wronglyWritten("folds-its-headers", "Folds a long header over two lines.", (body) => `HTTP/1.1 200 OK\r\nX-Policy: default-src 'self';\r\n  img-src *\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
	wronglyWritten("ends-lines-with-lf", "Ends its lines with LF alone.", (body) => `HTTP/1.1 200 OK\nContent-Length: ${body.length}\n\n${body}`),
	wronglyWritten("content-length-twice", "Stands behind a filter that adds the Content-Length a second time.", (body) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nContent-Length: ${body.length}, ${body.length}\r\n\r\n${body}`),
	wronglyWritten("body-after-a-length-of-0", "Announces no body and sends one.", (body) => `HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n${body}`),
	plainlyServed({
		id: "answers-twice",
		title: "Answers each callback twice, the second time a moment later.",
		fails: ["acknowledgement/answers-in-well-formed-http"],
		habits: () => ({ async send(answer, outlet) {
			sendPlainly(answer, outlet);
			if (answer.status !== 200) return;
			await outlet.wait(50);
			if (!outlet.socket.destroyed) outlet.socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
		} })
	}),
	plainlyServed({
		id: "close-means-drop",
		title: "Drops the connection unanswered when the sender announces to close it.",
		fails: ["acknowledgement/answers-on-a-fresh-connection"],
		habits: () => ({ send(answer, outlet) {
			if (outlet.request.headers.connection === "close") outlet.socket.destroy();
			else sendPlainly(answer, outlet);
		} })
	}),
	plainlyServed({
		id: "first-of-a-connection-only",
		title: "Gets out of step after the first callback on a connection, and answers 400 to the next.",
		fails: ["acknowledgement/answers-on-a-reused-connection"],
		habits: () => ({ answer: ({ numberOnConnection }, good) => numberOnConnection > 1 ? { status: 400 } : good() })
	}),
	plainlyServed({
		id: "hangs-on-the-second-of-a-connection",
		title: "Never reads a second callback from a connection that it keeps open.",
		fails: ["acknowledgement/answers-on-a-reused-connection"],
		habits: () => ({ async answer({ numberOnConnection, hang }, good) {
			if (numberOnConnection > 1) await hang();
			return good();
		} })
	}),
	plainlyServed({
		id: "forgets-idle-connections",
		title: "Stands behind a firewall that forgets a connection after a second of silence, and tells nobody.",
		fails: ["acknowledgement/answers-on-a-reused-connection"],
		habits(clock) {
			const lastUsedAt = new WeakMap();
			return { async send(answer, outlet) {
				const before = lastUsedAt.get(outlet.socket) ?? clock.now();
				if (clock.now() - before > 1e3) await outlet.hang();
				lastUsedAt.set(outlet.socket, clock.now());
				sendPlainly(answer, outlet);
			} };
		}
	}),
	plainlyServed({
		id: "catch-all",
		title: "Answers 200 on every path.",
		fails: ["acknowledgement/confines-itself-to-its-path"],
		habits: () => ({ async answer(_callback, good) {
			const answer = await good();
			return answer.status === 404 ? ok : answer;
		} })
	})
];
function wronglyWritten(id, title, written) {
	return plainlyServed({
		id,
		title,
		fails: ["acknowledgement/answers-in-well-formed-http"],
		habits: () => ({ send(answer, outlet) {
			if (answer.status === 200) outlet.socket.write(written(answer.body ?? "ok"), "latin1");
			else sendPlainly(answer, outlet);
		} })
	});
}
// src/faulty-receivers/authentication.ts
const authorizes = ({ authorizes: habit, fails, ...fault }) => plainlyServed({
	...fault,
	fails: fails.map((name) => name.includes("/") ? name : `authentication/${name}`),
	habits: () => ({ authorizes: habit })
});
const everyRefusal = [
	"refuses-missing-credentials",
	"refuses-wrong-credentials",
	"refuses-near-miss-credentials"
];
const authentication = [
	authorizes({
		id: "expects-another-key",
		title: "Expects another key than the one that is configured with the webhook.",
		fails: ["acknowledgement/acknowledges-with-2xx", "accepts-the-configured-headers"],
		authorizes: (given) => given === "the key of another environment"
	}),
	authorizes({
		id: "lets-everyone-in",
		title: "Does not look at the configured header.",
		fails: everyRefusal,
		authorizes: () => true
	}),
	authorizes({
		id: "refuses-with-200",
		title: "Says in the body of a 200 that the key is wrong.",
		fails: everyRefusal,
		authorizes: (given, key) => given === key || {
			...ok,
			body: "{\"error\":\"unauthorized\"}"
		}
	}),
	authorizes({
		id: "refuses-with-a-redirect",
		title: "Redirects whoever has no valid key to a login page.",
		fails: everyRefusal,
		authorizes: (given, key) => given === key || {
			status: 302,
			headers: { Location: "/login" }
		}
	}),
	authorizes({
		id: "stumbles-over-a-missing-key",
		title: "Fails with 500 when the header is missing, because it trims the value first.",
		fails: ["refuses-missing-credentials"],
		authorizes: (given, key) => given === void 0 ? { status: 500 } : given.trim() === key
	}),
	authorizes({
		id: "checks-the-key-when-there-is-one",
		title: "Checks the key only where the header is there.",
		fails: ["refuses-missing-credentials"],
		authorizes: (given, key) => given === void 0 || given === key
	}),
	authorizes({
		id: "skips-the-check-for-a-falsy-key",
		title: "Checks the key only where it is truthy, so that none and an empty one pass.",
		fails: ["refuses-missing-credentials", "refuses-near-miss-credentials"],
		authorizes: (given, key) => !given || given === key
	}),
	authorizes({
		id: "checks-the-presence-of-the-key",
		title: "Checks that the header is there, and not what it says.",
		fails: ["refuses-wrong-credentials", "refuses-near-miss-credentials"],
		authorizes: (given) => given !== void 0
	}),
	authorizes({
		id: "checks-the-form-of-the-key",
		title: "Checks that the value looks like a key.",
		fails: ["refuses-wrong-credentials"],
		authorizes: (given = "", key) => given.length === key.length && /^[a-z0-9-]+$/.test(given)
	}),
	authorizes({
		id: "accepts-an-empty-key",
		title: "Takes an empty value for the key.",
		fails: ["refuses-near-miss-credentials"],
		authorizes: (given, key) => given === key || given === ""
	}),
	authorizes({
		id: "accepts-undefined",
		title: "Was started without a key, and so compares with the word undefined.",
		fails: ["refuses-near-miss-credentials"],
		authorizes: (given, key) => given === key || given === String(void 0)
	}),
	authorizes({
		id: "compares-the-beginning",
		title: "Compares as many characters as were given.",
		fails: ["refuses-near-miss-credentials"],
		authorizes: (given, key) => given !== void 0 && given !== "" && key.startsWith(given)
	}),
	authorizes({
		id: "searches-for-the-key",
		title: "Accepts whatever is part of the key.",
		fails: ["refuses-near-miss-credentials"],
		authorizes: (given, key) => given !== void 0 && given !== "" && key.includes(given)
	}),
	authorizes({
		id: "ignores-the-case-of-the-key",
		title: "Compares keys in any letter case.",
		fails: ["refuses-near-miss-credentials"],
		authorizes: (given, key) => given?.toLowerCase() === key.toLowerCase()
	}),
	plainlyServed({
		id: "locks-out-after-a-wrong-key",
		title: "Refuses a session for good once it came with a wrong key.",
		fails: ["authentication/refuses-missing-credentials", "authentication/refuses-wrong-credentials"],
		habits: () => {
			const refused = new Set();
			return { async answer({ headers, path }, good) {
				if (path !== "/scriptix/webhook") return good();
				const sessionId = headers["x-scriptix-session"];
				const answer = refused.has(sessionId) ? { status: 403 } : await good();
				if (answer.status === 401) refused.add(sessionId);
				return answer;
			} };
		}
	}),
	comparesUrlSecret({
		id: "ignores-the-secret-in-its-url",
		title: "Has a secret in its URL, and does not look at it.",
		fails: [
			"refuses-a-missing-url-secret",
			"refuses-a-wrong-url-secret",
			"refuses-near-miss-url-secrets"
		]
	}, () => true),
	comparesUrlSecret({
		id: "lets-in-without-the-secret-in-its-url",
		title: "Compares the secret in its URL only where there is one.",
		fails: ["refuses-a-missing-url-secret"]
	}, (given, secret) => given === null || given === secret),
	comparesUrlSecret({
		id: "takes-any-secret-of-that-form",
		title: "Looks only whether the secret in its URL has the right length.",
		fails: ["refuses-a-wrong-url-secret"]
	}, (given, secret) => given?.length === secret.length && /^[A-Z]/.test(given)),
	comparesUrlSecret({
		id: "compares-the-beginning-of-the-secret-in-its-url",
		title: "Compares as many characters of the secret in its URL as were given.",
		fails: ["refuses-near-miss-url-secrets"]
	}, (given, secret) => given !== null && given !== "" && secret.startsWith(given))
];
const urlSecret = "S3cret-of-the-Url-012345";
function comparesUrlSecret({ fails, ...known }, letsIn) {
	const receiver = plainlyServed({
		...known,
		fails: fails.map((name) => `authentication/${name}`),
		urlSecret: "sig",
		habits: () => ({ answer({ path }, good) {
			const [file, query = ""] = path.split("?");
			if (file !== "/scriptix/webhook") return good();
			return letsIn(new URLSearchParams(query).get("sig"), urlSecret) ? good() : { status: 401 };
		} })
	});
	return {
		...receiver,
		async start(options) {
			const running = await receiver.start(options);
			return {
				...running,
				url: `${running.url}?sig=${urlSecret}`
			};
		}
	};
}
// src/faulty-receivers/raw-server.ts
const longestRequestBytes = 65536;
function rawlyServed({ framing, habits = {}, ...known }) {
	return {
		...known,
		async start({ port = 0, host = "127.0.0.1", credential = null, clock = systemClock } = {}) {
			const receive = plainReceiver(habits, credential);
			const sockets = new Set();
			let received = 0;
			async function serve(socket) {
				const reader = new RequestReader();
				const means = meansFor(socket, clock, () => {
					throw new Error("this one does not crash");
				});
				let numberOnConnection = 0;
				for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
					reader.push(chunk);
					for (let read = reader.next(); read !== null; read = reader.next()) {
						const lowered = read.headers.map(([name, value]) => [name.toLowerCase(), value]);
						const headers = Object.fromEntries(lowered);
						const resolution = resolve(lowered, framing);
						if (resolution === "refuse") return void socket.end(inBytes({ status: 400 }, true));
						received += 1;
						numberOnConnection += 1;
						const { method, target: path, body: bytes } = read;
						const request = {
							method,
							path,
							headers,
							rawHeaders: read.headers.flat(),
							bytes,
							body: bytes.toString()
						};
						const answer = await receive({
							...request,
							number: received,
							numberOnConnection,
							...means
						});
						const closes = headers.connection === "close" || resolution === "read-and-close";
						socket.write(inBytes(answer, closes));
						if (closes) return void socket.end();
					}
					if (reader.length > longestRequestBytes) return void socket.end(inBytes({ status: 413 }, true));
				}
			}
			const server = createServer$1((socket) => {
				sockets.add(socket);
				socket.on("error", () => {}).once("close", () => sockets.delete(socket));
				serve(socket).catch(() => socket.destroy());
			});
			server.listen(port, host);
			await once(server, "listening");
			return {
				url: urlOn(host, server.address().port),
				async close() {
					const closed = once(server, "close");
					server.close();
					for (const socket of sockets) socket.destroy();
					await closed;
				}
			};
		}
	};
}
function resolve(headers, framing) {
	const count = (name) => headers.filter(([each]) => each === name).length;
	if (count("content-length") > 1) return framing.twoLengths;
	if (count("content-length") > 0 && count("transfer-encoding") > 0) return framing.lengthAndChunks;
	return "read-and-keep-open";
}
function inBytes({ status, headers = {}, body = "" }, closes) {
	const own = {
		...headers,
		"Content-Length": String(Buffer.byteLength(body)),
		...closes && { Connection: "close" }
	};
	return `HTTP/1.1 ${status} Whatever\r\n${Object.entries(own).map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n${body}`;
}
// src/faulty-receivers/working-receiver.ts
function working({ habits, ...known }) {
	return {
		...known,
		async start(options) {
			const done = new Map();
			const work = (sessionId) => void done.set(sessionId, (done.get(sessionId) ?? 0) + 1);
			return {
				...await plainlyServed({
					...known,
					habits: (clock) => ({
						accept({ sessionId, isDuplicate }) {
							if (!isDuplicate) work(sessionId);
							return ok;
						},
						...habits({
							clock,
							work
						})
					})
				}).start(options),
				processed: (sessionId) => done.get(sessionId) ?? 0
			};
		}
	};
}
function inTwoInstances({ habits, ...known }) {
	return {
		...known,
		async start(options = {}) {
			const done = new Map();
			const work = (sessionId) => void done.set(sessionId, (done.get(sessionId) ?? 0) + 1);
			const one = plainlyServed({
				...known,
				habits: (clock) => habits({
					clock,
					work
				})
			});
			const first = await one.start(options);
			const second = await one.start({
				...options,
				port: 0
			});
			return {
				...first,
				instances: [first.url, second.url],
				processed: (sessionId) => done.get(sessionId) ?? 0,
				close: async () => void await Promise.all([first.close(), second.close()])
			};
		}
	};
}
const sessionIn = (headers) => String(headers["x-scriptix-session"] ?? "");
// src/faulty-receivers/bad-input.ts
const bad = (...names) => names.map((name) => `bad-input/${name}`);
const parsesOddBytes = bad("survives-invalid-utf-8", "survives-control-characters");
const drawnToo = ["fuzz/never-fails-on-arbitrary-json"];
const internalError = {
	status: 500,
	body: "Internal Server Error"
};
const otherwise = ({ to, answers, ...fault }) => plainlyServed({
	...fault,
	habits: () => ({ refuse: (why, callback) => to.includes(why) ? answers(callback) : null })
});
const stumbles = ({ over, ...fault }) => plainlyServed({
	...fault,
	habits: () => ({ answer: (callback, good) => over(callback) ? internalError : good() })
});
function depthOf(body) {
	let depth = 0;
	let deepest = 0;
	for (const character of body) if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
	else if (character === "]" || character === "}") depth -= 1;
	return deepest;
}
const isUtf8 = (bytes) => Buffer.from(bytes.toString()).equals(bytes);
const badInput = [
	otherwise({
		id: "malformed-json-500",
		title: "Does not catch the error of its JSON parser: 500.",
		fails: [...bad("refuses-malformed-json"), ...parsesOddBytes],
		to: ["malformed-json"],
		answers: () => internalError
	}),
	otherwise({
		id: "malformed-json-200",
		title: "Catches every error, logs it and answers 200.",
		fails: bad("refuses-malformed-json", "refuses-an-empty-body", "refuses-a-body-that-is-not-an-object", "refuses-a-missing-session-id", "refuses-an-empty-session-id", "refuses-a-session-id-that-is-not-a-string"),
		to: [
			"malformed-json",
			"empty-body",
			"no-object",
			"no-session-id",
			"empty-session-id",
			"odd-session-id"
		],
		answers: () => ok
	}),
	otherwise({
		id: "malformed-json-hang",
		title: "Loses a request whose body its parser cannot read, and never answers it.",
		fails: [...bad("refuses-malformed-json"), ...parsesOddBytes],
		to: ["malformed-json"],
		answers: ({ hang }) => hang()
	}),
	working({
		id: "hangs-on-all-bad-input",
		title: "Never answers a request that is not the documented callback.",
		fails: [...bad("refuses-malformed-json", "refuses-an-empty-body", "refuses-a-body-that-is-not-an-object", "refuses-a-missing-session-id", "refuses-an-empty-session-id", "refuses-a-session-id-that-is-not-a-string", "refuses-a-wrong-content-type", "refuses-other-methods"), ...parsesOddBytes],
		mayFail: drawnToo,
		habits: () => ({ refuse: (why, { hang }) => why === "path" || why === "credential" ? null : hang() })
	}),
	otherwise({
		id: "malformed-json-reset",
		title: "Resets the connection when its parser cannot read a body.",
		fails: [...bad("refuses-malformed-json"), ...parsesOddBytes],
		to: ["malformed-json"],
		answers: ({ reset }) => reset()
	}),
	otherwise({
		id: "malformed-json-redirect",
		title: "Redirects to an error page when its parser cannot read a body.",
		fails: [...bad("refuses-malformed-json"), ...parsesOddBytes],
		to: ["malformed-json"],
		answers: () => ({
			status: 302,
			headers: { Location: "/error" }
		})
	}),
	otherwise({
		id: "empty-body-500",
		title: "Takes it for granted that there is a body.",
		fails: bad("refuses-an-empty-body"),
		to: ["empty-body"],
		answers: () => internalError
	}),
	otherwise({
		id: "empty-body-200",
		title: "Takes an empty body for a test of the connection, and answers 200.",
		fails: bad("refuses-an-empty-body"),
		to: ["empty-body"],
		answers: () => ok
	}),
	stumbles({
		id: "null-body-500",
		title: "Reads sessionId from whatever JSON there is, and so crashes on null.",
		fails: bad("refuses-a-body-that-is-not-an-object"),
		over: ({ body }) => body === "null"
	}),
	otherwise({
		id: "any-json-200",
		title: "Acknowledges any JSON that is no object.",
		fails: bad("refuses-a-body-that-is-not-an-object"),
		to: ["no-object"],
		answers: () => ok
	}),
	otherwise({
		id: "missing-id-200",
		title: "Acknowledges a body without a session id.",
		fails: bad("refuses-a-missing-session-id"),
		to: ["no-session-id"],
		answers: () => ok
	}),
	otherwise({
		id: "missing-id-500",
		title: "Stores undefined where the session id is missing, which its database refuses.",
		fails: bad("refuses-a-missing-session-id"),
		mayFail: drawnToo,
		to: ["no-session-id"],
		answers: () => internalError
	}),
	otherwise({
		id: "empty-id-200",
		title: "Acknowledges an empty session id.",
		fails: bad("refuses-an-empty-session-id"),
		to: ["empty-session-id"],
		answers: () => ok
	}),
	otherwise({
		id: "number-id-200",
		title: "Coerces whatever the session id is to a string.",
		fails: bad("refuses-a-session-id-that-is-not-a-string"),
		to: ["odd-session-id"],
		answers: () => ok
	}),
	otherwise({
		id: "number-id-500",
		title: "Trims the session id without looking whether it is a string.",
		fails: bad("refuses-a-session-id-that-is-not-a-string"),
		mayFail: drawnToo,
		to: ["odd-session-id"],
		answers: () => internalError
	}),
	otherwise({
		id: "any-content-type-200",
		title: "Acknowledges a callback whatever its Content-Type.",
		fails: bad("refuses-a-wrong-content-type"),
		to: ["content-type"],
		answers: () => ok
	}),
	otherwise({
		id: "content-type-500",
		title: "Has no body where the Content-Type is another, and crashes reading from it.",
		fails: bad("refuses-a-wrong-content-type"),
		to: ["content-type"],
		answers: () => internalError
	}),
	otherwise({
		id: "get-200",
		title: "Answers 200 to any method.",
		fails: bad("refuses-other-methods"),
		to: ["method"],
		answers: () => ok
	}),
	otherwise({
		id: "get-500",
		title: "Parses the body of whatever comes, and so fails with 500 on a GET, which has none.",
		fails: bad("refuses-other-methods"),
		to: ["method"],
		answers: ({ method }) => method === "GET" ? internalError : {
			status: 405,
			headers: { Allow: "POST" }
		}
	}),
	plainlyServed({
		id: "8-mb-200",
		title: "Reads a body of any size, and acknowledges it.",
		fails: bad("refuses-an-oversized-body"),
		habits: () => ({ bodyLimitBytes: Infinity })
	}),
	plainlyServed({
		id: "8-mb-500",
		title: "Runs out of memory over a body of some megabytes, and answers 500.",
		fails: bad("refuses-an-oversized-body"),
		habits: () => ({
			bodyLimitBytes: Infinity,
			answer: ({ body }, good) => body.length > 1048576 ? internalError : good()
		})
	}),
	plainlyServed({
		id: "8-mb-hang",
		title: "Stops reading a body that is too large, and says nothing.",
		fails: bad("refuses-an-oversized-body"),
		habits: () => ({ async beforeBody({ headers }, { hang }) {
			if (Number(headers["content-length"] ?? 0) > 65536) await hang();
			return null;
		} })
	}),
	stumbles({
		id: "deep-nesting-500",
		title: "Validates the body with a recursive function, which runs out of stack.",
		fails: bad("survives-deep-nesting"),
		over: ({ body }) => depthOf(body) > 1e3
	}),
	plainlyServed({
		id: "deep-nesting-hang",
		title: "Takes exponential time over nested arrays.",
		fails: bad("survives-deep-nesting"),
		habits: () => ({ answer: ({ body, hang }, good) => depthOf(body) > 1e3 ? hang() : good() })
	}),
	stumbles({
		id: "proto-500",
		title: "Merges the body into its defaults, and crashes when that sets a prototype.",
		fails: bad("survives-prototype-keys"),
		mayFail: drawnToo,
		over: ({ body }) => body.includes("\"__proto__\":{")
	}),
	stumbles({
		id: "has-own-property-500",
		title: "Calls hasOwnProperty on the body, which a member of that name shadows.",
		fails: bad("survives-prototype-keys"),
		over: ({ body }) => body.includes("\"hasOwnProperty\":")
	}),
	stumbles({
		id: "invalid-utf-8-500",
		title: "Decodes the body strictly, and does not catch the error.",
		fails: bad("survives-invalid-utf-8"),
		over: ({ bytes }) => !isUtf8(bytes)
	}),
	stumbles({
		id: "byte-order-mark-500",
		title: "Crashes on a byte order mark.",
		fails: bad("survives-invalid-utf-8"),
		over: ({ bytes }) => bytes.subarray(0, 3).equals(Buffer.from([
			239,
			187,
			191
		]))
	}),
	stumbles({
		id: "nul-500",
		title: "Keeps the body in a database that takes no NUL.",
		fails: bad("survives-control-characters"),
		mayFail: drawnToo,
		over: ({ body }) => body.includes(String.raw`\u0000`) || body.includes("\0")
	}),
	plainlyServed({
		id: "truncated-body-takes-it-down",
		title: "Does not handle the error of a request that ends too early, which takes the process down.",
		fails: bad("survives-a-truncated-body"),
		habits: () => ({
			restartsAfterMs: 2e3,
			beforeBody(request, { crash }) {
				const isSmall = Number(request.headers["content-length"] ?? 0) < 1024;
				request.once("close", () => {
					try {
						if (!request.complete && isSmall) crash();
					} catch {}
				});
				return null;
			}
		})
	}),
	plainlyServed({
		id: "a-stalled-upload-blocks-all",
		title: "Reads one request at a time, so that an upload that stalls keeps all others waiting.",
		fails: bad("survives-a-stalled-body"),
		habits: () => {
			let last = Promise.resolve();
			return { async beforeBody(request, { until }) {
				const before = last;
				let done = () => {};
				last = new Promise((resolve) => done = resolve);
				request.once("end", done);
				request.socket.once("close", done);
				await until(before);
				return null;
			} };
		}
	}),
	rawlyServed({
		id: "first-of-two-lengths",
		title: "Takes the first of two Content-Lengths.",
		fails: bad("refuses-conflicting-framing"),
		framing: {
			twoLengths: "read-and-keep-open",
			lengthAndChunks: "refuse"
		}
	}),
	rawlyServed({
		id: "keeps-open-after-length-and-chunks",
		title: "Reads a request with Content-Length and chunks, and goes on with the same connection.",
		fails: bad("refuses-conflicting-framing"),
		framing: {
			twoLengths: "refuse",
			lengthAndChunks: "read-and-keep-open"
		}
	}),
	plainlyServed({
		id: "falls-over-after-bad-input",
		title: "Goes down for good over a body that its parser cannot read.",
		fails: bad("stays-healthy-after-bad-input"),
		habits: () => ({ refuse: (why, { crash }) => why === "malformed-json" ? crash() : null })
	}),
	plainlyServed({
		id: "is-started-again-after-bad-input",
		title: "Goes down over a body that its parser cannot read, and is started again after two seconds.",
		fails: [...bad("refuses-malformed-json", "stays-healthy-after-bad-input"), ...parsesOddBytes],
		habits: () => ({
			restartsAfterMs: 2e3,
			refuse: (why, { crash }) => why === "malformed-json" ? crash() : null
		})
	}),
	plainlyServed({
		id: "fails-ever-after-bad-input",
		title: "Answers 500 to everything once it has met a null body.",
		fails: bad("stays-healthy-after-bad-input"),
		habits: () => {
			let isBroken = false;
			return { async answer({ body }, good) {
				isBroken ||= body === "null";
				return isBroken ? internalError : good();
			} };
		}
	}),
	plainlyServed({
		id: "loses-a-worker-to-bad-input",
		title: "Has one worker, which a deeply nested body keeps busy for ten minutes.",
		fails: bad("stays-healthy-after-bad-input"),
		habits: (clock) => {
			let busy = Promise.resolve();
			return { async answer({ body, until }, good) {
				await until(busy);
				if (depthOf(body) > 1e3) busy = clock.sleep(6e5);
				await until(busy);
				return good();
			} };
		}
	})
];
// src/faulty-receivers/public-address.ts
const publicName = "hooks.example.com";
const publicAddress = "93.184.215.14";
const deadPort = 1;
function publiclyServed(options) {
	const { scheme = "https", host = publicName, addresses = [publicAddress], dead = [], ...rest } = options;
	const { certificate = forHost, tls = {}, withoutTls = scheme === "http", ...known } = rest;
	return {
		...known,
		async start({ port = 0, host: listenOn = "127.0.0.1", credential = null, clock = systemClock } = {}) {
			const url = `${scheme}://${host}${callbackPath}`;
			const { hostname } = new URL(url);
			const trusted = await createCertificateAuthority();
			const served = withoutTls ? void 0 : {
				...tls,
				...await certificate(trusted, hostname.replace(/[[\]]/g, ""))
			};
			const server = await startPlainServer({
				habits: {},
				clock,
				credential,
				host: listenOn,
				port,
				...served !== void 0 && { tls: served }
			});
			return {
				url,
				network: {
					async resolve(name) {
						if ("code" in addresses) throw Object.assign(new Error(`no address for ${name}`), addresses);
						return addresses;
					},
					route(name, wanted, address) {
						if ("code" in addresses) return {
							host: name,
							port: wanted
						};
						return {
							host: listenOn,
							port: address !== void 0 && dead.includes(address) ? deadPort : server.port
						};
					},
					ca: [trusted.certificatePem]
				},
				close: () => server.close()
			};
		}
	};
}
const forHost = (trusted, host) => trusted.issue({ hosts: [host] });
// src/faulty-receivers/callback-url.ts
const dayMs = 864e5;
const fault = ({ fails, unacknowledged, ...receiver }) => publiclyServed({
	...receiver,
	fails: [`callback-url/${fails}`, ...unacknowledged === true ? ["acknowledgement/acknowledges-with-2xx"] : []]
});
const kebab = (host) => host.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
const callbackUrl = [
	fault({
		id: "plain-http",
		title: "Has an http:// address.",
		fails: "uses-https",
		scheme: "http"
	}),
	...[
		"localhost",
		"hooks.localhost",
		"server.localdomain"
	].map((host) => fault({
		id: `at-${kebab(host)}`,
		title: `Has an address at ${host}.`,
		fails: "is-not-localhost",
		host
	})),
	...[
		"hooks",
		"hooks.corp",
		"hooks.eu.internal",
		"receiver.local",
		"hooks.home.arpa"
	].map((host) => fault({
		id: `at-${kebab(host)}`,
		title: `Has an address in the private domain ${host}.`,
		fails: "is-not-an-internal-domain",
		host
	})),
	...[
		publicAddress,
		"0x5db8d70e",
		"[2606:2800:21f:cb07:6820:80da:af6b:8b2c]",
		"[::ffff:93.184.215.14]"
	].map((host) => fault({
		id: `at-${kebab(host)}`,
		title: `Has the address ${host} in place of a name.`,
		fails: "is-not-an-ip-address",
		host
	})),
	fault({
		id: "no-such-name",
		title: "Has a name that does not exist.",
		fails: "resolves-in-dns",
		addresses: { code: "ENOTFOUND" }
	}),
	...[
		"10.20.30.40",
		"127.0.0.1",
		"169.254.169.254",
		"fd00::1"
	].map((address) => fault({
		id: `resolves-to-${kebab(address)}`,
		title: `Has a name that resolves to ${address}.`,
		fails: "resolves-to-public-addresses",
		addresses: [address]
	})),
	fault({
		id: "resolves-to-a-private-address-too",
		title: "Has a name with a private address beside its public one.",
		fails: "resolves-to-public-addresses",
		addresses: [publicAddress, "192.168.0.10"]
	}),
	fault({
		id: "dead-second-address",
		title: "Has an AAAA record, and nothing that listens there.",
		fails: "accepts-connections-on-every-address",
		addresses: [publicAddress, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
		dead: ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
	}),
	fault({
		id: "expired-certificate",
		title: "Presents a certificate that expired yesterday.",
		fails: "presents-a-trusted-certificate",
		unacknowledged: true,
		certificate: (ca, host) => ca.issue({
			hosts: [host],
			notAfter: systemClock.now() - dayMs
		})
	}),
	fault({
		id: "certificate-not-yet-valid",
		title: "Presents a certificate that is valid from tomorrow.",
		fails: "presents-a-trusted-certificate",
		unacknowledged: true,
		certificate: (ca, host) => ca.issue({
			hosts: [host],
			notBefore: systemClock.now() + dayMs
		})
	}),
	fault({
		id: "certificate-for-another-name",
		title: "Presents the certificate of another host.",
		fails: "presents-a-trusted-certificate",
		unacknowledged: true,
		certificate: (ca) => ca.issue({ hosts: ["www.example.com"] })
	}),
	fault({
		id: "missing-intermediate",
		title: "Presents its certificate without the intermediate one.",
		fails: "presents-a-trusted-certificate",
		unacknowledged: true,
		certificate: (ca, host) => ca.issue({
			hosts: [host],
			intermediate: "missing"
		})
	}),
	fault({
		id: "unknown-ca",
		title: "Presents a certificate of a CA that nobody knows.",
		fails: "presents-a-trusted-certificate",
		unacknowledged: true,
		certificate: async (_ca, host) => (await createCertificateAuthority({ name: "a company's own" })).issue({ hosts: [host] })
	}),
	fault({
		id: "self-signed-certificate",
		title: "Presents a certificate that it signed itself.",
		fails: "presents-a-trusted-certificate",
		unacknowledged: true,
		certificate: (_ca, host) => selfSignedCertificate({ hosts: [host] })
	}),
	fault({
		id: "http-on-the-tls-port",
		title: "Speaks plain HTTP where its address says https.",
		fails: "presents-a-trusted-certificate",
		unacknowledged: true,
		withoutTls: true
	}),
	fault({
		id: "certificate-expires-in-5-days",
		title: "Presents a certificate that expires in five days.",
		fails: "certificate-is-not-about-to-expire",
		certificate: (ca, host) => ca.issue({
			hosts: [host],
			notAfter: systemClock.now() + 5 * dayMs
		})
	}),
	fault({
		id: "accepts-tls-1-0",
		title: "Still accepts TLS 1.0 and 1.1.",
		fails: "negotiates-modern-tls",
		tls: {
			minVersion: "TLSv1",
			ciphers: "DEFAULT@SECLEVEL=0"
		}
	}),
	fault({
		id: "accepts-tls-1-1",
		title: "Still accepts TLS 1.1.",
		fails: "negotiates-modern-tls",
		tls: {
			minVersion: "TLSv1.1",
			ciphers: "DEFAULT@SECLEVEL=0"
		}
	}),
	fault({
		id: "tls-1-1-at-most",
		title: "Knows nothing later than TLS 1.1.",
		fails: "negotiates-modern-tls",
		unacknowledged: true,
		tls: {
			minVersion: "TLSv1",
			maxVersion: "TLSv1.1",
			ciphers: "DEFAULT@SECLEVEL=0"
		}
	})
];
// src/faulty-receivers/effects.ts
const once$1 = {
	afterDuplicate: "retries/processes-a-duplicate-once",
	afterConcurrent: "retries/processes-concurrent-duplicates-once",
	afterLostAnswer: "retries/processes-once-after-a-lost-acknowledgement"
};
const underLoad = "load/processes-every-acknowledged-session";
const everyDuplicate$1 = Object.values(once$1);
const effects = [
	working({
		id: "works-on-each-callback",
		title: "Does the work of a session for each callback that it gets.",
		fails: [...everyDuplicate$1, underLoad],
		habits: ({ work }) => ({ accept({ sessionId }) {
			work(sessionId);
			return ok;
		} })
	}),
	working({
		id: "looks-up-and-then-inserts",
		title: "Looks whether it knows a session, and notes it a moment later: the same one slips through in between.",
		fails: [once$1.afterConcurrent, underLoad],
		habits({ work }) {
			const known = new Set();
			return { async accept({ sessionId, wait }) {
				if (known.has(sessionId)) return ok;
				await wait(50);
				known.add(sessionId);
				work(sessionId);
				return ok;
			} };
		}
	}),
	working({
		id: "notes-a-session-once-it-was-answered",
		title: "Notes a session as done only when its answer has arrived, and so works again when the answer was lost.",
		fails: [once$1.afterLostAnswer],
		habits({ work }) {
			const known = new Set();
			return {
				accept({ sessionId }) {
					if (!known.has(sessionId)) work(sessionId);
					known.add(sessionId);
					return ok;
				},
				send(answer, outlet) {
					const sessionId = sessionIn(outlet.request.headers);
					outlet.socket.once("close", (wasReset) => {
						if (wasReset) known.delete(sessionId);
					});
					sendPlainly(answer, outlet);
				}
			};
		}
	}),
	inTwoInstances({
		id: "remembers-sessions-in-each-instance",
		title: "Runs twice, and each instance remembers only the sessions that came to itself.",
		fails: ["retries/processes-once-across-instances"],
		habits: ({ work }) => ({ accept({ sessionId, isDuplicate }) {
			if (!isDuplicate) work(sessionId);
			return ok;
		} })
	}),
	working({
		id: "keys-sessions-by-connection",
		title: "Remembers sessions for as long as the connection lasts.",
		fails: [
			...everyDuplicate$1,
			"retries/processes-every-session",
			underLoad
		],
		habits: ({ work }) => ({ accept({ sessionId, numberOnConnection }) {
			if (numberOnConnection === 1) work(sessionId);
			return ok;
		} })
	}),
	working({
		id: "keys-sessions-by-arrival",
		title: "Takes session and number of the request for the key, as where each request is given an id of its own.",
		fails: [...everyDuplicate$1, underLoad],
		habits({ work }) {
			let arrivals = 0;
			const known = new Set();
			return { accept({ sessionId }) {
				arrivals += 1;
				const key = `${sessionId} ${arrivals}`;
				if (!known.has(key)) work(sessionId);
				known.add(key);
				return ok;
			} };
		}
	}),
	working({
		id: "one-worker-in-four-is-gone",
		title: "Spreads sessions over four workers of which one is gone, so that some are acknowledged and lost.",
		fails: ["retries/processes-every-session", underLoad],
		mayFail: ["retries/processes-*"],
		habits: ({ work }) => ({ accept({ sessionId, isDuplicate }) {
			if (!isDuplicate && Number.parseInt(sessionId.slice(-1), 16) % 4 !== 0) work(sessionId);
			return ok;
		} })
	}),
	working({
		id: "small-queue",
		title: "Has a queue of five, and drops what comes while it is full.",
		fails: ["retries/processes-every-session", underLoad],
		mayFail: ["retries/processes-*"],
		habits({ work, clock }) {
			const queue = [];
			return { accept({ sessionId, isDuplicate }) {
				if (isDuplicate || queue.length === 5) return ok;
				queue.push(sessionId);
				if (queue.length === 1) clock.timer(100, () => queue.splice(0).forEach(work));
				return ok;
			} };
		}
	}),
	working({
		id: "keys-sessions-by-their-beginning",
		title: "Takes the first eight characters of a session id for the whole, and so most sessions for duplicates.",
		fails: ["retries/processes-every-session", underLoad],
		habits({ work }) {
			const known = new Set();
			return { accept({ sessionId }) {
				const key = sessionId.slice(0, 8);
				if (!known.has(key)) work(sessionId);
				known.add(key);
				return ok;
			} };
		}
	}),
	working({
		id: "keys-sessions-by-a-header-that-is-not-there",
		title: "Takes a header that nobody sends for the key, so that all sessions are one.",
		fails: ["retries/processes-every-session", underLoad],
		habits({ work }) {
			const known = new Set();
			return { accept({ sessionId, headers }) {
				const key = headers["x-idempotency-key"];
				if (!known.has(key)) work(sessionId);
				known.add(key);
				return ok;
			} };
		}
	}),
	working({
		id: "works-before-it-has-the-body",
		title: "Starts the work when it has read the headers.",
		fails: [
			"authentication/refusal-has-no-effect",
			"retries/processes-nothing-from-an-aborted-request",
			"bad-input/has-no-effect"
		],
		habits({ work }) {
			const known = new Set();
			return {
				beforeBody({ headers }) {
					const sessionId = sessionIn(headers);
					if (!known.has(sessionId)) work(sessionId);
					known.add(sessionId);
					return null;
				},
				accept: () => ok
			};
		}
	}),
	working({
		id: "works-before-it-validates",
		title: "Starts the work of whatever session the header names, and validates the body afterwards.",
		fails: ["bad-input/has-no-effect"],
		habits: ({ work }) => ({ refuse(why, { headers }) {
			if (why !== "credential" && why !== "path" && sessionIn(headers) !== "") work(sessionIn(headers));
			return null;
		} })
	}),
	working({
		id: "works-on-what-it-refuses",
		title: "Answers 401 to a wrong key, and hands the session to its queue all the same.",
		fails: ["authentication/refusal-has-no-effect"],
		habits: ({ work }) => ({ refuse(why, { headers }) {
			if (why === "credential") work(sessionIn(headers));
			return null;
		} })
	}),
	working({
		id: "lets-everyone-in-and-works",
		title: "Does not look at the configured header, and does the work of whoever comes.",
		fails: [
			"authentication/refuses-missing-credentials",
			"authentication/refuses-wrong-credentials",
			"authentication/refuses-near-miss-credentials",
			"authentication/refusal-has-no-effect"
		],
		habits: () => ({ authorizes: () => true })
	}),
	forgetsAfter(6e5)
];
function forgetsAfter(ms) {
	return working({
		id: `forgets-after-${ms / 1e3}-seconds`,
		title: `Remembers a session for ${ms / 1e3} seconds, and then does its work again.`,
		takesTime: true,
		fails: ["retries/processes-once-across-the-schedule"],
		habits({ work, clock }) {
			const workedAt = new Map();
			return { accept({ sessionId }) {
				if (clock.now() - (workedAt.get(sessionId) ?? -Infinity) < ms) return ok;
				workedAt.set(sessionId, clock.now());
				work(sessionId);
				return ok;
			} };
		}
	});
}
// src/faulty-receivers/fuzz.ts
const oops = {
	status: 500,
	body: "Internal Server Error"
};
const planted = ({ where, how = () => oops, ...fault }) => plainlyServed({
	...fault,
	settings: { fuzzCases: 500 },
	habits: () => ({ answer: (callback, good) => where(callback) ? how(callback) : good() })
});
function valueAt(body, ...path) {
	try {
		return path.reduce((value, name) => value[name], JSON.parse(body));
	} catch {
		return;
	}
}
const fuzz = [
	planted({
		id: "crash-on-a-nested-null",
		title: "Crashes where details.status is null.",
		fails: ["fuzz/never-fails-on-arbitrary-json"],
		where: ({ body }) => valueAt(body, "details", "status") === null
	}),
	planted({
		id: "crash-on-a-list-of-results",
		title: "Crashes where result is an empty list.",
		fails: ["fuzz/never-fails-on-arbitrary-json"],
		where({ body }) {
			const value = valueAt(body, "result");
			return Array.isArray(value) && value.length === 0;
		}
	}),
	planted({
		id: "hang-on-a-language",
		title: "Hangs where language is an object.",
		fails: ["fuzz/never-fails-on-arbitrary-json"],
		where({ body }) {
			const value = valueAt(body, "language");
			return typeof value === "object" && value !== null && !Array.isArray(value);
		},
		how: ({ hang }) => hang()
	}),
	planted({
		id: "goes-down-over-a-name",
		title: "Goes down for good where name is false.",
		goesDown: true,
		fails: ["fuzz/never-fails-on-arbitrary-json"],
		where: ({ body }) => valueAt(body, "name") === false,
		how: ({ crash }) => crash()
	}),
	planted({
		id: "crash-on-an-empty-cookie",
		title: "Crashes on an empty Cookie header.",
		fails: ["fuzz/never-fails-on-arbitrary-headers"],
		where: ({ headers }) => headers.cookie === ""
	}),
	planted({
		id: "hang-on-a-forwarded-host",
		title: "Hangs on an X-Forwarded-Host that is a star.",
		fails: ["fuzz/never-fails-on-arbitrary-headers"],
		where: ({ headers }) => headers["x-forwarded-host"] === "*",
		how: ({ hang }) => hang()
	})
];
// src/faulty-receivers/internals.ts
const refusals = new Set([
	"malformed-json",
	"no-object",
	"no-session-id",
	"content-type"
]);
function tells({ mediaType = "text/plain", body, status = 400, ...fault }) {
	const answer = {
		status,
		headers: { "Content-Type": mediaType },
		body
	};
	return plainlyServed({
		...fault,
		fails: ["bad-input/hides-its-internals", ...status === 500 ? ["bad-input/refuses-a-missing-session-id"] : []],
		habits: () => ({ refuse: (why) => (status === 500 ? why === "no-session-id" : refusals.has(why)) ? answer : null })
	});
}
const internals = [
	tells({
		id: "trace-node",
		title: "Shows the stack trace of Node.",
		body: "SyntaxError: Unexpected token } in JSON at position 5\n    at JSON.parse (<anonymous>)\n    at parse (/srv/hooks/node_modules/body-parser/lib/types/json.js:92:19)"
	}),
	tells({
		id: "trace-node-500",
		title: "Shows the stack trace of Node in a 500.",
		status: 500,
		mediaType: "application/json",
		body: JSON.stringify({
			error: "Cannot read properties of undefined (reading 'trim')",
			stack: "TypeError: Cannot read properties of undefined\n    at handler (file:///srv/hooks/dist/callback.js:17:23)"
		})
	}),
	tells({
		id: "trace-node-page",
		title: "Shows the stack trace of Node in a page, with its brackets escaped.",
		mediaType: "text/html",
		body: "<!DOCTYPE html><pre>SyntaxError: Unexpected end of JSON input<br> &nbsp; &nbsp;at JSON.parse (&lt;anonymous&gt;)<br> &nbsp; &nbsp;at /srv/hooks/server.js:12:30</pre>"
	}),
	tells({
		id: "trace-python",
		title: "Shows the traceback of Python.",
		status: 500,
		body: "Traceback (most recent call last):\n  File \"/srv/hooks/app.py\", line 21, in callback\n    session = body[\"sessionId\"]\nKeyError: 'sessionId'"
	}),
	tells({
		id: "trace-python-page",
		title: "Shows the debug page of a Python framework.",
		mediaType: "text/html",
		body: "<h2 class=\"traceback\">Traceback <em>(most recent call last)</em></h2><h4>File <cite class=\"filename\">\"/srv/hooks/app.py\"</cite>, line <em class=\"line\">21</em>"
	}),
	tells({
		id: "trace-php",
		title: "Shows an error of PHP with its file.",
		mediaType: "text/html",
		body: "<br />\n<b>Warning</b>:  Trying to access array offset on value of type null in <b>/var/www/html/hooks.php</b> on line <b>14</b><br />"
	}),
	tells({
		id: "trace-php-json",
		title: "Shows an error of PHP in JSON, with its slashes escaped.",
		status: 500,
		mediaType: "application/json",
		body: String.raw`{"message":"Undefined array key \"sessionId\"","file":"\/var\/www\/html\/app\/Http\/Hooks.php","line":14}`
	}),
	tells({
		id: "trace-java",
		title: "Shows the stack trace of Java.",
		status: 500,
		body: "java.lang.NullPointerException: sessionId\n	at com.example.hooks.CallbackController.receive(CallbackController.java:31)"
	}),
	tells({
		id: "trace-go",
		title: "Shows the stack of a goroutine.",
		status: 500,
		body: "panic: assignment to entry in nil map\n\ngoroutine 34 [running]:\nmain.receive(0xc0000b4000)\n	/go/src/hooks/main.go:41 +0x1a5"
	}),
	tells({
		id: "trace-dotnet",
		title: "Shows the stack trace of .NET.",
		status: 500,
		body: "System.NullReferenceException: Object reference not set to an instance of an object.\n   at Hooks.Callback.Receive(HttpContext context) in C:\\src\\Hooks\\Callback.cs:line 27"
	}),
	tells({
		id: "trace-ruby",
		title: "Shows the backtrace of Ruby.",
		status: 500,
		body: "NoMethodError: undefined method `strip' for nil:NilClass\n	app.rb:12:in `block in <main>'"
	}),
	tells({
		id: "path-only",
		title: "Names a file on its disk in an error.",
		mediaType: "application/json",
		body: "{\"error\":\"could not parse with schema /opt/hooks/schemas/callback.json\"}"
	})
];
// src/faulty-receivers/losing.ts
const apart = "payload/keeps-session-ids-apart";
const unspent = {
	afterCut: "retries/processes-the-retry-of-an-aborted-request",
	afterFailure: "retries/processes-the-retry-of-a-failed-attempt",
	afterRefusal: "authentication/refusal-leaves-the-session-unspent",
	afterBadInput: "bad-input/leaves-the-session-unspent"
};
const keyedBy = (id, title, keyOf) => working({
	id,
	title,
	fails: [apart],
	habits({ work }) {
		const known = new Set();
		return { accept({ sessionId }) {
			if (!known.has(keyOf(sessionId))) work(sessionId);
			known.add(keyOf(sessionId));
			return ok;
		} };
	}
});
const workingOnlyOn = (id, title, fails, understands) => working({
	id,
	title,
	fails: [fails],
	habits: ({ work }) => ({ accept(callback) {
		if (!callback.isDuplicate && understands(callback)) work(callback.sessionId);
		return ok;
	} })
});
const losing = [
	working({
		id: "marks-a-session-before-it-has-the-body",
		title: "Marks the session that the header names before the body has come, and takes the retry for a duplicate.",
		fails: [
			unspent.afterCut,
			unspent.afterRefusal,
			unspent.afterBadInput
		],
		habits({ work }) {
			const seen = new Set();
			const worked = new Set();
			return {
				beforeBody({ headers }) {
					const sessionId = sessionIn(headers);
					if (sessionId !== "" && seen.has(sessionId) && !worked.has(sessionId)) return ok;
					seen.add(sessionId);
					return null;
				},
				accept({ sessionId, isDuplicate }) {
					if (!isDuplicate) work(sessionId);
					worked.add(sessionId);
					return ok;
				}
			};
		}
	}),
	working({
		id: "marks-a-session-before-it-checks-the-key",
		title: "Marks a session before it has looked at the key, and takes the real callback for a duplicate.",
		fails: [unspent.afterRefusal],
		habits({ work }) {
			const refused = new Set();
			return {
				refuse(why, { headers }) {
					if (why === "credential") refused.add(sessionIn(headers));
					return null;
				},
				accept({ sessionId, isDuplicate }) {
					if (!isDuplicate && !refused.has(sessionId)) work(sessionId);
					return ok;
				}
			};
		}
	}),
	working({
		id: "marks-a-session-whose-body-it-refuses",
		title: "Marks the session that the header names, and refuses the body afterwards.",
		fails: [unspent.afterBadInput],
		habits({ work }) {
			const refused = new Set();
			return {
				refuse(why, { headers }) {
					if (why !== "credential" && why !== "path") refused.add(sessionIn(headers));
					return null;
				},
				accept({ sessionId, isDuplicate }) {
					if (!isDuplicate && !refused.has(sessionId)) work(sessionId);
					return ok;
				}
			};
		}
	}),
	working({
		id: "marks-a-session-and-then-has-no-time-for-it",
		title: "Marks a session, and answers 429 to it now and then: the retry is a duplicate.",
		fails: [unspent.afterFailure],
		habits({ work }) {
			let sessions = 0;
			return { accept({ sessionId, isDuplicate }) {
				if (isDuplicate) return ok;
				sessions += 1;
				if (sessions === 5) return {
					status: 429,
					headers: { "Retry-After": "1" }
				};
				work(sessionId);
				return ok;
			} };
		}
	}),
	...[
		32,
		64,
		127
	].map((length) => keyedBy(`cuts-ids-after-${length}-characters`, `Keeps ids in a column of ${length} characters.`, (sessionId) => sessionId.slice(0, length))),
	keyedBy("trims-ids", "Takes ids without the punctuation around them.", (sessionId) => sessionId.replaceAll(/^[-_.~]+|[-_.~]+$/g, "")),
	keyedBy("folds-the-case-of-ids", "Compares ids without regard to case.", (sessionId) => sessionId.toLowerCase()),
	workingOnlyOn("works-only-on-a-body-with-a-length", "Takes a chunked body for an empty one, and answers 200 all the same.", "payload/accepts-a-chunked-body", ({ headers }) => headers["content-length"] !== void 0),
	workingOnlyOn("works-only-on-zoom-id", "Reads zoom_id alone, and answers 200 where there is none.", "payload/accepts-a-body-without-zoom-id", ({ json }) => "zoom_id" in json),
	workingOnlyOn("works-only-on-the-bare-content-type", "Reads a body only where the content type is application/json to the letter, and answers 200 to the rest.", "payload/accepts-content-type-parameters", ({ headers }) => headers["content-type"] === "application/json"),
	working({
		id: "remembers-a-hundred-sessions",
		title: "Keeps the sessions it knows in a cache of a hundred.",
		fails: ["load/processes-every-acknowledged-session"],
		habits({ work }) {
			const known = new Set();
			return { accept({ sessionId }) {
				if (!known.delete(sessionId)) work(sessionId);
				known.add(sessionId);
				const [oldest] = known;
				if (known.size > 100 && oldest !== void 0) known.delete(oldest);
				return ok;
			} };
		}
	})
];
// src/faulty-receivers/single-worker.ts
function singleWorker() {
	let last = Promise.resolve();
	return async (caller, ms) => {
		const before = last;
		let done = () => {};
		last = new Promise((resolve) => done = resolve);
		try {
			await caller.until(before);
			await caller.wait(ms);
		} finally {
			done();
		}
	};
}
// src/faulty-receivers/load.ts
const bursts = ["load/acknowledges-concurrent-callbacks", "load/acknowledges-a-retry-storm"];
const load = [
	plainlyServed({
		id: "503-above-45",
		title: "Answers 503 while 45 callbacks are under way.",
		fails: bursts,
		habits: atMost(45, () => ({ status: 503 }))
	}),
	plainlyServed({
		id: "reset-above-45",
		title: "Resets what comes while 45 callbacks are under way.",
		fails: bursts,
		habits: atMost(45, ({ reset }) => reset())
	}),
	plainlyServed({
		id: "503-above-80",
		title: "Answers 503 while 80 callbacks are under way.",
		fails: ["load/acknowledges-a-retry-storm"],
		habits: atMost(80, () => ({ status: 503 }))
	}),
	plainlyServed({
		id: "600-ms-a-callback",
		title: "Has one worker that takes 600 ms for a callback, so that the last of fifty is too late.",
		fails: bursts,
		habits() {
			const work = singleWorker();
			return { async accept(callback) {
				await work(callback, 600);
				return ok;
			} };
		}
	}),
	plainlyServed({
		id: "deadlock-in-a-storm",
		title: "Locks its table for each callback, and gives a duplicate up with 500 when more than 60 are under way.",
		fails: ["load/acknowledges-a-retry-storm"],
		habits() {
			let underWay = 0;
			return { async accept({ isDuplicate, wait }) {
				underWay += 1;
				const answer = isDuplicate && underWay > 60 ? {
					status: 500,
					body: "deadlock detected"
				} : ok;
				try {
					await wait(50);
					return answer;
				} finally {
					underWay -= 1;
				}
			} };
		}
	}),
	plainlyServed({
		id: "falls-behind",
		title: "Takes 100 ms for a callback, one after another, and so falls behind when forty come in a second.",
		fails: ["load/sustains-a-rate"],
		settings: {
			rate: 40,
			durationMs: 8e3
		},
		habits() {
			const work = singleWorker();
			return { async accept(callback) {
				await work(callback, 100);
				return ok;
			} };
		}
	})
];
function atMost(most, refuse) {
	return () => {
		let underWay = 0;
		return { async accept({ wait, reset }) {
			if (underWay >= most) return refuse({ reset });
			underWay += 1;
			try {
				await wait(50);
				return ok;
			} finally {
				underWay -= 1;
			}
		} };
	};
}
// src/faulty-receivers/payload.ts
const demands = ({ asks, orElse = { status: 400 }, fails, ...fault }) => plainlyServed({
	...fault,
	fails: fails.map((name) => `payload/${name}`),
	habits: () => ({ accept: (callback) => asks(callback) ? ok : orElse })
});
const documentedHeaders = new Set("host connection content-type content-length transfer-encoding user-agent accept x-scriptix-session x-zoom-session x-api-key expect".split(" "));
const payload = [
	demands({
		id: "needs-zoom-id",
		title: "Reads the session id from zoom_id.",
		fails: ["accepts-a-body-without-zoom-id"],
		asks: ({ json }) => json["zoom_id"] !== void 0,
		orElse: {
			status: 422,
			body: "{\"error\":\"zoom_id is required\"}"
		}
	}),
	demands({
		id: "needs-the-legacy-header",
		title: "Reads the session id from X-Zoom-Session.",
		fails: ["accepts-a-request-without-the-legacy-header"],
		asks: ({ headers }) => headers["x-zoom-session"] !== void 0
	}),
	demands({
		id: "refuses-unknown-fields",
		title: "Validates the body with additionalProperties: false.",
		fails: ["accepts-unknown-fields"],
		asks: ({ json }) => Object.keys(json).every((field) => field === "sessionId" || field === "zoom_id"),
		orElse: {
			status: 422,
			body: "{\"error\":\"must NOT have additional properties\"}"
		}
	}),
	demands({
		id: "refuses-unknown-headers",
		title: "Stands behind a firewall with a list of allowed headers.",
		fails: ["accepts-unknown-headers"],
		asks: ({ headers }) => Object.keys(headers).every((name) => documentedHeaders.has(name)),
		orElse: { status: 403 }
	}),
	demands({
		id: "case-sensitive-header-lookup",
		title: "Looks its headers up in a raw list, by the case in which they are documented.",
		fails: ["matches-header-names-in-any-case"],
		asks: ({ rawHeaders }) => rawHeaders.includes("X-Scriptix-Session")
	}),
	demands({
		id: "lower-case-header-lookup",
		title: "Looks its headers up in a raw list, and knows them as documented or as HTTP/2 has them.",
		fails: ["matches-header-names-in-any-case"],
		asks: ({ rawHeaders }) => ["X-Scriptix-Session", "x-scriptix-session"].some((name) => rawHeaders.includes(name))
	}),
	demands({
		id: "compares-the-whole-content-type",
		title: "Compares Content-Type with application/json as a whole.",
		fails: ["accepts-content-type-parameters"],
		asks: ({ headers }) => headers["content-type"] === "application/json",
		orElse: { status: 415 }
	}),
	demands({
		id: "matches-the-body-with-a-pattern",
		title: "Finds the session id in the body with a regular expression.",
		fails: ["accepts-any-json-formatting"],
		asks: ({ body }) => /"sessionId":"([^"]+)"/.test(body)
	}),
	demands({
		id: "takes-the-first-field",
		title: "Takes the first member of the body for the session id, whatever its name.",
		fails: ["accepts-any-json-formatting"],
		asks: ({ json }) => Object.keys(json)[0] === "sessionId"
	}),
	demands({
		id: "session-id-pattern",
		title: "Accepts session ids of 26 hex characters alone.",
		fails: ["treats-session-ids-as-opaque", "accepts-unusual-session-ids"],
		asks: ({ sessionId }) => /^[0-9a-f]{26}$/.test(sessionId),
		orElse: { status: 422 }
	}),
	demands({
		id: "session-id-varchar-64",
		title: "Keeps session ids in a column of 64 characters.",
		fails: ["accepts-unusual-session-ids"],
		asks: ({ sessionId }) => sessionId.length <= 64,
		orElse: {
			status: 500,
			body: "value too long for type character varying(64)"
		}
	}),
	demands({
		id: "session-id-file-name",
		title: "Allows for letters, digits and hyphens in a session id, since it becomes a file name.",
		fails: ["accepts-unusual-session-ids"],
		asks: ({ sessionId }) => /^[\w-]+$/.test(sessionId)
	}),
	demands({
		id: "needs-content-length",
		title: "Stands behind a proxy that asks for a Content-Length.",
		fails: ["accepts-a-chunked-body"],
		asks: ({ headers }) => headers["content-length"] !== void 0,
		orElse: { status: 411 }
	}),
	plainlyServed({
		id: "reads-the-first-chunk",
		title: "Takes the first chunk of the body for the whole.",
		fails: ["payload/accepts-a-chunked-body"],
		habits: () => ({ answer: ({ headers }, good) => headers["transfer-encoding"] === "chunked" ? { status: 400 } : good() })
	}),
	plainlyServed({
		id: "refuses-expect",
		title: "Answers 417 to Expect: 100-continue.",
		fails: ["payload/accepts-expect-continue"],
		habits: () => ({ onExpect: "refuse" })
	}),
	demands({
		id: "needs-a-user-agent",
		title: "Refuses requests without a User-Agent.",
		fails: ["accepts-any-user-agent"],
		asks: ({ headers }) => headers["user-agent"] !== void 0,
		orElse: { status: 403 }
	}),
	demands({
		id: "refuses-scripts",
		title: "Stands behind a bot wall that goes by the User-Agent.",
		fails: ["accepts-any-user-agent"],
		asks: ({ headers }) => !/python|curl|bot/i.test(headers["user-agent"] ?? ""),
		orElse: {
			status: 403,
			headers: { "cf-mitigated": "challenge" }
		}
	})
];
// src/faulty-receivers/results-reader.ts
const silence = {
	status: null,
	body: ""
};
function createResultsReader(source, clock) {
	const closing = new AbortController();
	async function read(sessionId, asking = {}) {
		if (source === void 0 || closing.signal.aborted) return silence;
		const { method = "GET", path = documentedPath(sessionId), header = documentedHeader, timeoutMs } = asking;
		const hold = clock.hold();
		const late = new AbortController();
		const timer = timeoutMs === void 0 ? null : clock.timer(timeoutMs, () => late.abort());
		try {
			return await ask(new URL(source.baseUrl), {
				method,
				path,
				headers: header === null ? {} : Object.fromEntries([header(source.token)]),
				signal: late.signal
			}, (port) => hold.bind(port));
		} catch {
			return silence;
		} finally {
			timer?.cancel();
			hold.release();
		}
	}
	return {
		read,
		async readLater(sessionId, ms, asking) {
			await clock.sleep(ms, closing.signal).catch(() => {});
			return read(sessionId, asking);
		},
		close: () => closing.abort()
	};
}
const documentedHeader = (token) => ["Authorization", token];
const documentedPath = (sessionId) => defaults.contract.results.path.replace("{sessionId}", () => encodeURIComponent(sessionId));
function ask({ hostname, port }, request$2, bind) {
	return new Promise((resolve, reject) => {
		const sent = request({
			...request$2,
			hostname,
			port,
			agent: false
		}, (response) => {
			let body = "";
			response.setEncoding("utf8").on("data", (text) => body += text);
			response.once("end", () => resolve({
				status: response.statusCode ?? null,
				body
			})).once("error", reject);
		});
		sent.once("socket", (socket) => socket.once("connect", () => bind(socket.localPort ?? 0)));
		sent.once("error", reject).end();
	});
}
// src/faulty-receivers/fetching-receiver.ts
const retryDelaysMs = [
	1e3,
	2e3,
	5e3,
	15e3,
	3e4
];
function isGarbled({ status, body }) {
	if (status !== 200) return false;
	try {
		JSON.parse(body);
		return false;
	} catch {
		return true;
	}
}
const statusMayPass = ({ status }) => status === null || status >= 500 || [
	404,
	409,
	429
].includes(status);
const mayPass = (reply) => statusMayPass(reply) || isGarbled(reply);
async function fetchPatiently(results, sessionId, { asking = {}, passes = mayPass } = {}) {
	let reply = await results.read(sessionId, asking);
	for (const ms of retryDelaysMs) {
		if (!passes(reply)) return;
		reply = await results.readLater(sessionId, ms, asking);
	}
}
function fetching({ habits, ...known }) {
	return {
		...known,
		fetches: true,
		async start(options = {}) {
			const results = createResultsReader(options.results, options.clock ?? systemClock);
			const fetch = (sessionId) => fetchPatiently(results, sessionId);
			const running = await plainlyServed({
				...known,
				habits: (clock) => ({
					accept({ sessionId, isDuplicate }) {
						if (!isDuplicate) fetch(sessionId);
						return ok;
					},
					...habits({
						clock,
						results,
						fetch
					})
				})
			}).start(options);
			return {
				...running,
				async close() {
					results.close();
					await running.close();
				}
			};
		}
	};
}
// src/faulty-receivers/results.ts
const suite = (...names) => names.map((name) => `results/${name}`);
const readsNothing = suite("fetches-again-after-an-api-failure", "fetches-again-when-results-are-not-ready");
const inTheBackground = ({ fetches, ...fault }) => fetching({
	...fault,
	habits: (means) => ({ accept({ sessionId, isDuplicate }) {
		if (!isDuplicate) fetches(means, sessionId);
		return ok;
	} })
});
const beforeItAnswers = ({ asking = {}, answers = () => ok, ...fault }) => fetching({
	...fault,
	habits({ results, fetch }) {
		const underWay = new Map();
		async function first(sessionId) {
			const reply = await results.read(sessionId, asking);
			const answer = answers(reply);
			if (answer !== ok) underWay.delete(sessionId);
			else if (mayPass(reply)) fetch(sessionId);
			return answer;
		}
		return { accept({ sessionId, until }) {
			const answer = underWay.get(sessionId) ?? first(sessionId);
			underWay.set(sessionId, answer);
			return until(answer);
		} };
	}
});
const results = [
	inTheBackground({
		id: "never-fetches",
		title: "Acknowledges callbacks, and never fetches the results.",
		fails: [...suite("fetches-results-by-session-id"), ...readsNothing],
		fetches: async () => {}
	}),
	inTheBackground({
		id: "fetches-the-wrong-path",
		title: "Fetches from a path that is not documented.",
		fails: [...suite("fetches-results-by-session-id"), ...readsNothing],
		fetches: ({ results }, sessionId) => results.read(sessionId, { path: `/api/v2/batch/sessions/${sessionId}` })
	}),
	inTheBackground({
		id: "fetches-another-session",
		title: "Fetches the results of a session that it has made up, from the last part of the id.",
		fails: [...suite("fetches-results-by-session-id"), ...readsNothing],
		fetches: ({ fetch }, sessionId) => fetch(`0x${sessionId.slice(-12)}`)
	}),
	inTheBackground({
		id: "posts-for-the-results",
		title: "Sends POST in place of GET.",
		fails: [...suite("fetches-results-by-session-id"), ...readsNothing],
		fetches: ({ results }, sessionId) => results.read(sessionId, { method: "POST" })
	}),
	inTheBackground({
		id: "fetches-without-a-token",
		title: "Fetches without a token.",
		fails: [...suite("authorizes-its-fetch"), ...readsNothing],
		fetches: ({ results }, sessionId) => fetchPatiently(results, sessionId, { asking: { header: null } })
	}),
	inTheBackground({
		id: "fetches-with-another-token",
		title: "Fetches with the token of another environment.",
		fails: [...suite("authorizes-its-fetch"), ...readsNothing],
		fetches: ({ results }, sessionId) => fetchPatiently(results, sessionId, { asking: { header: () => ["Authorization", "staging-t0ken"] } })
	}),
	inTheBackground({
		id: "fetches-twice",
		title: "Fetches the results twice: once to see whether they are there, and once to keep them.",
		fails: [
			...suite("fetches-once-per-session"),
			"retries/processes-every-session",
			"load/processes-every-acknowledged-session"
		],
		async fetches({ fetch }, sessionId) {
			await fetch(sessionId);
			await fetch(sessionId);
		}
	}),
	fetching({
		id: "fetches-for-each-callback",
		title: "Fetches the results for each callback, duplicates too.",
		fails: [
			...suite("fetches-once-per-session"),
			"retries/processes-a-duplicate-once",
			"retries/processes-concurrent-duplicates-once",
			"retries/processes-once-after-a-lost-acknowledgement",
			"load/processes-every-acknowledged-session"
		],
		habits: ({ fetch }) => ({ accept({ sessionId }) {
			fetch(sessionId);
			return ok;
		} })
	}),
	beforeItAnswers({
		id: "fetches-before-it-answers",
		title: "Waits for the results before it answers, however long they take.",
		fails: suite("acknowledges-before-results-arrive")
	}),
	beforeItAnswers({
		id: "fails-while-the-api-is-down",
		title: "Asks the API for five seconds before it answers, and fails with 500 when the API does.",
		fails: suite("acknowledges-while-the-api-is-down"),
		asking: { timeoutMs: 5e3 },
		answers: ({ status }) => status === null || status < 500 ? ok : { status: 500 }
	}),
	inTheBackground({
		id: "fetches-once-and-gives-up",
		title: "Never tries again when a fetch fails.",
		fails: readsNothing,
		fetches: ({ results }, sessionId) => results.read(sessionId)
	}),
	inTheBackground({
		id: "gives-up-on-404-and-409",
		title: "Takes 404 and 409 for the last word, though the results are only not ready yet.",
		fails: suite("fetches-again-when-results-are-not-ready"),
		fetches: ({ results }, sessionId) => fetchPatiently(results, sessionId, { passes: (reply) => mayPass(reply) && reply.status !== 404 && reply.status !== 409 })
	}),
	inTheBackground({
		id: "gives-up-on-429",
		title: "Takes 429 for the last word.",
		fails: suite("fetches-again-after-an-api-failure"),
		fetches: ({ results }, sessionId) => fetchPatiently(results, sessionId, { passes: (reply) => mayPass(reply) && reply.status !== 429 })
	}),
	inTheBackground({
		id: "gives-up-when-a-fetch-takes-too-long",
		title: "Never tries again when its own client has given up after five seconds.",
		fails: suite("fetches-again-after-an-api-failure"),
		async fetches({ results, clock }, sessionId) {
			for (const ms of [0, ...retryDelaysMs]) {
				const startedAt = clock.now();
				const reply = await results.readLater(sessionId, ms, { timeoutMs: 5e3 });
				if (!mayPass(reply) || clock.now() - startedAt >= ms + 5e3) return;
			}
		}
	}),
	inTheBackground({
		id: "takes-any-200-for-results",
		title: "Takes whatever comes with a 200 for the results, a page of a proxy too.",
		fails: suite("fetches-again-after-an-api-failure"),
		fetches: ({ results }, sessionId) => fetchPatiently(results, sessionId, { passes: statusMayPass })
	}),
	fetching({
		id: "fetches-for-refused-callbacks",
		title: "Fetches the results before it looks at the key.",
		fails: [...suite("does-not-fetch-for-a-refused-callback"), "authentication/refusal-has-no-effect"],
		habits: ({ fetch }) => ({ refuse(why, { headers }) {
			if (why === "credential") fetch(sessionIn(headers));
			return null;
		} })
	}),
	fetching({
		id: "asks-for-the-state-of-refused-callbacks",
		title: "Asks the API for the state of each session before it looks at the key.",
		fails: suite("does-not-fetch-for-a-refused-callback"),
		habits: ({ results }) => ({ refuse(why, { headers }) {
			const path = `/api/v3/speech-to-text/session/${sessionIn(headers)}`;
			if (why === "credential") results.read("", { path });
			return null;
		} })
	}),
	inTheBackground({
		id: "pastes-the-id-into-the-url",
		title: "Pastes the session id into the URL without encoding it.",
		fails: suite("keeps-the-session-id-in-its-path-segment"),
		fetches: ({ results }, sessionId) => {
			const { pathname, search } = new URL(`/api/v2/batch/session/${sessionId}/results`, "http://127.0.0.1");
			return fetchPatiently(results, sessionId, { asking: { path: pathname + search } });
		}
	}),
	inTheBackground({
		id: "keeps-dot-segments",
		title: "Encodes what is not allowed in a URL, but neither slashes nor dots.",
		fails: suite("keeps-the-session-id-in-its-path-segment"),
		fetches: ({ results }, sessionId) => fetchPatiently(results, sessionId, { asking: { path: documentedPath("").replace("session//", () => `session/${encodeURI(sessionId)}/`) } })
	})
];
// src/faulty-receivers/retries.ts
const everyDuplicate = [
	"retries/acknowledges-a-duplicate",
	"retries/acknowledges-every-scheduled-attempt",
	"retries/acknowledges-after-a-lost-acknowledgement",
	"retries/acknowledges-concurrent-duplicates",
	"retries/acknowledges-interleaved-sessions"
];
const refuses = ({ refuses: habit, with: refusal, ...fault }) => plainlyServed({
	...fault,
	habits: () => ({ accept: (callback) => habit(callback) ? refusal : ok })
});
const retries = [
	refuses({
		id: "duplicate-409",
		title: "Answers 409 to a session that it has met.",
		fails: everyDuplicate,
		refuses: ({ isDuplicate }) => isDuplicate,
		with: {
			status: 409,
			body: "{\"error\":\"already processed\"}"
		}
	}),
	refuses({
		id: "duplicate-500",
		title: "Inserts each session into a table with a unique key, and fails with 500 on a duplicate.",
		fails: [...everyDuplicate, "load/acknowledges-a-retry-storm"],
		refuses: ({ isDuplicate }) => isDuplicate,
		with: {
			status: 500,
			body: "duplicate key value violates unique constraint"
		}
	}),
	refuses({
		id: "duplicate-304",
		title: "Answers 304 to a session that it has met.",
		fails: [...everyDuplicate, "load/acknowledges-a-retry-storm"],
		refuses: ({ isDuplicate }) => isDuplicate,
		with: { status: 304 }
	}),
	refuses({
		id: "three-attempts",
		title: "Gives a session up after its third attempt.",
		fails: ["retries/acknowledges-every-scheduled-attempt", "retries/acknowledges-concurrent-duplicates"],
		refuses: ({ meeting }) => meeting > 3,
		with: { status: 410 }
	}),
	refuses({
		id: "duplicate-429",
		title: "Limits each session to three callbacks, as if they were a flood.",
		fails: ["retries/acknowledges-every-scheduled-attempt", "retries/acknowledges-concurrent-duplicates"],
		refuses: ({ meeting }) => meeting > 3,
		with: { status: 429 }
	}),
	plainlyServed({
		id: "marks-reset-sessions-as-failed",
		title: "Marks a session as failed when its connection is reset, and refuses it from then on.",
		fails: ["retries/acknowledges-after-a-lost-acknowledgement"],
		habits: () => {
			const failed = new Set();
			return { send(answer, outlet) {
				const sessionId = outlet.request.headers["x-scriptix-session"];
				outlet.socket.once("close", (wasReset) => {
					if (wasReset) failed.add(sessionId);
				});
				sendPlainly(failed.has(sessionId) ? { status: 409 } : answer, outlet);
			} };
		}
	}),
	plainlyServed({
		id: "notes-the-session-before-the-body",
		title: "Takes note of the session in the header before it has the body, and refuses the session while that lasts.",
		fails: ["retries/acknowledges-after-an-aborted-request"],
		habits: () => {
			const underWay = new Set();
			return {
				beforeBody({ headers }) {
					const sessionId = headers["x-scriptix-session"];
					if (underWay.has(sessionId)) return { status: 409 };
					underWay.add(sessionId);
					return null;
				},
				send(answer, outlet) {
					if (answer.status !== 409) underWay.delete(outlet.request.headers["x-scriptix-session"]);
					sendPlainly(answer, outlet);
				}
			};
		}
	}),
	plainlyServed({
		id: "race-on-insert",
		title: "Looks a session up and inserts it in two steps, and fails with 500 when the same comes in between.",
		fails: ["retries/acknowledges-concurrent-duplicates", "load/acknowledges-a-retry-storm"],
		habits: () => {
			const known = new Set();
			return { async accept({ sessionId, wait }) {
				if (known.has(sessionId)) return ok;
				await wait(50);
				if (known.has(sessionId)) return {
					status: 500,
					body: "duplicate key value violates unique constraint"
				};
				known.add(sessionId);
				return ok;
			} };
		}
	}),
	plainlyServed({
		id: "locked-423",
		title: "Answers 423 to a session while another callback of it is under way.",
		fails: ["retries/acknowledges-concurrent-duplicates", "load/acknowledges-a-retry-storm"],
		habits: () => {
			const underWay = new Set();
			return { async accept({ sessionId, wait }) {
				if (underWay.has(sessionId)) return { status: 423 };
				underWay.add(sessionId);
				try {
					await wait(50);
				} finally {
					underWay.delete(sessionId);
				}
				return ok;
			} };
		}
	}),
	plainlyServed({
		id: "remembers-the-latest-session",
		title: "Remembers the latest session alone, and refuses to go back to an earlier one.",
		fails: ["retries/acknowledges-interleaved-sessions"],
		habits: () => {
			const past = new Set();
			let latest = "";
			return { accept({ sessionId }) {
				if (past.has(sessionId)) return { status: 409 };
				if (latest !== sessionId) past.add(latest);
				latest = sessionId;
				return ok;
			} };
		}
	})
];
// src/faulty-receivers/unacknowledging.ts
const html = { "Content-Type": "text/html; charset=utf-8" };
const loginPage = `<!doctype html><title>Sign in</title>
<form method="post" action="/login"><input name="email"><input name="password" type="password"></form>`;
const never = ({ answers, alsoFails = [], ...fault }) => plainlyServed({
	...fault,
	fails: ["acknowledgement/acknowledges-with-2xx", ...alsoFails],
	habits: () => ({ answer: () => answers })
});
const breaks = ({ how, ...fault }) => plainlyServed({
	...fault,
	fails: ["acknowledgement/acknowledges-with-2xx"],
	habits: () => how
});
const unacknowledging = [
	never({
		id: "server-error",
		title: "Answers 500 to every callback.",
		answers: {
			status: 500,
			body: "Internal Server Error"
		}
	}),
	never({
		id: "no-such-route",
		title: "Has no route for the callback: its framework answers its own 404.",
		answers: {
			status: 404,
			headers: html,
			body: "<!DOCTYPE html><pre>Cannot POST /scriptix/webhook</pre>"
		}
	}),
	never({
		id: "same-404-everywhere",
		title: "Has no route for the callback, and answers a 404 that names nothing.",
		answers: {
			status: 404,
			headers: { "Content-Type": "application/json" },
			body: "{\"error\":\"not found\"}"
		}
	}),
	never({
		id: "get-only",
		title: "Takes GET alone at the callback path.",
		answers: {
			status: 405,
			headers: { Allow: "GET, HEAD" }
		}
	}),
	never({
		id: "form-parser-only",
		title: "Parses forms alone, and refuses application/json with 415.",
		answers: {
			status: 415,
			headers: { "Content-Type": "application/json" },
			body: "{\"error\":\"Unsupported Media Type\"}"
		}
	}),
	never({
		id: "bad-gateway",
		title: "Is a proxy whose application is down.",
		answers: {
			status: 502,
			headers: html,
			body: "<center><h1>502 Bad Gateway</h1></center>"
		}
	}),
	never({
		id: "trailing-slash",
		title: "Redirects to the same path with a slash at its end.",
		answers: {
			status: 308,
			headers: { Location: "/scriptix/webhook/" }
		},
		alsoFails: ["acknowledgement/does-not-redirect"]
	}),
	plainlyServed({
		id: "https-redirect",
		title: "Redirects to https instead of answering.",
		fails: ["acknowledgement/acknowledges-with-2xx", "acknowledgement/does-not-redirect"],
		habits: () => ({ answer: ({ headers, path }) => ({
			status: 301,
			headers: { Location: `https://${(headers.host ?? "").replace(/:\d+$/, "")}${path}` }
		}) })
	}),
	never({
		id: "login-redirect",
		title: "Stands behind a login, and redirects to its page.",
		answers: {
			status: 302,
			headers: { Location: "/login?next=%2Fscriptix%2Fwebhook" }
		},
		alsoFails: ["acknowledgement/does-not-redirect", "acknowledgement/answers-without-browser-state"]
	}),
	never({
		id: "csrf-403",
		title: "Has its framework's CSRF protection on: 403.",
		answers: {
			status: 403,
			headers: html,
			body: "<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>"
		},
		alsoFails: ["acknowledgement/answers-without-browser-state"]
	}),
	never({
		id: "csrf-419",
		title: "Has its framework's CSRF protection on: 419.",
		answers: {
			status: 419,
			headers: html,
			body: "<title>Page Expired</title><p>Page Expired</p>"
		},
		alsoFails: ["acknowledgement/answers-without-browser-state"]
	}),
	never({
		id: "bot-wall",
		title: "Stands behind a bot wall that asks for a browser.",
		answers: {
			status: 403,
			headers: {
				...html,
				"cf-mitigated": "challenge"
			},
			body: "<!DOCTYPE html><title>Just a moment...</title>"
		},
		alsoFails: ["acknowledgement/answers-without-browser-state"]
	}),
	never({
		id: "preview-gate",
		title: "Is a preview deployment that lets its owners in alone.",
		answers: {
			status: 401,
			headers: {
				...html,
				"Set-Cookie": "_vercel_sso_nonce=abc; Path=/"
			},
			body: "<!doctype html><title>Authentication Required</title><p>Vercel Authentication</p>"
		},
		alsoFails: ["acknowledgement/answers-without-browser-state"]
	}),
	plainlyServed({
		id: "login-page-200",
		title: "Stands behind a login, and answers its page with 200.",
		fails: ["acknowledgement/answers-without-browser-state"],
		habits: () => ({ accept: () => ({
			status: 200,
			headers: html,
			body: loginPage
		}) })
	}),
	plainlyServed({
		id: "hang",
		title: "Accepts connections and never answers.",
		fails: ["acknowledgement/acknowledges-within-20-seconds"],
		habits: () => ({ async answer({ hang }, good) {
			await hang();
			return good();
		} })
	}),
	plainlyServed({
		id: "25-seconds",
		title: "Does the work before it answers, which takes 25 seconds.",
		fails: ["acknowledgement/acknowledges-within-20-seconds"],
		habits: () => ({ async accept({ wait }) {
			await wait(25e3);
			return { status: 200 };
		} })
	}),
	plainlyServed({
		id: "dribbled-headers",
		title: "Sends its headers byte by byte, and never comes to their end.",
		fails: ["acknowledgement/acknowledges-within-20-seconds"],
		habits: () => ({ async send(_answer, { socket, wait }) {
			socket.write("HTTP/1.1 200 OK\r\nX-Padding: ");
			for (;;) {
				await wait(1e3);
				socket.write("x");
			}
		} })
	}),
	breaks({
		id: "reset-at-connect",
		title: "Resets each connection as soon as it is open.",
		how: { onConnection: (socket) => void socket.resetAndDestroy() }
	}),
	breaks({
		id: "reset-at-request",
		title: "Resets the connection when it has read the request.",
		how: { send: (_answer, { socket }) => void socket.resetAndDestroy() }
	}),
	breaks({
		id: "close-without-an-answer",
		title: "Closes the connection when it has read the request.",
		how: { send: (_answer, { socket }) => void socket.end() }
	}),
	breaks({
		id: "not-http",
		title: "Speaks some protocol that is not HTTP.",
		how: { send: (_answer, { socket }) => void socket.end("220 mail.example.com ESMTP\r\n") }
	}),
	breaks({
		id: "endless-headers",
		title: "Sends more headers than any client reads.",
		how: { send: (_answer, { socket }) => void socket.end(`HTTP/1.1 200 OK\r\nX-Flood: ${"x".repeat(131072)}\r\n\r\n`) }
	})
];
// src/faulty-receivers/index.ts
const towardsTheContract = [
	...callbackUrl,
	...unacknowledging,
	...acknowledgement,
	...payload,
	...authentication,
	...retries
];
const towardsTheRest = [
	...effects,
	...losing,
	...results,
	...load,
	...fuzz,
	...badInput,
	...internals
];
const faultyReceivers = [...towardsTheContract, ...towardsTheRest];
export { towardsTheContract as n, towardsTheRest as r, faultyReceivers as t };

//# sourceMappingURL=faulty-receivers-C3t40abG.js.map