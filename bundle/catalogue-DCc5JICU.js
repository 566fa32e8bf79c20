import { A as notObservable, O as notApplicable, c as print, f as wantsColor, h as withFigures, j as UsageError, k as notJudged } from "./main-C_aTT-j6.js";
import { E as suggestion, _ as contractOf, l as listOptions, w as parseDurationMs } from "./command-line-DL7FZMfB.js";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { styleText } from "node:util";
function freeTextValues(secrets) {
	return [...new Set(secrets.flatMap(partsOf))].filter((value) => value.length >= 6);
}
function partsOf(secret) {
	switch (secret.kind) {
		case "header":
		case "token": return headerParts(secret.value.trim());
		case "query": return [
			secret.value,
			percentDecoded(secret.value),
			percentDecoded(secret.value.replaceAll("+", " "))
		];
		case "userinfo": return [secret.value, percentDecoded(secret.value)].flatMap(userinfoParts);
	}
}
function headerParts(value) {
	const parts = [value];
	const [, scheme, credentials] = /^([!#$%&'*+.^_`|~\w-]+) +(\S.*)$/.exec(value) ?? [];
	if (credentials !== void 0) parts.push(credentials);
	if (credentials !== void 0 && scheme?.toLowerCase() === "basic") parts.push(...userinfoParts(Buffer.from(credentials, "base64").toString("utf8")));
	for (const [, quoted, bare] of value.matchAll(/(?:^|[\s,;])[\w.-]+=(?:"([^"]+)"|([^\s",;]+))/g)) parts.push(quoted ?? bare ?? "");
	return parts;
}
function userinfoParts(userinfo) {
	const colon = userinfo.indexOf(":");
	return colon < 0 ? [userinfo] : [
		userinfo,
		userinfo.slice(0, colon),
		userinfo.slice(colon + 1)
	];
}
function percentDecoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
// src/runner/credential-variants.ts
function tokenOf(value) {
	const { scheme = "", rest = value } = /^(?<scheme>[A-Za-z][\w-]* +)(?<rest>\S.*)$/.exec(value)?.groups ?? {};
	const decoded = Buffer.from(rest, "base64").toString();
	const colon = decoded.indexOf(":");
	if (/^basic +$/i.test(scheme) && colon >= 0) {
		const user = decoded.slice(0, colon + 1);
		return {
			secret: decoded.slice(colon + 1),
			rebuild: (secret) => scheme + Buffer.from(user + secret).toString("base64")
		};
	}
	return {
		secret: rest,
		rebuild: (secret) => scheme + secret
	};
}
const varied = (change) => (value) => {
	const { secret, rebuild } = tokenOf(value);
	const changed = change(secret);
	return changed === secret ? null : rebuild(changed);
};
const nearMisses = [
	{
		label: "with empty credentials",
		holdsTheSecret: false,
		of: (value) => value === "" ? null : ""
	},
	{
		label: "with the word undefined as credentials",
		holdsTheSecret: false,
		of: varied(() => "undefined")
	},
	{
		label: "with credentials less their last character",
		holdsTheSecret: true,
		of: varied((secret) => secret.slice(0, -1).trimEnd())
	},
	{
		label: "with credentials less their first character",
		holdsTheSecret: true,
		of: varied((secret) => secret.slice(1).trimStart())
	},
	{
		label: "with credentials and something behind them",
		holdsTheSecret: true,
		of: varied((secret) => `${secret}xx`)
	},
	{
		label: "with credentials in other letter case",
		holdsTheSecret: true,
		of: varied(swapCase)
	}
];
function wrongValue(value, hex) {
	const { secret, rebuild } = tokenOf(value);
	let changed = "";
	for (const [index, character] of [...secret].entries()) changed += differentCharacter(character, Number.parseInt(hex[index % hex.length] ?? "0", 16));
	return rebuild(changed === secret ? `${secret}x` : changed);
}
const alphabets = [
	"0123456789",
	"abcdef",
	"ABCDEF",
	"ghijklmnopqrstuvwxyz",
	"GHIJKLMNOPQRSTUVWXYZ"
];
function differentCharacter(character, random) {
	const alphabet = alphabets.find((letters) => letters.includes(character));
	if (alphabet === void 0) return character;
	const step = 1 + random % (alphabet.length - 1);
	return alphabet[(alphabet.indexOf(character) + step) % alphabet.length] ?? character;
}
function swapCase(text) {
	return text.replaceAll(/[a-z]/gi, (letter) => letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
}
// src/runner/url-secrets.ts
function urlSecretsIn({ path }, names) {
	return names.flatMap((name) => {
		const found = pairsOf(path).filter((pair) => percentDecoded(pair.name) === name && pair.value !== "");
		if (found.length > 0) return found.map(({ value }) => ({
			name,
			value
		}));
		throw new UsageError("ERR_CREDENTIAL_QUERY", `--credential-query: expected the name of a parameter of the callback URL's query that has a value, got "${name}"`);
	});
}
const withoutSecrets = (path, secrets) => changed(path, secrets, () => null);
const withWrongSecrets = (path, secrets, hex) => changed(path, secrets, (value) => wrongValue(value, hex));
const nearMissesInUrl = nearMisses.map(({ label, of }) => ({
	label: label.replace("credentials", "the secret in the URL"),
	of(path, secrets) {
		if (secrets.some(({ value }) => of(percentDecoded(value)) === null)) return null;
		return changed(path, secrets, (value) => encodeURIComponent(of(percentDecoded(value)) ?? ""));
	}
}));
function changed(path, secrets, change) {
	const [before = "", query] = path.split(/\?(.*)/s);
	const names = new Set(secrets.map(({ name }) => name));
	const pairs = (query ?? "").split("&").flatMap((pair) => {
		const [name = "", value = ""] = pair.split(/=(.*)/s);
		if (!names.has(percentDecoded(name))) return [pair];
		const other = change(value);
		return other === null ? [] : [`${name}=${other}`];
	});
	return pairs.length === 0 ? before : `${before}?${pairs.join("&")}`;
}
function pairsOf(path) {
	const [, query = ""] = path.split(/\?(.*)/s);
	return query.split("&").map((pair) => {
		const [name = "", value = ""] = pair.split(/=(.*)/s);
		return {
			name,
			value
		};
	});
}
// src/clock/timestamps.ts
const isoTime = (ms) => new Date(ms).toISOString();
function parseTime(text) {
	const ms = Date.parse(text);
	return Number.isNaN(ms) ? null : ms;
}
// src/diagnosis/answer.ts
function answerOf(attempt, url) {
	const { response, outcome, request } = attempt;
	const headers = new Map();
	for (const [name, value] of response?.headers ?? []) if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value);
	const header = (name) => headers.get(name) ?? "";
	const body = response === null ? "" : decoded(response.body, header("content-encoding"));
	const requested = requestedUrl(url, request.path);
	const location = textOf(header("location"));
	return {
		method: request.method,
		status: response?.status ?? 0,
		header,
		body,
		isHtml: startsAsHtml.test(body) || isDeclaredHtml.test(header("content-type")) && hasMarkup.test(body),
		location: location !== "" && URL.canParse(location, requested.href) ? new URL(location, requested) : null,
		requested,
		sent: request.headers,
		failure: response === null && outcome.kind === "failed" ? `${outcome.reason} ${outcome.code}` : ""
	};
}
const isDeclaredHtml = /^(text\/html|application\/xhtml)/i;
const hasMarkup = /<(!doctype|\/?[a-z][\w-]*)\b[^<>]*>/i;
const startsAsHtml = /^\ufeff?(\s|<!--[^]*?-->)*<(!doctype html|html)\b/i;
function textOf(value) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(value, "latin1"));
	} catch {
		return value;
	}
}
const decodedCapBytes = 262144;
function decoded(body, encoding) {
	const unpack = {
		gzip: gunzipSync,
		"x-gzip": gunzipSync,
		deflate: inflateSync,
		br: brotliDecompressSync
	}[encoding.trim().toLowerCase()];
	try {
		return (unpack?.(body, { maxOutputLength: decodedCapBytes }) ?? body).toString();
	} catch {
		return body.toString();
	}
}
function requestedUrl({ scheme, hostname, port }, path) {
	const origin = `${scheme}//${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
	return URL.canParse(path, origin) ? new URL(path, origin) : new URL(origin);
}
// src/diagnosis/connections.ts
const connections = [
	{
		id: "http2-only",
		shows: ({ failure }) => /^tls .*NO_APPLICATION_PROTOCOL$/.test(failure),
		says: "what listens there speaks HTTP/2 only",
		fix: "Allow HTTP/1.1 beside it: the documented sender speaks HTTP/1.1."
	},
	{
		id: "missing-intermediate",
		shows: ({ failure }) => /^tls (UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/.test(failure),
		says: "the certificate's issuer is unknown: probably the server does not send the intermediate certificate, or the CA is a private one",
		fix: "Serve the full chain (fullchain.pem, not cert.pem); pass a private CA with --ca."
	},
	{
		id: "self-signed-certificate",
		shows: ({ failure }) => /^tls (DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/.test(failure),
		says: "the certificate is self-signed, or its chain ends in a root that nobody knows",
		fix: "Use a certificate of a well-known CA; pass a private CA with --ca."
	},
	{
		id: "certificate-name",
		shows: ({ failure }) => failure === "tls ERR_TLS_CERT_ALTNAME_INVALID",
		says: "the certificate is for another name",
		fix: "Get a certificate that names this host."
	},
	{
		id: "expired-certificate",
		shows: ({ failure }) => failure === "tls CERT_HAS_EXPIRED",
		says: "the certificate has expired",
		fix: "Renew it, and see to it that renewal is automatic."
	},
	{
		id: "certificate-not-yet-valid",
		shows: ({ failure }) => failure === "tls CERT_NOT_YET_VALID",
		says: "the certificate is not valid yet",
		fix: "Look at the clocks of the server and of this machine, and at the certificate's first day."
	},
	{
		id: "client-certificate",
		shows: ({ failure }) => /^tls ERR_SSL_(TLSV13_ALERT_CERTIFICATE_REQUIRED|SSLV3_ALERT_BAD_CERTIFICATE)$/.test(failure),
		says: "the server asks for a client certificate",
		fix: "Turn mutual TLS off for the callback path: the sender has no certificate."
	},
	{
		id: "plain-http-on-tls-port",
		shows: ({ failure }) => /^tls (EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/.test(failure),
		says: "what listens there probably speaks plain HTTP, not TLS",
		fix: "Use the port that serves https, or http:// with --local on a laptop."
	},
	{
		id: "tls-failure",
		shows: ({ failure }) => failure.startsWith("tls "),
		says: "TLS failed before any handler was asked",
		fix: "Look at the TLS configuration of whatever ends TLS in front of the receiver; `openssl s_client` shows what it offers."
	},
	{
		id: "not-http",
		shows: ({ failure }) => failure.startsWith("protocol "),
		says: "what came is no answer of HTTP/1.1",
		fix: "Make sure that an HTTP/1.1 server listens at this port, and that nothing in front of it rewrites its answers."
	}
];
// src/diagnosis/hosts.ts
const refusedHost = /\bBlocked hosts?: \S|\bBlocked request\. This host \(|Invalid HTTP_HOST header: |\bDisallowedHost\b|^\s*Invalid Host header\s*$|<(h2|title)>Bad Request ?- ?Invalid Host ?name/i;
const bareDjango400 = /<title>\s*Bad Request \(400\)\s*<\/title>/;
const hosts = [
	{
		id: "host-not-allowed",
		wall: true,
		shows: ({ status, body }) => [
			200,
			400,
			403,
			421
		].includes(status) && refusedHost.test(body),
		says: ({ requested }) => `the framework refused the host name ${requested.hostname}, which is not on its list`,
		fix: "Add the host name of the callback URL to the framework's list (Rails: config.hosts; Django: ALLOWED_HOSTS; Vite: server.allowedHosts; webpack: devServer.allowedHosts; Starlette: allowed_hosts; ASP.NET Core: AllowedHosts), or let the proxy or tunnel send a Host that is on it."
	},
	{
		id: "django-bare-400",
		documentedOnly: true,
		shows: ({ status, body }) => status === 400 && bareDjango400.test(body),
		says: "Django's bare page for a suspicious request: most often the host name is not in ALLOWED_HOSTS",
		fix: "Look for DisallowedHost in Django's log, and add the host name of the callback URL to ALLOWED_HOSTS."
	},
	{
		id: "tunnel-error",
		noRoute: true,
		shows: ({ header, status, body }) => header("ngrok-error-code") !== "" || status === 530 && /\berror code: 1033\b/.test(body) || status >= 400 && /^\s*50[34] - Tunnel Unavailable/i.test(body),
		says: ({ header }) => {
			const code = header("ngrok-error-code");
			return `the tunnel answered, and not the receiver behind it${code === "" ? "" : ` (${code})`}`;
		},
		fix: "Start the tunnel anew, see that it leads to the port on which the receiver listens, and give the URL that it has now."
	}
];
// src/diagnosis/proxies.ts
const isFromAProxy = ({ status, body }) => status === 502 || status === 504 || status >= 520 && status <= 527 || status === 503 && /\bBackend fetch failed\b|\bNo server is available to handle this request\b/.test(body);
const proxies = [{
	id: "proxy-error",
	documentedOnly: true,
	shows: isFromAProxy,
	says: "a proxy in front of the receiver could not reach it, or not in time",
	fix: "Look at the receiver behind the proxy: is it up, and is the proxy's timeout longer than its answer takes?"
}, {
	id: "proxy-over-this-request",
	variedOnly: true,
	shows: isFromAProxy,
	says: "a proxy answered in the place of the receiver, which gave no whole answer to just this request",
	fix: "Look at the receiver's log for this request: it crashed over it, closed the connection before the request was whole, or took longer than the proxy waits. A limit that it is right to have belongs to the proxy too, where the answer is a 4XX."
}];
// src/diagnosis/redirects.ts
const isRedirect = ({ status, location }) => [
	301,
	302,
	303,
	307,
	308
].includes(status) || status === 300 && location !== null;
const leadsToTheSamePath = ({ location, requested }) => location !== null && location.pathname.replace(/\/$/, "") === requested.pathname.replace(/\/$/, "");
const redirects = [
	{
		id: "http-to-https-redirect",
		shows: (answer) => isRedirect(answer) && answer.requested.protocol === "http:" && answer.location?.protocol === "https:" && answer.location.hostname === answer.requested.hostname,
		says: "a redirect from http to https",
		fix: "Configure the callback URL with https://."
	},
	{
		id: "trailing-slash-redirect",
		shows: (answer) => isRedirect(answer) && leadsToTheSamePath(answer) && answer.location?.pathname !== answer.requested.pathname,
		says: "a redirect that adds or removes the trailing slash",
		fix: "Configure the callback URL with the trailing slash just as the router has it."
	},
	{
		id: "host-redirect",
		shows: (answer) => isRedirect(answer) && answer.location !== null && answer.location.host !== answer.requested.host,
		says: "a redirect to another host",
		fix: "Configure the callback URL with the host that answers by itself."
	},
	{
		id: "redirect",
		shows: isRedirect,
		says: "a redirect",
		fix: "Configure the callback URL that answers by itself; the sender follows no redirect."
	}
];
// src/diagnosis/requests.ts
const readTwice = /\bstream is not readable\b|\bstream encoding should not be set\b|\bbody (?:stream )?(?:has |is )?already (?:been )?(?:read|used|consumed)\b|\bBody is unusable\b|\bcannot access body after reading\b|\bStream consumed\b/i;
const parsedTwice = /\[object Object\](?:\\?"|&quot;)? is not valid JSON|Unexpected token '?o'?,? (?:"\[object Obj|in JSON at position 1)|the JSON object must be str, bytes or bytearray, not dict/;
const leftRaw = /\{\s*"type"\s*:\s*"Buffer"\s*,\s*"data"\s*:|\ban instance of Buffer\b|\bbody is a Buffer\b/;
const dropsUnderscores = /\b(nginx|openresty|tengine|awselb|apache)\b/i;
const hasUnderscore = ([name]) => name.includes("_");
const requests = [
	{
		id: "django-append-slash",
		shows: ({ status, body }) => status === 500 && /APPEND_SLASH set\b/.test(body),
		says: "Django has a route with a slash at the end only, and cannot redirect a {method} to it",
		fix: "Configure the callback URL with the trailing slash, or give the route without it."
	},
	{
		id: "body-read-twice",
		documentedOnly: true,
		shows: ({ status, body }) => status >= 400 && readTwice.test(body),
		says: "something read the body before the JSON parser did, such as a raw body parser or a signature check",
		fix: "Let one parser read the body of this path: take the raw parser away from it, or parse the JSON from the bytes that it kept."
	},
	{
		id: "body-parsed-twice",
		documentedOnly: true,
		shows: ({ status, body }) => status >= 400 && parsedTwice.test(body),
		says: "the body was parsed already, and what came of it was parsed once more",
		fix: "Use the object that the framework's body parser made, and do not call JSON.parse on it."
	},
	{
		id: "body-left-raw",
		documentedOnly: true,
		shows: ({ status, body }) => status >= 400 && leftRaw.test(body),
		says: "a raw body parser ran in place of the JSON one: the handler was given bytes",
		fix: "Register the JSON body parser before the raw one, or keep the raw one to the paths that need it."
	},
	{
		id: "firewall-406",
		wall: true,
		shows: ({ status, body }) => status === 406 && /\bmod_?security\b/i.test(body),
		says: "a web application firewall (ModSecurity) refused the request",
		fix: "Exempt the callback path from the firewall's rules (SecRuleRemoveById), and check the configured header instead."
	},
	{
		id: "not-acceptable",
		documentedOnly: true,
		shows: ({ status }) => status === 406,
		says: "the framework found no form of an answer that it takes Accept: */* to allow",
		fix: "Answer with an empty body or with JSON whatever Accept says (Rails: head :ok, outside of respond_to)."
	},
	{
		id: "underscore-dropped",
		documentedOnly: true,
		shows: ({ status, header, sent }) => (status === 401 || status === 403) && dropsUnderscores.test(header("server")) && sent.some(hasUnderscore),
		says: ({ sent, header }) => `${header("server")} drops headers with an underscore in their name unless told otherwise, and ${sent.find(hasUnderscore)?.[0] ?? ""} has one`,
		fix: "Give the header a name with hyphens, in the webhook's configuration and in the receiver; or tell the proxy to pass it (nginx: underscores_in_headers on)."
	},
	{
		id: "unsupported-media-type",
		documentedOnly: true,
		shows: ({ status }) => status === 415,
		says: "the framework refuses the content type application/json",
		fix: "Register a JSON body parser for this path, and let it take parameters after application/json."
	},
	{
		id: "body-limit",
		documentedOnly: true,
		shows: ({ status }) => status === 413,
		says: "a limit on request bodies, of the receiver or of a proxy in front of it",
		fix: "Raise the limit for this path: the documented callback has about a hundred bytes (nginx: client_max_body_size)."
	},
	{
		id: "body-not-parsed",
		documentedOnly: true,
		shows: ({ status, body }) => [
			400,
			422,
			500
		].includes(status) && /(sessionId|session_id)\b[^.]{0,60}\b(required|missing|undefined|null|not present|None)\b|\b(undefined|null)\b[^.]{0,40}sessionId|body is (required|missing|undefined|null)\b|body must be (an )?object\b|KeyError: '?sessionId/i.test(body),
		says: "the receiver found no sessionId: its body parser may not read this request",
		fix: "Enable JSON body parsing for this path and read sessionId from the parsed body."
	},
	{
		id: "unauthorized",
		documentedOnly: true,
		shows: ({ status }) => status === 401,
		says: "the receiver did not accept the credentials, or misses some",
		fix: "Pass the headers that are configured with the webhook, with -H; compare name, value and environment."
	}
];
// src/diagnosis/routes.ts
const routes = [
	{
		id: "framework-404",
		noRoute: true,
		shows: ({ status, body }) => status === 404 && /Cannot POST |Route POST:|No route matches|Using the URLconf defined in|The route \S* could not be found|No static resource|<center>nginx/i.test(body),
		says: "the framework's own 404: no route for {method} at this path",
		fix: "Register a {method} route for exactly this path, or correct the callback URL."
	},
	{
		id: "default-404",
		shows: ({ status, body }) => status === 404 && /404 page not found|The requested (URL|resource)\b.{0,200} was not found on (the|this) server|<title>\s*(404\b|(Page )?Not Found\b)|(This|The) page (you were looking for|could not)|Whitelabel Error Page|HTTP Status 404|HTTP ERROR 404|NotFoundHttpException|^\s*(404:? )?Not Found\s*$|^\s*\{\s*"(detail|message)"\s*:\s*"Not Found"\s*\}\s*$/i.test(body),
		says: "a framework's default 404: probably no route for {method} at this path",
		fix: "Register a {method} route for exactly this path, or correct the callback URL."
	},
	{
		id: "gateway-without-route",
		noRoute: true,
		shows: ({ status, body }) => status === 403 && /^\s*\{\s*"message"\s*:\s*"Missing Authentication Token"\s*\}\s*$/.test(body),
		says: "the API gateway has no such route or method, or wants signed requests",
		fix: "Deploy a {method} method for exactly this path, stage included, without IAM authorization."
	},
	...["PUT", "POST"].map((allowed) => {
		const sent = allowed === "PUT" ? "POST" : "PUT";
		return {
			id: `allows-${allowed.toLowerCase()}`,
			documentedOnly: true,
			shows: ({ status, method, header }) => status === 405 && method === sent && new RegExp(`\\b${allowed}\\b`, "i").test(header("allow")),
			says: `the path is there for ${allowed}, and not for {method}`,
			fix: `If the webhook is registered with webhook_method ${allowed}, pass --method ${allowed}; else accept {method} at this path.`
		};
	}),
	{
		id: "method-not-allowed",
		documentedOnly: true,
		shows: ({ status }) => status === 405,
		says: "the path is there, but not for {method}",
		fix: "Accept {method} at this path."
	}
];
// src/diagnosis/walls.ts
const loginSegment = /(^|[._-])(log[-_]?[io]n|sign[-_]?[io]n|sso|oauth2?|authorize|authenticate|auth|saml2?)([._-]|$)/i;
const loginHosts = /^(accounts?|auth|idp|login|signin|sso)\.|(^|\.)(okta\.com|oktapreview\.com|auth0\.com|onelogin\.com|cloudflareaccess\.com|duosecurity\.com|pingone\.com|amazoncognito\.com|b2clogin\.com|ciamlogin\.com)$/i;
const loginParameters = /[?&](client_id|SAMLRequest)=/;
const passwordField = /<input\b[^>]*\btype\s*=\s*["']?password\b/i;
const loginMarkup = /\b(kc-form-login|okta-signin-widget|okta-sign-in|auth0-lock|wp-login\.php|id_userLoginId|user_login_form)\b|<form\b[^>]*\baction\s*=\s*["'][^"']*\/(log-?in|sign-?in|users\/sign_in|sso)\b|<title>[^<]*\b(log|sign)[ -]?in\b/i;
const csrfRefusal = /\b[cx]srf[ _-]?(token|cookie|header|check|verification|validation|protection|failed|attack|mismatch|error)|(invalid|missing|bad)[ _]?[cx]srf|EBADCSRFTOKEN|cross[- ]site request forgery|invalid ?authenticity ?token|<title>[^<]*Page Expired|The change you wanted was rejected/i;
const withoutTokens = (html) => html.replaceAll(/<(meta|input|script)\b[^>]*>/gi, "");
function leadsToALogin({ location, requested }) {
	if (location === null) return false;
	if (location.hostname !== requested.hostname && loginHosts.test(location.hostname)) return true;
	const known = new Set(requested.pathname.split("/"));
	return location.pathname.split("/").filter((segment) => !known.has(segment)).some((segment) => loginSegment.test(segment)) || /\/sessions?\/new\b/.test(location.pathname) || loginParameters.test(location.search);
}
const walls = [
	{
		id: "bot-wall",
		wall: true,
		shows: ({ status, header, body, isHtml }) => header("cf-mitigated") !== "" || header("x-amzn-waf-action") !== "" || header("x-sucuri-block") !== "" || header("x-dd-b") !== "" || /Incapsula incident ID|_Incapsula_Resource\?[^"]*incident_id|captcha-delivery\.com/i.test(body) || /^\s*error code: 10(?!33)\d\d\s*$/.test(body) || isHtml && [
			403,
			429,
			503
		].includes(status) && /Just a moment\.\.\.|Attention Required! \| Cloudflare|used Cloudflare to restrict access|cf-chl-|Pardon Our Interruption|errors\.edgesuite\.net|captcha/i.test(body),
		says: "a bot wall in front of the receiver asks for a browser",
		fix: "Exempt the callback path from the bot protection (a WAF rule that skips it), and check the configured header instead."
	},
	{
		id: "preview-gate",
		wall: true,
		shows: ({ status, header, body, isHtml, location }) => [
			401,
			403,
			302,
			303,
			307,
			308
		].includes(status) && (/_vercel_sso_nonce/.test(header("set-cookie")) || location?.hostname === "vercel.com" && location.pathname.startsWith("/sso") || isHtml && /Vercel Authentication|vercel\.com\/sso|Deployment Protection|Password protected site/i.test(body)),
		says: "the access gate of a preview deployment",
		fix: "Turn the deployment protection off for this environment, or pass its bypass token as a header with -H."
	},
	{
		id: "csrf-refusal",
		wall: true,
		shows: ({ status, body }) => [
			400,
			403,
			419,
			422
		].includes(status) && csrfRefusal.test(withoutTokens(body)),
		says: "the framework's CSRF protection refused the request",
		fix: "Exempt the callback path from CSRF protection: the sender is no browser and has no token."
	},
	{
		id: "login-redirect",
		wall: true,
		shows: (answer) => isRedirect(answer) && !leadsToTheSamePath(answer) && leadsToALogin(answer),
		says: "a redirect to a login page",
		fix: "Take the callback path out of the login, and check the configured header instead."
	}
];
const loginPage = {
	id: "login-page",
	wall: true,
	shows: ({ status, isHtml, body }) => isHtml && (status < 400 || [401, 403].includes(status)) && (passwordField.test(body) || loginMarkup.test(body)),
	says: "a login page",
	fix: "Take the callback path out of the login, and check the configured header instead."
};
// src/diagnosis/causes.ts
const htmlWith200 = {
	id: "html-with-200",
	shows: ({ status, isHtml }) => isHtml && status >= 200 && status <= 299,
	says: "an HTML page, not an API's answer: perhaps a catch-all page or a single-page app",
	fix: "Make sure that the callback handler itself answers at this path."
};
const notModified = {
	id: "not-modified",
	shows: ({ status }) => status === 304,
	says: "304 answers a conditional GET, and no {method}",
	fix: "Answer with a 2XX: to a session that is known already too."
};
const rules = [
	...hosts,
	...walls,
	...redirects,
	notModified,
	loginPage,
	...routes,
	...requests,
	...proxies,
	...connections,
	htmlWith200
];
function causeOf(answer, isVaried = false) {
	const rule = rules.find(({ shows, documentedOnly, variedOnly }) => shows(answer) && (isVaried ? documentedOnly !== true : variedOnly !== true));
	if (rule === void 0) return null;
	const inPlace = (text) => text.replaceAll("{method}", answer.method);
	const says = typeof rule.says === "string" ? rule.says : rule.says(answer);
	return {
		...rule,
		says: inPlace(says),
		fix: inPlace(rule.fix)
	};
}
// src/diagnosis/error-inside.ts
const mostShown = 80;
function errorInside({ body }) {
	let value;
	try {
		value = JSON.parse(body);
	} catch {
		return null;
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
	const told = Object.entries(value).find(([name, member]) => tellsAnError(name, member));
	if (told === void 0) return null;
	const [name, member] = told;
	return `${JSON.stringify(name)}: ${JSON.stringify(member).slice(0, mostShown)}`;
}
function tellsAnError(name, value) {
	switch (name.toLowerCase()) {
		case "error":
		case "errors":
		case "exception": return isSomething(value);
		case "status":
		case "result": return typeof value === "string" && /^(error|fail(ed|ure)?)$/i.test(value);
		case "success":
		case "ok": return value === false;
		default: return false;
	}
}
const isSomething = (value) => typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value) && !/^(none|no|null|false|0)$/i.test(String(value));
// src/runner/expectations.ts
function whatCame(attempt) {
	const { outcome, response } = attempt;
	if (response !== null) return `${response.status} ${response.statusText}`.trimEnd();
	return outcome.kind === "failed" ? `no answer: ${outcome.message}` : String(outcome.status);
}
const isAcknowledged = (attempt) => attempt.outcome.kind === "acknowledged";
const busyStatuses = new Set([
	409,
	425,
	429
]);
const isTimeout = ({ outcome }) => outcome.kind === "failed" && outcome.reason === "timeout";
const isRefused = (attempt) => attempt.response !== null && attempt.response.status >= 400 && attempt.response.status <= 499;
function expectAcknowledged(context, ...attempts) {
	for (const attempt of attempts) if (!isAcknowledged(attempt)) context.mismatch("a 2XX", whatCame(attempt), attempt);
}
async function expectRefused(context, attempts, preferred = "a 4XX") {
	const acknowledged = context.observesEffects ? attempts.filter(isAcknowledged) : [];
	const seen = acknowledged.filter(namesItsSession);
	const counts = seen.length === 0 ? new Map() : await context.effects(seen.map(({ request }) => request.sessionId));
	for (const attempt of attempts) {
		if (isRefused(attempt) || acknowledged.includes(attempt) && !seen.includes(attempt)) continue;
		const times = counts.get(attempt.request.sessionId);
		if (times === void 0) context.mismatch(preferred, whatCame(attempt), attempt);
		else if (times > 0) context.mismatch(`${preferred}, or no effect`, `${whatCame(attempt)}, and the session was processed`, attempt);
	}
	if (seen.length < acknowledged.length) return notObservable("a request that names no session was answered with a 2XX, and no probe by session id shows what was made of it; answer it with a 4XX to be judged");
}
const namesItsSession = ({ request: { sessionId, headers, body } }) => body.includes(sessionId) || headers.some(([, value]) => value.includes(sessionId));
function expectNoFailure(context, attempt) {
	if (!isAcknowledged(attempt) && !isRefused(attempt)) context.mismatch("a 2XX or a 4XX", whatCame(attempt), attempt);
}
function responseHeader(attempt, name) {
	const wanted = name.toLowerCase();
	return attempt.response?.headers.find(([header]) => header.toLowerCase() === wanted)?.[1] ?? null;
}
function isRateLimited(attempt) {
	const status = attempt.response?.status;
	return status === 429 || status === 503 && responseHeader(attempt, "retry-after") !== null;
}
// src/sender/oddities.ts
const oddities = {
	"folded-header": "a header that goes on in a folded line (RFC 9112 §5.2)",
	"bare-line-feed": "lines that end with LF alone, not CRLF (RFC 9112 §2.2)",
	"bare-carriage-return": "a CR that ends no line (RFC 9112 §2.2)",
	"repeated-content-length": "Content-Length more than once, with the same value (RFC 9110 §8.6)",
	"stray-white-space": "white space in or after the status line, or a chunk size, where none belongs (RFC 9112 §2.2, §4, §7.1)",
	"no-space-after-status": "no space after the status code (RFC 9112 §4)",
	"control-character": "control characters in a header or the status line (RFC 9110 §5.5)",
	"empty-line-before": "empty lines before the status line (RFC 9112 §2.1)",
	"bytes-after-end": "bytes after the end of the answer (RFC 9112 §6.3)"
};
// src/runner/sibling-path.ts
function siblingPath(path, random) {
	const [pathname = "/", ...query] = path.split("?");
	return [`${pathname.slice(0, pathname.replace(/\/+$/, "").lastIndexOf("/") + 1) || "/"}no-such-path-${random}`, ...query].join("?");
}
// suites/acknowledgement.ts
const quickMs = 5e3;
const callbacksInARow = 20;
const enoughFailures = 3;
const idleMs = 2e3;
const lingerMs = 250;
const acknowledgement = {
	id: "acknowledgement",
	title: "The documented callback is acknowledged",
	checks: [
		{
			id: "acknowledgement/acknowledges-with-2xx",
			title: "answers the documented callback with a 2XX",
			level: "required",
			clause: "response/2xx",
			builds: "judges-baseline",
			sessions: 0,
			explain: {
				sends: "The documented {method}, once: the first callback of the run.",
				expects: "Any 2XX: 200, 201, 202, 204 and so on.",
				why: "Anything else is a failed attempt to the sender: it retries {retries} times and then gives up for good.",
				fix: "Answer 200 (or 202, 204) from the handler of the callback path itself, for {method} with a JSON body."
			},
			async run(context) {
				const { baseline } = context;
				if (isTimeout(baseline)) return notJudged("no answer came whose status could be judged");
				expectAcknowledged(context, baseline);
				const error = isAcknowledged(baseline) ? errorInside(answerOf(baseline, context.url)) : null;
				if (error !== null) context.note(`The answer is a ${whatCame(baseline)} with an error inside (${error}): to the sender it is an acknowledgement, and it does not retry. Answer with the status that is meant.`);
			}
		},
		{
			id: "acknowledgement/acknowledges-within-20-seconds",
			title: "answers within the documented deadline",
			level: "required",
			clause: "response/within-20-seconds",
			builds: "judges-baseline",
			sessions: 0,
			explain: {
				sends: "The documented {method}, once: the first callback of the run.",
				expects: "Status line and headers are complete {deadline} after the attempt began, DNS, connect and TLS included.",
				why: "A later answer is not seen: the sender counts a timeout and retries, and the work may be done twice.",
				fix: "Store the session in a queue that a restart does not lose, acknowledge it, and do the work from there."
			},
			async run(context) {
				const { baseline, contract } = context;
				if (!isTimeout(baseline) && baseline.response === null) return notJudged("the connection failed before the deadline, so no answer could be timed");
				if (isTimeout(baseline)) context.mismatch(`status line and headers within ${contract.response.deadlineMs / 1e3} seconds`, whatCame(baseline), baseline);
			}
		},
		{
			id: "acknowledgement/does-not-redirect",
			title: "answers itself instead of redirecting",
			level: "required",
			clause: "response/2xx",
			builds: "judges-baseline",
			sessions: 0,
			explain: {
				sends: "The documented {method}, once: the first callback of the run.",
				expects: "No redirect: none of 301, 302, 303, 307 and 308.",
				why: "The sender does not follow redirects: a 3XX is a failed attempt.",
				fix: "Configure the callback URL that answers by itself: https, with or without the trailing slash as the router has it, outside of any login."
			},
			async run(context) {
				const { baseline } = context;
				if (baseline.response === null) return notJudged("no answer came that could be a redirect");
				const answer = answerOf(baseline, context.url);
				if (!isRedirect(answer)) return;
				const cause = causeOf(answer);
				const to = answer.location === null ? "" : ` (${answer.location.href})`;
				context.mismatch("no redirect", `${whatCame(baseline)}: ${cause?.says ?? "a redirect"}${to}`, baseline);
			}
		},
		{
			id: "acknowledgement/answers-without-browser-state",
			title: "needs no cookie, CSRF token, Origin or Referer",
			level: "required",
			clause: "response/2xx",
			builds: "judges-baseline",
			sessions: 0,
			explain: {
				sends: "The documented {method}, once, without cookies, Origin or Referer.",
				expects: "An answer from the receiver itself: no login page, no CSRF refusal, no bot challenge.",
				why: "The sender is a service, not a browser: it cannot log in or pass a challenge, and a login page answered with 200 would swallow every callback unseen.",
				fix: "Exempt the callback path from login, CSRF protection and bot walls, and check the configured header instead."
			},
			async run(context) {
				const { baseline } = context;
				if (baseline.response === null) return notJudged("no answer came that could be looked at");
				const cause = causeOf(answerOf(baseline, context.url));
				if (cause?.wall === true) context.mismatch("an answer from the receiver itself", `${whatCame(baseline)}: ${cause.says}`, baseline);
				else if (cause?.id === "html-with-200") context.note(`The answer is ${cause.says}. ${cause.fix}`);
			}
		},
		{
			id: "acknowledgement/acknowledges-quickly",
			title: "answers within 5 seconds",
			level: "recommended",
			clause: "practice/answer-fast",
			builds: "on-baseline",
			pace: "alone",
			sessions: 1,
			explain: {
				sends: "One documented callback while nothing else is under way, after the receiver has warmed up.",
				expects: "Status line and headers within 5 seconds.",
				why: "What takes 5 seconds at leisure passes the {deadline} under load; the page asks for a quick 200 OK.",
				fix: "Store the session in a queue that a restart does not lose, acknowledge it, and do the work from there."
			},
			async run(context) {
				const attempt = await context.send();
				const tookMs = attempt.timings.headersMs ?? attempt.timings.endMs;
				if (tookMs > quickMs) context.mismatch("an answer within 5 seconds", `${(tookMs / 1e3).toFixed(1)} seconds`, attempt);
			}
		},
		{
			id: "acknowledgement/acknowledges-consistently",
			title: "answers twenty callbacks in a row with a 2XX",
			level: "required",
			clause: "endpoint/online",
			builds: "on-baseline",
			sessions: callbacksInARow,
			explain: {
				sends: "Twenty documented callbacks for twenty sessions, one after another.",
				expects: "A 2XX within the deadline for each.",
				why: "Callbacks are not queued indefinitely: an endpoint that is down now and then loses some.",
				fix: "Look at the attempts that failed: one instance of several out of order, a limit, a leak, a lock."
			},
			async run(context) {
				let failures = 0;
				for (let sent = 0; sent < callbacksInARow && failures < enoughFailures; sent += 1) {
					const attempt = await context.send();
					if (!isAcknowledged(attempt)) failures += 1;
					expectAcknowledged(context, attempt);
					if (isTimeout(attempt)) return;
				}
			}
		},
		{
			id: "acknowledgement/completes-its-response",
			title: "ends its response in time and within 64 KiB",
			level: "recommended",
			clause: null,
			source: "RFC 9112 §6.3",
			builds: "on-baseline",
			sessions: 0,
			explain: {
				sends: "The documented {method}, once: the first callback of the run.",
				expects: "The response body ends by the deadline, is framed rightly and is no larger than 64 KiB.",
				why: "The status counts, but a body that never ends holds a connection on both sides.",
				fix: "Send a short body, or none with a 204, and a Content-Length that is true."
			},
			async run(context) {
				const { baseline, contract } = context;
				const expected = `a body that ends within ${contract.response.deadlineMs / 1e3} seconds and ${contract.response.bodyCapBytes / 1024} KiB`;
				switch (baseline.response?.bodyEnd) {
					case "late":
						context.mismatch(expected, "a body that had not ended by then", baseline);
						break;
					case "over-cap":
						context.mismatch(expected, "a larger body", baseline);
						break;
					case "broken":
						context.mismatch(expected, "a body that broke off", baseline);
						break;
					case "complete":
					case void 0:
				}
			}
		},
		{
			id: "acknowledgement/answers-on-a-fresh-connection",
			title: "answers when each callback comes on a connection of its own",
			level: "required",
			clause: "response/2xx",
			builds: "on-baseline",
			sessions: 3,
			explain: {
				sends: "Three documented callbacks, each on a new connection that is announced to close (Connection: close).",
				expects: "A 2XX for each.",
				why: "Callbacks come hours apart: the sender opens a connection for each.",
				fix: "Do not tie sessions, authentication or limits to a connection."
			},
			async run(context) {
				for (let sent = 0; sent < 3; sent += 1) {
					const attempt = await context.send({ lastOnConnection: true });
					expectAcknowledged(context, attempt);
					if (isTimeout(attempt)) return;
				}
			}
		},
		{
			id: "acknowledgement/answers-on-a-reused-connection",
			title: "answers several callbacks on one kept connection",
			level: "recommended",
			clause: null,
			source: "RFC 9112 §9.3",
			builds: "on-baseline",
			sessions: 4,
			explain: {
				sends: "Three documented callbacks on one keep-alive connection, and a fourth after it was idle for 2 seconds.",
				expects: "A 2XX for each. Closing an idle connection is fine: the callback is then sent again on a new one.",
				why: "When many jobs end together, a sender may use one connection for several callbacks.",
				fix: "Read each request body to its end, and frame each response rightly, so that the next one starts clean."
			},
			async run(context) {
				if (context.baseline.response?.bodyEnd !== "complete") return notApplicable("no body of its answers comes to an end, which completes-its-response judges");
				const connection = context.connection();
				try {
					for (let sent = 0; sent < 4; sent += 1) {
						if (sent === 3) await context.pause(idleMs);
						const sessionId = context.session();
						const openedBefore = connection.opened;
						let attempt = await context.send({
							sessionId,
							connection
						});
						if (attempt.response === null && attempt.outcome.kind === "failed" && attempt.outcome.reason === "reset" && connection.opened === openedBefore) attempt = await context.send({
							sessionId,
							connection
						});
						expectAcknowledged(context, attempt);
						if (isTimeout(attempt)) return;
					}
					if (connection.opened > 1) context.note(`The receiver closed the kept connection; ${connection.opened} were opened.`);
				} finally {
					await connection.close();
				}
			}
		},
		{
			id: "acknowledgement/answers-in-well-formed-http",
			title: "answers in HTTP/1.1 that every client reads alike",
			level: "recommended",
			clause: null,
			source: "RFC 9112",
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: `The documented {method}, after whose answer the connection is watched for ${lingerMs} ms.`,
				expects: "No folded header lines, line ends without CR, Content-Length more than once, white space or control characters out of place, nor bytes after the end of the answer.",
				why: "A client may read such an answer or refuse it, each in its own right: the sender of today, a proxy in between and the sender of tomorrow need not agree.",
				fix: "Leave the framing to an HTTP library or server; where headers are written by hand, end each line with CRLF, send each of them once and no body that is not announced."
			},
			async run(context) {
				const { baseline } = context;
				const attempt = await context.send({ lingerMs });
				const told = new Set();
				for (const seen of [baseline, attempt]) for (const oddity of seen.response?.oddities ?? []) {
					if (!told.has(oddity)) context.mismatch("well-formed HTTP/1.1", oddities[oddity], seen);
					told.add(oddity);
				}
				if (isTimeout(attempt)) return notJudged("no answer came whose form could be judged");
				expectAcknowledged(context, attempt);
			}
		},
		{
			id: "acknowledgement/confines-itself-to-its-path",
			title: "does not acknowledge callbacks on another path",
			level: "hardening",
			clause: null,
			source: "good practice",
			builds: "on-baseline",
			sessions: 2,
			explain: {
				sends: "The documented callback to a random path beside the configured one, then to the configured one.",
				expects: "No 2XX for the former, a 2XX for the latter.",
				why: "A catch-all that answers 200 hides a mistyped callback URL: nothing is processed and nobody notices.",
				fix: "Route the callback path exactly, and answer 404 elsewhere."
			},
			async run(context) {
				const sibling = (path) => siblingPath(path, context.randomHex(12));
				const elsewhere = await context.send({ variation: {
					label: "to a path beside the configured one",
					path: sibling
				} });
				const control = await context.send();
				if (isAcknowledged(elsewhere)) context.mismatch("no 2XX on another path", whatCame(elsewhere), elsewhere);
				expectAcknowledged(context, control);
			}
		}
	]
};
// suites/authentication.ts
async function refusesThenAccepts(context, variation) {
	const sessionId = context.session();
	await expectRefused(context, [await context.send({
		sessionId,
		variation
	})], "401 or 403 (any 4XX)");
	expectAcknowledged(context, await context.send({ sessionId }));
}
const withWrongCredentials = (context) => ({
	label: "with wrong credentials",
	set: Object.fromEntries(context.credentials.map(([name, value]) => [name, wrongValue(value, context.randomHex(64))]))
});
const authentication = {
	id: "authentication",
	title: "The configured headers are accepted, and required",
	checks: [
		{
			id: "authentication/accepts-the-configured-headers",
			title: "accepts a callback with the configured headers",
			level: "required",
			clause: "auth/custom-headers",
			needs: ["credentials"],
			builds: "judges-baseline",
			sessions: 0,
			explain: {
				sends: "The documented {method}, once, with the headers given by -H.",
				expects: "It is not refused as unauthorized.",
				why: "The sender sends just these headers with every callback; there is no other way to authenticate.",
				fix: "Compare the header with the key that is configured at the sender: same name, same value, same environment."
			},
			async run(context) {
				const { baseline } = context;
				if (baseline.response !== null && causeOf(answerOf(baseline, context.url))?.wall === true) return notJudged("a login, CSRF or bot wall stands before the receiver, which answers-without-browser-state judges");
				const status = baseline.response?.status;
				if (status === 401 || status === 403) expectAcknowledged(context, baseline);
				else if (!isAcknowledged(baseline)) return notJudged("the callback failed for another reason");
			}
		},
		{
			id: "authentication/refuses-missing-credentials",
			title: "refuses a callback without the configured headers",
			level: "recommended",
			clause: "auth/custom-headers",
			needs: ["credentials"],
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: "The documented callback without the credential headers, then the same with them.",
				expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
				why: "The callback URL is no secret: whoever knows it could announce results that do not exist.",
				fix: "Answer 401 when the configured header is missing, before anything else is done."
			},
			run: (context) => refusesThenAccepts(context, {
				label: "without credentials",
				drop: context.credentials.map(([name]) => name)
			})
		},
		{
			id: "authentication/refuses-wrong-credentials",
			title: "refuses a callback with wrong credentials",
			level: "recommended",
			clause: "auth/custom-headers",
			needs: ["credentials"],
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: "The documented callback with other values of the same form in the credential headers, then with the right ones.",
				expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
				why: "A receiver that looks only whether the header is there lets anyone in.",
				fix: "Compare the whole value with the configured one, in constant time."
			},
			run: (context) => refusesThenAccepts(context, withWrongCredentials(context))
		},
		{
			id: "authentication/refuses-near-miss-credentials",
			title: "refuses credentials that are almost right",
			level: "hardening",
			clause: "auth/custom-headers",
			needs: ["credentials"],
			builds: "on-baseline",
			sessions: 7,
			explain: {
				sends: "The documented callback with an empty value, the word undefined, the value less its last or first character, with two more behind it, and in other letter case; then with the right one.",
				expects: "401 or 403 (any 4XX) for each near miss, a 2XX for the right value.",
				why: "Prefix comparison, unset configuration and case-folding are how header checks are got round.",
				fix: "Compare the whole value byte by byte, in constant time, and refuse to start without a configured key."
			},
			async run(context) {
				const attempts = [];
				for (const { label, of } of nearMisses) {
					const values = context.credentials.map(([name, value]) => [name, of(value)]);
					if (values.some(([, value]) => value === null)) continue;
					const set = Object.fromEntries(values.map(([name, value]) => [name, value ?? ""]));
					attempts.push(await context.send({ variation: {
						label,
						set
					} }));
				}
				await expectRefused(context, attempts, "401 or 403 (any 4XX)");
				expectAcknowledged(context, await context.send());
			}
		},
		{
			id: "authentication/refuses-a-missing-url-secret",
			title: "refuses a callback without the secret in the URL",
			level: "recommended",
			clause: null,
			source: "good practice",
			needs: ["url-secret"],
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: "The documented callback to the URL less the parameter that is a secret, then to the whole URL.",
				expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
				why: "A secret in the URL protects nothing where a request without it is let in too.",
				fix: "Answer 401 when the parameter is missing, before anything else is done."
			},
			run: (context) => refusesThenAccepts(context, {
				label: "without the secret in the URL",
				path: (path) => withoutSecrets(path, context.urlSecrets)
			})
		},
		{
			id: "authentication/refuses-a-wrong-url-secret",
			title: "refuses a callback with a wrong secret in the URL",
			level: "recommended",
			clause: null,
			source: "good practice",
			needs: ["url-secret"],
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: "The documented callback with another value of the same form in the URL, then to the right URL.",
				expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
				why: "A receiver that looks only whether the parameter is there lets anyone in.",
				fix: "Compare the whole value with the configured one, in constant time."
			},
			run: (context) => refusesThenAccepts(context, {
				label: "with a wrong secret in the URL",
				path: (path) => withWrongSecrets(path, context.urlSecrets, context.randomHex(64))
			})
		},
		{
			id: "authentication/refuses-near-miss-url-secrets",
			title: "refuses a secret in the URL that is almost right",
			level: "hardening",
			clause: null,
			source: "good practice",
			needs: ["url-secret"],
			builds: "on-baseline",
			sessions: 6,
			explain: {
				sends: "The documented callback with an empty value in the URL, the word undefined, the secret less its last or first character, and in other letter case; then with the right one.",
				expects: "401 or 403 (any 4XX) for each near miss, a 2XX for the right value.",
				why: "Prefix comparison, unset configuration and case-folding are how such checks are got round.",
				fix: "Compare the whole value byte by byte, in constant time, and refuse to start without a configured secret."
			},
			async run(context) {
				const attempts = [];
				for (const { label, of } of nearMissesInUrl) {
					if (of(context.url.path, context.urlSecrets) === null) continue;
					const path = (configured) => of(configured, context.urlSecrets) ?? configured;
					attempts.push(await context.send({ variation: {
						label,
						path
					} }));
				}
				await expectRefused(context, attempts, "401 or 403 (any 4XX)");
				expectAcknowledged(context, await context.send());
			}
		},
		{
			id: "authentication/refusal-has-no-effect",
			title: "processes no session of a refused callback",
			level: "recommended",
			clause: "auth/custom-headers",
			needs: ["credentials", "effects"],
			builds: "on-baseline",
			sessions: 2,
			explain: {
				sends: "The documented callback without the credential headers, and one with wrong values.",
				expects: "Neither session is processed.",
				why: "A receiver may answer 401 and still have handed the session to its queue.",
				fix: "Check the credentials before anything else, and return right after the refusal."
			},
			async run(context) {
				const drop = context.credentials.map(([name]) => name);
				const attempts = [await context.send({ variation: {
					label: "without credentials",
					drop
				} }), await context.send({ variation: withWrongCredentials(context) })];
				const counts = await context.effects(attempts.map(({ request }) => request.sessionId));
				for (const attempt of attempts) {
					const times = counts.get(attempt.request.sessionId) ?? 0;
					if (times > 0) context.mismatch("no effect", `processed ${times} times`, attempt);
				}
			}
		},
		{
			id: "authentication/refusal-leaves-the-session-unspent",
			title: "processes a session whose first callback it refused",
			level: "recommended",
			clause: "auth/custom-headers",
			needs: ["credentials", "effects"],
			builds: "on-baseline",
			judgesEffects: true,
			collects: {
				misdeeds: ["lost-after-refusal"],
				from: "its-suite"
			},
			sessions: 1,
			explain: {
				sends: "The documented callback with wrong credentials, then the same session with the right ones.",
				expects: "Once the latter is acknowledged, the session is processed once.",
				why: "A receiver that marks a session before it has checked the key takes the real callback for a duplicate; and whoever guesses ids could have sessions dropped.",
				fix: "Check the credentials before anything is remembered of the request."
			},
			async run(context) {
				const sessionId = context.session();
				const refused = await context.send({
					sessionId,
					variation: withWrongCredentials(context)
				});
				if (!isRefused(refused)) return notApplicable("wrong credentials are not refused, which other checks judge");
				await context.betweenRetries();
				expectAcknowledged(context, await context.send({ sessionId }));
			}
		}
	]
};
// src/diagnosis/internals.ts
const traces = [
	["a JavaScript stack trace", /\bat (?:async )?[\w.<>$[\] ]*\(?(?:file:\/\/|node:|\/|[A-Za-z]:\\)[^\s)]+:\d+:\d+/],
	["a Python traceback", /Traceback \(most recent call last\)|\bFile "[^"]+\.py", line \d+/],
	["a PHP error with its file", /\.php(?: on line |:|\()\d+/],
	["a Java stack trace", /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)|\bjava\.lang\.\w+(?:Exception|Error)/],
	["a Go stack trace", /\bgoroutine \d+ \[|\.go:\d+ \+0x/],
	["a .NET stack trace", /\bat [\w.`]+\([^)]*\) in [^\n]+:line \d+/],
	["a Ruby backtrace", /\.rb:\d+:in [`']/],
	["a local file path", /(?:^|[\s"'(=])(?:\/(?:home|usr|var\/(?:www|task|lib)|app|srv|opt|root)\/[\w./-]+\.\w{1,5}|[A-Za-z]:\\[\w .\\-]+\.\w{1,5})\b/],
	["a path into node_modules", /\bnode_modules[/\\]/]
];
function internalsIn(body) {
	for (const [what, pattern] of traces) {
		const found = pattern.exec(body);
		if (found !== null) return `${what}: ${found[0].trim().slice(0, 120)}`;
	}
	return null;
}
// suites/bad-input-variations.ts
const nestingDepth = 1e4;
const withMember = (json, member) => `${json.slice(0, json.lastIndexOf("}"))},${member}}`;
const sessionHeaders = ({ sessionHeader, legacySessionHeader }) => [sessionHeader, legacySessionHeader];
const named = ({ sessionField, legacySessionField }, value) => ({
	[sessionField]: value,
	[legacySessionField]: value
});
const malformedJson = [
	{
		label: "with JSON cut off",
		drop: sessionHeaders,
		bytes: (json) => json.trimEnd().slice(0, -8)
	},
	{
		label: "with a trailing comma",
		drop: sessionHeaders,
		bytes: (json) => withMember(json, "")
	},
	{
		label: "with single quotes",
		drop: sessionHeaders,
		bytes: (json) => json.replaceAll("\"", "'")
	},
	{
		label: "with text after the JSON",
		drop: sessionHeaders,
		bytes: (json) => `${json}x`,
		fixIfAcknowledged: "The decoder stops at the end of the first JSON value: make it look at what follows, and answer 400 unless that is the end (Go: a second Decode must give io.EOF, or use json.Unmarshal; Jackson: FAIL_ON_TRAILING_TOKENS; Gson: the reader must be at END_DOCUMENT)."
	}
];
const emptyBody = [{
	label: "with an empty body",
	drop: sessionHeaders,
	bytes: () => ""
}, {
	label: "with white space for a body",
	drop: sessionHeaders,
	bytes: () => "  \n"
}];
const noObject = [
	{
		label: "with null for a body",
		drop: sessionHeaders,
		bytes: () => "null"
	},
	{
		label: "with an array for a body",
		drop: sessionHeaders,
		body: (documented) => [documented]
	},
	{
		label: "with a string for a body",
		drop: sessionHeaders,
		body: (documented, { sessionField }) => documented[sessionField]
	},
	{
		label: "with a number for a body",
		drop: sessionHeaders,
		bytes: () => "42"
	}
];
const noSessionId = [{
	label: "without a session id",
	drop: sessionHeaders,
	body: () => ({})
}, {
	label: "with other fields only",
	drop: sessionHeaders,
	body: () => ({
		event: "completed",
		id: 7
	})
}];
const emptySessionId = [{
	label: "with an empty session id",
	drop: sessionHeaders,
	body: (_documented, names) => named(names, "")
}];
const oddSessionIds = [
	null,
	42,
	true,
	[],
	{}
].map((value) => ({
	label: `with ${JSON.stringify(value)} for a session id`,
	drop: sessionHeaders,
	body: (_documented, names) => named(names, value)
}));
const wrongContentTypes = [
	{
		label: "as text/plain",
		set: { "Content-Type": "text/plain" }
	},
	{
		label: "as a form",
		set: { "Content-Type": "application/x-www-form-urlencoded" }
	},
	{
		label: "as XML",
		set: { "Content-Type": "application/xml" }
	}
];
const otherMethods = [{
	label: "as a GET",
	method: "GET",
	bytes: () => "",
	drop: ["Content-Type"]
}, {
	label: "as a DELETE",
	method: "DELETE",
	bytes: () => "",
	drop: ["Content-Type"]
}];
const nested = (depth) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const deepNesting = [{
	label: `with ${nestingDepth} nested arrays`,
	bytes: (json) => withMember(json, `"details":${nested(nestingDepth)}`)
}];
const prototypeKeys = [
	{
		label: "with __proto__",
		bytes: (json) => withMember(json, "\"__proto__\":{\"isAdmin\":true,\"toString\":null}")
	},
	{
		label: "with constructor.prototype",
		bytes: (json) => withMember(json, "\"constructor\":{\"prototype\":{\"isAdmin\":true}}")
	},
	{
		label: "with hasOwnProperty and toString",
		body: (documented) => ({
			...documented,
			hasOwnProperty: 1,
			toString: 1
		})
	}
];
const invalidUtf8 = [
	{
		label: "with bytes that are not UTF-8",
		bytes: (json) => insertBytes(json, [
			255,
			254,
			195,
			40
		])
	},
	{
		label: "with half a surrogate pair",
		bytes: (json) => withMember(json, String.raw`"note":"\ud83d"`)
	},
	{
		label: "with a byte order mark",
		bytes: (json) => Buffer.concat([Buffer.from([
			239,
			187,
			191
		]), Buffer.from(json)])
	}
];
const controlCharacters = [
	{
		label: "with an escaped NUL",
		bytes: (json) => withMember(json, String.raw`"note":"a\u0000b"`)
	},
	{
		label: "with a raw NUL",
		bytes: (json) => insertBytes(json, [0])
	},
	{
		label: "with terminal escapes",
		bytes: (json) => withMember(json, String.raw`"note":"\u001b[2J\u0007\u202e"`)
	},
	{
		label: "with a NUL in the session id",
		drop: sessionHeaders,
		body: (documented, { sessionField }) => ({ [sessionField]: `${String(documented[sessionField])}\0` })
	}
];
function insertBytes(json, bytes) {
	const member = `"note":"${Buffer.from(bytes).toString("latin1")}"`;
	return Buffer.from(withMember(Buffer.from(json).toString("latin1"), member), "latin1");
}
// suites/plain-text.ts
const entities = {
	lt: "<",
	gt: ">",
	quot: "\"",
	apos: "'",
	amp: "&",
	nbsp: " "
};
function plainText(body) {
	return body.replaceAll(/<[^>]*>/g, "").replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
		if (name !== void 0) return entities[name.toLowerCase()] ?? whole;
		const code = decimal === void 0 ? Number.parseInt(hex, 16) : Number(decimal);
		return code <= 1114111 ? String.fromCodePoint(code) : whole;
	}).replaceAll(/\\(["/])/g, "$1");
}
// suites/bad-input.ts
const oversizedBytes = 8388608;
const stallMs = 6e4;
const headStartMs = 200;
const padded = (json) => withMember(json, `"padding":"${"x".repeat(oversizedBytes)}"`);
const spoiled = [
	{
		label: "with JSON cut off, the session in the headers",
		bytes: (json) => json.trimEnd().slice(0, -8)
	},
	{
		label: "with an empty body, the session in the headers",
		bytes: () => ""
	},
	{
		label: "as text/plain, the session in the headers",
		set: { "Content-Type": "text/plain" }
	},
	{
		label: "with a body of 8 MB, the session in the headers",
		bytes: padded
	}
];
async function sendAll(context, variations) {
	if (!context.confirming) return Promise.all(variations.map((variation) => context.send({ variation })));
	const attempts = [];
	for (const variation of variations) {
		const attempt = await context.send({ variation });
		attempts.push(attempt);
		if (isTimeout(attempt)) break;
	}
	return attempts;
}
function refuses({ variations, ...check }, preferred = "a 4XX", also = []) {
	return {
		...check,
		level: "hardening",
		builds: "on-baseline",
		sessions: variations.length + 1,
		async run(context) {
			const attempts = await sendAll(context, variations);
			const control = await context.send();
			const unseen = await expectRefused(context, attempts.filter(({ response }) => !also.includes(response?.status ?? 0)), preferred);
			expectAcknowledged(context, control);
			return unseen;
		}
	};
}
function survives({ variations, ...check }) {
	return {
		...check,
		level: "hardening",
		builds: "on-baseline",
		sessions: variations.length + 1,
		async run(context) {
			const attempts = await sendAll(context, variations);
			const control = await context.send();
			for (const attempt of attempts) expectNoFailure(context, attempt);
			expectAcknowledged(context, control);
		}
	};
}
const badInput = {
	id: "bad-input",
	title: "Hostile or broken requests",
	separate: true,
	checks: [
		refuses({
			id: "bad-input/refuses-malformed-json",
			title: "refuses a body that is not JSON",
			clause: "request/body",
			variations: malformedJson,
			explain: {
				sends: "Four bodies that are almost JSON: cut off, with a trailing comma, in single quotes, with text behind.",
				expects: "A 4XX for each (400 is usual), and a 2XX for the documented body afterwards.",
				why: "A 2XX says that the callback was understood, a 5XX makes a sender retry what can never succeed.",
				fix: "Answer 400 wherever the JSON parser fails, and read no session from a body that it could not parse: a handler of errors must not turn the parser's into a 200 or a 500."
			}
		}),
		refuses({
			id: "bad-input/refuses-an-empty-body",
			title: "refuses an empty body",
			clause: "request/body",
			variations: emptyBody,
			explain: {
				sends: "The documented request with no body, then with white space for a body.",
				expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
				why: "Without a body there is no session; frameworks differ in what they make of it.",
				fix: "Check that a body was parsed before reading sessionId from it, and answer 400 otherwise."
			}
		}),
		refuses({
			id: "bad-input/refuses-a-body-that-is-not-an-object",
			title: "refuses JSON that is not an object",
			clause: "request/body",
			variations: noObject,
			explain: {
				sends: "null, an array, a string and a number as JSON bodies.",
				expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
				why: "null is valid JSON: reading sessionId from it is the commonest crash of webhook handlers.",
				fix: "Validate that the body is an object before reading from it."
			}
		}),
		refuses({
			id: "bad-input/refuses-a-missing-session-id",
			title: "refuses a body without a session id",
			clause: "request/body",
			variations: noSessionId,
			explain: {
				sends: "JSON objects without sessionId, and without the session headers.",
				expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
				why: "There is nothing to fetch results for; storing undefined breaks what comes later.",
				fix: "Require sessionId and answer 400 or 422 without it."
			}
		}),
		refuses({
			id: "bad-input/refuses-an-empty-session-id",
			title: "refuses an empty session id",
			clause: "request/body",
			variations: emptySessionId,
			explain: {
				sends: "The documented body with an empty string for a session id, without the session headers.",
				expects: "A 4XX, and a 2XX for the documented body afterwards.",
				why: "An empty id turns the results URL into another one.",
				fix: "Require at least one character."
			}
		}),
		refuses({
			id: "bad-input/refuses-a-session-id-that-is-not-a-string",
			title: "refuses a session id that is not a string",
			clause: "request/body",
			variations: oddSessionIds,
			explain: {
				sends: "null, 42, true, [] and {} for a session id, without the session headers.",
				expects: "A 4XX for each, and a 2XX for the documented body afterwards.",
				why: "Objects reach queries and templates (NoSQL injection, [object Object]) and crash string functions.",
				fix: "Require a string by schema or type check."
			}
		}),
		refuses({
			id: "bad-input/refuses-a-wrong-content-type",
			title: "refuses a body that is not declared as JSON",
			clause: "request/post-json",
			variations: wrongContentTypes,
			explain: {
				sends: "The documented body as text/plain, as a form and as XML.",
				expects: "A 4XX for each (415 is best), and a 2XX for application/json afterwards.",
				why: "Form and text bodies can be sent by any web page without a preflight; a callback is always JSON.",
				fix: "Parse application/json only, and answer 415 to the rest."
			}
		}, "415 (any 4XX)"),
		refuses({
			id: "bad-input/refuses-other-methods",
			title: "refuses other methods than {method}",
			clause: "request/post-json",
			variations: otherMethods,
			explain: {
				sends: "A GET and a DELETE to the callback path, with the session headers.",
				expects: "A 4XX or 501 for each (405 is best), and a 2XX for the documented {method} afterwards.",
				why: "A GET that answers 200 makes a broken route look alive, and links can trigger it.",
				fix: "Register {method} only, and answer 405 to the rest."
			}
		}, "405 (any 4XX, 501)", [501]),
		{
			...refuses({
				id: "bad-input/refuses-an-oversized-body",
				title: "refuses a body of 8 MB",
				clause: null,
				source: "RFC 9110 §15.5.14",
				variations: [],
				explain: {
					sends: "The documented body with 8 MB of padding.",
					expects: "A 4XX (413 is best) or a closed connection, promptly, and a 2XX for the documented body afterwards.",
					why: "A callback has some hundred bytes: whoever reads megabytes into memory can be put out of order by anyone.",
					fix: "Limit the body of this path, to 64 KiB say."
				}
			}),
			pace: "rough",
			sessions: 2,
			async run(context) {
				const attempt = await context.send({ variation: {
					label: "with 8 MB of padding",
					bytes: padded
				} });
				const closed = attempt.outcome.kind === "failed" && attempt.outcome.reason === "reset";
				const control = await context.send();
				if (attempt.response?.status === 502 && isAcknowledged(control)) context.note("A proxy made a 502 of it that the receiver closed the connection in the middle of the upload, which it may (RFC 9110 §15.5.14); set the limit at the proxy too (nginx: client_max_body_size), so that a sender sees the 413.");
				else if (!closed) await expectRefused(context, [attempt], "413 (any 4XX) or a closed connection");
				expectAcknowledged(context, control);
			}
		},
		survives({
			id: "bad-input/survives-deep-nesting",
			title: "survives deeply nested JSON",
			clause: null,
			source: "RFC 8259 §9",
			variations: deepNesting,
			explain: {
				sends: "The documented body with a member of 10,000 nested arrays.",
				expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
				why: "Recursive parsers and validators run out of stack: a 5XX, or the whole process gone.",
				fix: "Answer 400 when the parser gives up for depth or out of stack, inside of the error handling, and go through no parsed value recursively: read the members you need. No limit on the size helps: the body has 20 KB."
			}
		}),
		survives({
			id: "bad-input/survives-prototype-keys",
			title: "survives __proto__ and constructor as keys",
			clause: null,
			source: "good practice",
			variations: prototypeKeys,
			explain: {
				sends: "The documented body with members named __proto__, constructor, hasOwnProperty and toString.",
				expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
				why: "Merging such a body into an object poisons prototypes in JavaScript and shadows methods elsewhere.",
				fix: "Read the members you need by name; do not merge or spread the body into other objects."
			}
		}),
		survives({
			id: "bad-input/survives-invalid-utf-8",
			title: "survives text that is not Unicode",
			clause: null,
			source: "RFC 8259 §8.1",
			variations: invalidUtf8,
			explain: {
				sends: "Bodies with bytes that are not UTF-8, with half a surrogate pair, and with a byte order mark.",
				expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
				why: "Decoders throw outside of the handler's error handling: a 5XX that a sender would retry.",
				fix: "Answer 400 when decoding fails; keep decoding inside of the error handling."
			}
		}),
		survives({
			id: "bad-input/survives-control-characters",
			title: "survives control characters in strings",
			clause: null,
			source: "good practice",
			variations: controlCharacters,
			explain: {
				sends: "Bodies with NUL, terminal escapes and direction overrides, escaped and raw.",
				expects: "A 2XX or a 4XX within the deadline, and a 2XX for the documented body afterwards.",
				why: "Databases refuse NUL, and logs shown in a terminal carry out escapes.",
				fix: "Refuse control characters in ids with a 400, and escape what you log."
			}
		}),
		{
			id: "bad-input/survives-a-truncated-body",
			title: "survives a request that ends in the middle of its body",
			level: "hardening",
			clause: null,
			source: "RFC 9112 §8",
			builds: "on-baseline",
			pace: "rough",
			sessions: 2,
			explain: {
				sends: "A request whose connection is closed in the middle of its body; then the documented callback.",
				expects: "No answer to the former, a 2XX for the latter.",
				why: "Connections break: an unhandled error event in the body reader takes the process down.",
				fix: "Handle errors and aborts of the request stream."
			},
			async run(context) {
				await context.send({ onTheWay: "cut" });
				await context.pause(headStartMs);
				expectAcknowledged(context, await context.send());
			}
		},
		{
			id: "bad-input/survives-a-stalled-body",
			title: "answers others while one upload stalls",
			level: "hardening",
			clause: null,
			source: "good practice",
			builds: "on-baseline",
			pace: "rough",
			sessions: 2,
			explain: {
				sends: "A request that stops in the middle of its body and stays open; beside it the documented callback.",
				expects: "A 2XX for the latter while the former is still open.",
				why: "A receiver that reads one request at a time is put out of order by one bad connection.",
				fix: "Serve requests concurrently, behind a proxy that buffers bodies, and time out slow uploads."
			},
			async run(context) {
				const connection = context.connection();
				const variation = {
					label: "stalled in the middle of the body",
					framing: { stallMs }
				};
				let isGivenUp = false;
				const stalled = context.send({
					variation,
					connection
				}).then((attempt) => void (isGivenUp = isTimeout(attempt))).catch(() => {});
				try {
					await context.pause(headStartMs);
					const beside = await context.send();
					if (!isGivenUp) expectAcknowledged(context, beside);
					else context.mismatch("a 2XX while the upload stalls", "none before the upload was given up", beside);
				} finally {
					await connection.close();
					await stalled;
				}
			}
		},
		{
			id: "bad-input/refuses-conflicting-framing",
			title: "refuses a request with two lengths",
			level: "hardening",
			clause: null,
			source: "RFC 9112 §6.3",
			builds: "on-baseline",
			pace: "rough",
			sessions: 3,
			explain: {
				sends: "A request with two different Content-Lengths, then one with Content-Length and Transfer-Encoding: chunked.",
				expects: "The first is refused. The second is refused, or read by its chunks and the connection closed after the answer.",
				why: "Where a proxy and a server read different lengths, one request can be smuggled into another.",
				fix: "Put a proxy in front that keeps to this, and let nobody past it: nginx, HAProxy, Varnish and Node's own server do. Most servers take one of them, Go's, Puma, Hypercorn, Caddy, Squid and h2o among them, and have no option against it."
			},
			async run(context) {
				const twice = await context.send({ variation: {
					label: "with two Content-Lengths",
					framing: "two-lengths"
				} });
				if (!(twice.outcome.kind === "failed" && twice.outcome.reason === "reset")) await expectRefused(context, [twice], "400 (any 4XX) or a closed connection");
				const connection = context.connection();
				try {
					const both = await context.send({
						variation: {
							label: "with Content-Length and chunks",
							framing: "length-and-chunks"
						},
						connection
					});
					if (both.response === null) {
						if (!(both.outcome.kind === "failed" && both.outcome.reason === "reset")) context.mismatch("a refusal, or a 2XX and a closed connection", "no answer", both);
					} else if (both.response.status >= 500) context.mismatch("a refusal, or a 2XX and a closed connection", String(both.response.status), both);
					else if (both.response.status < 400 && !await connection.closesWithin(1e3)) context.mismatch("a refusal, or the connection closed after the answer", "the connection stays open", both);
				} finally {
					await connection.close();
				}
				expectAcknowledged(context, await context.send());
			}
		},
		{
			id: "bad-input/hides-its-internals",
			title: "shows no stack trace or file path in an error answer",
			level: "hardening",
			clause: null,
			source: "CWE-209",
			builds: "on-baseline",
			sessions: 4,
			explain: {
				sends: "Four broken requests: malformed JSON, null, no session id, and a wrong content type.",
				expects: "Answers without stack traces, source files or local paths.",
				why: "They tell an attacker what runs where, and often with which data.",
				fix: "Turn off the framework's debug mode, and answer errors with a message of your own."
			},
			async run(context) {
				const variations = [
					malformedJson[0],
					noObject[0],
					noSessionId[0],
					wrongContentTypes[0]
				].filter((variation) => variation !== void 0);
				for (const attempt of await sendAll(context, variations)) {
					const body = (attempt.response?.body.toString() ?? "").replaceAll(attempt.request.path, "");
					const found = internalsIn(body) ?? internalsIn(plainText(body));
					if (found !== null) context.mismatch("an answer without internals", found, attempt);
				}
			}
		},
		{
			id: "bad-input/has-no-effect",
			title: "processes no session of a bad request",
			level: "hardening",
			clause: "request/body",
			needs: ["effects"],
			builds: "on-baseline",
			sessions: 12,
			explain: {
				sends: "Requests with malformed JSON, a wrong content type, other methods and bodies that are no object, each with a session id that could be made out.",
				expects: "None of these sessions is processed.",
				why: "Validation that comes after the work, or a second way in, lets broken requests through.",
				fix: "Validate first; hand a session to the work only when the whole request is good."
			},
			async run(context) {
				const attempts = await sendAll(context, [
					...malformedJson,
					...wrongContentTypes,
					...otherMethods,
					...noObject.slice(1, 3)
				]);
				const counts = await context.effects(attempts.map(({ request }) => request.sessionId));
				for (const attempt of attempts) {
					const times = counts.get(attempt.request.sessionId) ?? 0;
					if (times > 0) context.mismatch("no effect", `processed ${times} times`, attempt);
				}
			}
		},
		{
			id: "bad-input/leaves-the-session-unspent",
			title: "processes a session that a broken request came for before",
			level: "recommended",
			clause: "request/body",
			needs: ["effects"],
			builds: "on-baseline",
			judgesEffects: true,
			collects: {
				misdeeds: ["lost-after-refusal"],
				from: "its-suite"
			},
			sessions: spoiled.length,
			explain: {
				sends: "Requests that carry a session in their headers and are malformed, empty, of a wrong content type or too large; then the documented callback for each of these sessions.",
				expects: "Once the latter is acknowledged, the session is processed once.",
				why: "A receiver that marks a session as seen before it has understood the request drops the callback that follows.",
				fix: "Mark a session only once its request is complete and valid, together with handing it to the work."
			},
			async run(context) {
				const sessions = spoiled.map((variation) => ({
					sessionId: context.session(),
					variation
				}));
				await Promise.all(sessions.map((sent) => context.send(sent)));
				await context.betweenRetries();
				expectAcknowledged(context, ...await Promise.all(sessions.map(({ sessionId }) => context.send({ sessionId }))));
			}
		},
		{
			id: "bad-input/stays-healthy-after-bad-input",
			title: "still acknowledges the documented callback after bad input",
			level: "recommended",
			clause: "endpoint/online",
			builds: "on-baseline",
			pace: "rough",
			judgesHealth: true,
			sessions: 12,
			explain: {
				sends: "Malformed JSON, null, deep nesting, odd bytes and wrong types, one after another; then the documented callback three times.",
				expects: "A 2XX for each of the last three.",
				why: "What matters in the end is that the next good callback gets through.",
				fix: "Find the input after which it fails (the checks before this one name it) and handle its error."
			},
			async run(context) {
				await sendAll(context, [
					malformedJson[0],
					noObject[0],
					oddSessionIds[4],
					deepNesting[0],
					invalidUtf8[0],
					controlCharacters[1]
				].filter((variation) => variation !== void 0));
				for (let sent = 0; sent < 3; sent += 1) {
					const attempt = await context.send();
					expectAcknowledged(context, attempt);
					if (isTimeout(attempt)) return;
				}
			}
		}
	]
};
// suites/callback-url-dns.ts
const onceInProduction = {
	sessions: 0,
	builds: "nothing",
	productionOnly: true
};
const dnsChecks = [
	{
		...onceInProduction,
		id: "callback-url/resolves-in-dns",
		title: "resolves in DNS",
		level: "required",
		clause: "url/externally-reachable",
		explain: {
			sends: "A DNS query for the host name.",
			expects: "At least one A or AAAA record.",
			why: "Without an address no callback can be sent; every attempt fails until the sender gives up.",
			fix: "Add an A, AAAA or CNAME record for the name to its public zone, and look for typing errors in the URL."
		},
		async run(context) {
			const name = publicNameOf(context);
			if (typeof name !== "string") return name;
			const found = await context.network.resolve();
			switch (found.kind) {
				case "resolved": return;
				case "no-answer": return noAnswer(found.code);
				case "no-address": context.mismatch("an A or AAAA record", `none (${found.code})`, name);
			}
		}
	},
	{
		...onceInProduction,
		id: "callback-url/resolves-to-public-addresses",
		title: "resolves to public addresses only",
		level: "required",
		clause: "url/externally-reachable",
		explain: {
			sends: "A DNS query for the host name.",
			expects: "Every address is globally reachable by IANA's special-purpose address registries, and none is multicast.",
			why: "The sender picks any of the addresses; a private one among them fails, or reaches a stranger's machine.",
			fix: "Remove private, loopback and link-local addresses from the public zone; keep them in an internal one."
		},
		async run(context) {
			const name = publicNameOf(context);
			if (typeof name !== "string") return name;
			const found = await context.network.resolve();
			if (found.kind === "no-answer") return noAnswer(found.code);
			if (found.kind === "no-address") return notApplicable("the name has no address, which resolves-in-dns judges");
			for (const address of found.addresses) {
				const judged = context.reachability(address);
				if (!judged.reachable) context.mismatch("a globally reachable address", `${address} (${judged.why})`, name);
			}
		}
	},
	{
		...onceInProduction,
		id: "callback-url/accepts-connections-on-every-address",
		title: "accepts connections on every address",
		level: "recommended",
		clause: "endpoint/online",
		explain: {
			sends: "One TCP connection to each address of the host, closed again at once.",
			expects: "Each is accepted.",
			why: "The sender may pick any of the addresses; one that is dead loses or delays a share of the callbacks.",
			fix: "Listen on IPv6 too, or take its AAAA record away; remove addresses of servers that are gone; check firewalls."
		},
		async run(context) {
			const { network, url } = context;
			const found = await network.resolve();
			if (found.kind === "no-answer") return noAnswer(found.code);
			if (found.kind === "no-address") return notApplicable("the name has no address, which resolves-in-dns judges");
			const results = await Promise.all(found.addresses.map(async (address) => ({
				address,
				result: await network.connect(address)
			})));
			const unseen = [];
			let failed = false;
			for (const { address, result } of results) switch (result.kind) {
				case "connected":
					if (!result.to.includes(address)) context.note(`the connection to ${address} was made to ${result.to}`);
					break;
				case "no-route":
					unseen.push(`${address} (${result.code})`);
					break;
				case "failed":
					failed = true;
					context.mismatch(`a connection to port ${url.port}`, result.message, `address ${address}`);
			}
			if (unseen.length === 0) return;
			const reason = `no route from this machine to ${unseen.join(", ")}`;
			if (!failed) return notObservable(`${reason}; run from a network that has one, with IPv6 for instance`);
			context.note(reason);
		}
	}
];
function publicNameOf({ host }) {
	switch (host.kind) {
		case "ip-address": return notApplicable("the host is an IP address, which needs no DNS");
		case "localhost": return notApplicable("the host is localhost, which is not looked up in the public DNS");
		case "internal": return notApplicable("the host is an internal name, which is not looked up in the public DNS");
		case "public-name": return host.name;
	}
}
function noAnswer(code) {
	return notObservable(`the resolver did not answer (${code}); run again where DNS works`);
}
// suites/callback-url-tls.ts
const dayMs = 864e5;
const renewalDays = 14;
const oldVersions = ["TLSv1.1", "TLSv1"];
const modernVersions = new Set(["TLSv1.2", "TLSv1.3"]);
const overTls = {
	sessions: 0,
	builds: "nothing"
};
const tlsChecks = [
	{
		...overTls,
		id: "callback-url/presents-a-trusted-certificate",
		title: "presents a certificate that any client trusts",
		level: "required",
		clause: "url/https",
		explain: {
			sends: "A TLS handshake with the host name (SNI), as the sender makes it, and no request.",
			expects: "A chain to a well-known root (or one given with --ca), for this very name, and in date.",
			why: "The sender drops the connection before it sends anything, so no callback arrives. A browser may hide a missing intermediate certificate, because it remembers one from elsewhere.",
			fix: "Serve the full chain (certbot: fullchain.pem), for this name, and renew it in time. Pass a private CA with --ca."
		},
		async run(context) {
			if (context.url.scheme !== "https:") return plainHttp;
			const expected = `a trusted certificate for ${context.url.hostname}`;
			const result = await context.network.handshake();
			if (result.kind === "completed") for (const { message } of result.certificateErrors) context.mismatch(expected, `one of which ${message}`, where(context));
			else if (result.kind === "refused" && result.how === "not-tls") context.mismatch(expected, "an answer that is not TLS, such as plain HTTP", where(context));
			else if (result.kind === "refused" && result.code.endsWith("_UNRECOGNIZED_NAME")) context.mismatch(expected, "an alert that the server has no such name", where(context));
			else return noCertificate(context, result);
		}
	},
	{
		...overTls,
		id: "callback-url/certificate-is-not-about-to-expire",
		title: `presents a certificate that is valid for ${renewalDays} days more`,
		level: "recommended",
		clause: null,
		source: "good practice",
		explain: {
			sends: "A TLS handshake with the host name (SNI), and no request.",
			expects: `The certificate is valid for more than ${renewalDays} days from now.`,
			why: "So close to its end an automatic renewal has failed or there is none; on the day after, every callback fails.",
			fix: "Renew the certificate, find out why its renewal did not run, and reload the server afterwards."
		},
		async run(context) {
			if (context.url.scheme !== "https:") return plainHttp;
			const result = await context.network.handshake();
			if (result.kind !== "completed") return noCertificate(context, result);
			if (result.expiresInMs < 0) return notApplicable("the certificate has expired, which presents-a-trusted-certificate judges");
			if (result.expiresInMs <= renewalDays * dayMs) {
				const left = Math.floor(result.expiresInMs / dayMs);
				context.mismatch(`more than ${renewalDays} days until the certificate expires`, `${left} whole days, until ${result.validTo}`, where(context));
			}
		}
	},
	{
		...overTls,
		id: "callback-url/negotiates-modern-tls",
		title: "negotiates TLS 1.2 or later and nothing older",
		level: "hardening",
		clause: null,
		source: "RFC 9325 §3.1.1, RFC 8996",
		explain: {
			sends: "A TLS handshake as the sender makes it, then one that offers at most TLS 1.1 and one that offers TLS 1.0.",
			expects: "TLS 1.2 or 1.3 for the first; the others are refused.",
			why: "TLS 1.0 and 1.1 have known weaknesses, and senders and auditors stop accepting them.",
			fix: "Set the lowest version to TLS 1.2 at whatever ends TLS: ssl_protocols in nginx, the TLS policy of a load balancer."
		},
		run: negotiatesModernTls
	}
];
async function negotiatesModernTls(context) {
	const { network, url } = context;
	if (url.scheme !== "https:") return plainHttp;
	const modern = await network.handshake();
	if (modern.kind === "no-answer") return notJudged(modern.message);
	if (modern.kind === "completed" && !modernVersions.has(modern.protocol)) context.mismatch("TLS 1.2 or later", modern.protocol, where(context));
	const accepted = new Set();
	const unknown = [];
	for (const version of oldVersions) {
		const old = await offerOld(context, version);
		if (old.answer === "accepted") accepted.add(old.protocol);
		if (old.answer === "unknown") unknown.push(`${version}: ${old.why}`);
	}
	for (const protocol of accepted) context.mismatch("a refusal of any version before TLS 1.2", modern.kind === "completed" ? `a handshake in ${protocol}` : `a handshake in ${protocol}, and none in TLS 1.2 or later`, where(context));
	if (accepted.size > 0) return;
	if (modern.kind !== "completed") return noCertificate(context, modern);
	if (unknown.length > 0) return notObservable(`whether old versions are refused is unknown: ${unknown.join("; ")}`);
}
async function offerOld({ network }, maxVersion) {
	const result = await network.handshake({ maxVersion });
	switch (result.kind) {
		case "completed": return {
			answer: "accepted",
			protocol: result.protocol
		};
		case "cannot-ask": return {
			answer: "unknown",
			why: `the TLS library of this machine cannot offer it (${result.message})`
		};
		case "no-answer": return {
			answer: "unknown",
			why: result.message
		};
		case "refused":
			if (result.how === "alert" || result.how === "unsupported-version") return { answer: "refused" };
			if (result.how === "other") return {
				answer: "unknown",
				why: result.message
			};
			return (await network.handshake()).kind === "completed" ? { answer: "refused" } : {
				answer: "unknown",
				why: result.message
			};
	}
}
function noCertificate(context, result) {
	switch (result.kind) {
		case "no-answer": return notJudged(result.message);
		case "cannot-ask": return notObservable(`the TLS library of this machine cannot make the handshake (${result.message})`);
		case "refused": return notObservable(`the handshake with ${hostAndPort(context)} ended before a certificate could be judged: ${result.message} (${result.code}); a server that demands a client certificate does this, and the documented sender has none`);
	}
}
const plainHttp = notApplicable("the callback URL is not https, which uses-https judges");
function where(context) {
	return `TLS handshake with ${hostAndPort(context)}`;
}
function hostAndPort({ url }) {
	return `${url.hostname.includes(":") ? `[${url.hostname}]` : url.hostname}:${url.port}`;
}
// suites/callback-url.ts
const theUrl = "the callback URL";
const publicName = "Give the endpoint a public DNS name and use that name in the callback URL.";
const rule = {
	sessions: 0,
	builds: "nothing",
	productionOnly: true
};
const urlRules = [
	{
		...rule,
		id: "callback-url/uses-https",
		title: "uses HTTPS",
		level: "required",
		clause: "url/https",
		explain: {
			sends: "Nothing: the scheme of the URL is read.",
			expects: "The callback URL begins with https://.",
			why: "A callback carries your API keys in its headers; over plain HTTP anyone on the way can read them.",
			fix: "Serve the endpoint over TLS, at a load balancer or hosting platform for instance, and configure its https:// URL."
		},
		async run(context) {
			const { scheme } = context.contract.callbackUrl;
			const got = context.url.scheme;
			if (got !== scheme) context.mismatch(`a URL that begins with ${scheme}//`, `${got}//`, theUrl);
		}
	},
	{
		...rule,
		id: "callback-url/is-not-localhost",
		title: "is not localhost",
		level: "required",
		clause: "url/externally-reachable",
		explain: {
			sends: "Nothing: the host name of the URL is read.",
			expects: "The host is not localhost, nor a name under .localhost or .localdomain.",
			why: "Those names mean the machine that resolves them: the sender would call itself.",
			fix: `${publicName} To test on your own machine, run with --local.`
		},
		async run(context) {
			const { host } = context;
			if (host.kind === "ip-address") return judgedAsAddress;
			if (host.kind === "localhost") context.mismatch("a public DNS name", `${context.url.hostname}, which means this machine`, theUrl);
		}
	},
	{
		...rule,
		id: "callback-url/is-not-an-internal-domain",
		title: "is not an internal domain",
		level: "required",
		clause: "url/externally-reachable",
		explain: {
			sends: "Nothing: the host name of the URL is read.",
			expects: "The host has a domain, and not one that exists in private networks alone, such as .internal or .local.",
			why: "The sender is outside of your network, where such a name means nothing.",
			fix: `${publicName} To test inside your network, run with --local.`
		},
		async run(context) {
			const { host } = context;
			if (host.kind === "ip-address") return judgedAsAddress;
			if (host.kind === "localhost") return notApplicable("the host is localhost, which is-not-localhost judges");
			if (host.kind !== "internal") return;
			const what = host.because === "suffix" ? `under .${host.suffix}, a private suffix` : "a name without a domain";
			context.mismatch("a public DNS name", `${context.url.hostname}, ${what}`, theUrl);
		}
	},
	{
		...rule,
		id: "callback-url/is-not-an-ip-address",
		title: "is not an IP address",
		level: "required",
		clause: "url/externally-reachable",
		explain: {
			sends: "Nothing: the host of the URL is read, as a URL parser does.",
			expects: "The host is a name: no IPv4 or IPv6 address in any spelling (0x7f.1, 2130706433, [::ffff:10.0.0.1]).",
			why: "The documentation rules addresses out: they move, and public certificates are rarely issued for them.",
			fix: publicName
		},
		async run(context) {
			const { host } = context;
			if (host.kind !== "ip-address") return;
			const shown = host.written === host.address || host.written === `[${host.address}]` ? host.address : `${host.written}, which is the address ${host.address}`;
			context.mismatch("a DNS name", shown, theUrl);
		}
	}
];
const judgedAsAddress = notApplicable("the host is an IP address, which is-not-an-ip-address judges");
const callbackUrl = {
	id: "callback-url",
	title: "The callback URL, its name and its TLS are fit for a sender outside",
	checks: [
		...urlRules,
		...dnsChecks,
		...tlsChecks
	]
};
// suites/fuzz.ts
const cases = () => import("./fuzz-cases-G1o7rJ_Y.js");
const idsAreGiven = notApplicable("it takes hundreds of session ids of its own, and they are supplied");
const fuzzCheck = (check) => ({
	...check,
	level: "hardening",
	clause: null,
	source: "good practice",
	builds: "on-baseline",
	pace: "rough",
	sessions: 0
});
const fuzzing = {
	id: "fuzz",
	title: "Arbitrary input, drawn from the seed",
	separate: true,
	checks: [fuzzCheck({
		id: "fuzz/never-fails-on-arbitrary-json",
		title: "answers any JSON body with a 2XX or a 4XX",
		explain: {
			sends: "Bodies drawn at random from the seed: the documented one with other members, nested values and edge cases, and JSON of any other form.",
			expects: "A 2XX or a 4XX for each, within the deadline.",
			why: "A 5XX, a hang or a reset on odd input is an unhandled case in the handler, and may be a way to take it down.",
			fix: "Validate the body's types before use; the report holds the smallest body that fails."
		},
		run: async (context) => context.inventsSessions ? (await cases()).fuzzBodies(context) : idsAreGiven
	}), fuzzCheck({
		id: "fuzz/never-fails-on-arbitrary-headers",
		title: "answers any headers with a 2XX or a 4XX",
		explain: {
			sends: "The documented callback with headers drawn at random from the seed: well-known ones with odd values, and unknown ones.",
			expects: "A 2XX or a 4XX for each, within the deadline.",
			why: "A header that a proxy or a tracer adds must not make the handler fail.",
			fix: "Treat every header as optional and as text; the report holds the fewest headers that fail."
		},
		run: async (context) => context.inventsSessions ? (await cases()).fuzzHeaders(context) : idsAreGiven
	})]
};
// src/runner/pace.ts
const longestWaitMs = 3e4;
const easedIntervalMs = 500;
const easedWaitMs = 2e3;
const recoversAfter = 10;
const recovery = .8;
const noIntervalMs = 10;
function createPace(clock, maxRate) {
	const leastIntervalMs = maxRate === null ? 0 : 1e3 / maxRate;
	let intervalMs = leastIntervalMs;
	let nextAt = 0;
	let notBefore = 0;
	let limits = 0;
	let inARow = 0;
	let wentSince = 0;
	let wasAcknowledged = false;
	let sentSinceSlowDown = true;
	return {
		blocked: false,
		refusesInputs: false,
		refusesSessions: false,
		get wasAcknowledged() {
			return wasAcknowledged;
		},
		went(isAcknowledged) {
			wasAcknowledged ||= isAcknowledged;
			inARow = 0;
			wentSince += 1;
			if (wentSince % recoversAfter !== 0 || intervalMs <= leastIntervalMs) return;
			intervalMs = intervalMs > noIntervalMs ? Math.max(intervalMs * recovery, leastIntervalMs) : leastIntervalMs;
		},
		async turn(signal, floods = false) {
			do {
				const now = clock.now();
				const at = Math.max(now, nextAt);
				nextAt = at + (floods ? leastIntervalMs : intervalMs);
				if (at > now) await clock.sleep(at - now, signal);
			} while (clock.now() < notBefore);
			sentSinceSlowDown = true;
		},
		slowDown(retryAfterMs) {
			const again = sentSinceSlowDown;
			sentSinceSlowDown = false;
			if (again) {
				limits += 1;
				inARow += 1;
				wentSince = 0;
			}
			const waitMs = Math.min(retryAfterMs ?? 500 * 2 ** Math.min(inARow, 4), longestWaitMs);
			notBefore = Math.max(notBefore, clock.now() + waitMs);
			nextAt = Math.max(nextAt, notBefore);
			if (again) intervalMs = Math.min(Math.max(intervalMs * 2, 100), 2e3);
		},
		ease() {
			const before = intervalMs;
			intervalMs = Math.max(intervalMs, easedIntervalMs);
			notBefore = Math.max(notBefore, clock.now() + easedWaitMs);
			nextAt = Math.max(nextAt, notBefore);
			return () => {
				intervalMs = before;
			};
		},
		get slowed() {
			return limits > 0;
		}
	};
}
function retryAfterMs(value, now) {
	if (value === null) return null;
	if (/^\d+$/.test(value.trim())) return Number(value) * 1e3;
	const date = /[a-z]{3}/i.test(value) ? parseTime(value) : null;
	return date === null ? null : Math.max(0, date - now);
}
// src/runner/limit.ts
const secondLookMs = 1e3;
const longestSessionWaitMs = 6e4;
const nginxLimit = /<center><h1>503 Service Temporarily Unavailable<\/h1><\/center>/;
function asksForLess(attempt, url, pace) {
	if (attempt.response?.status !== 503) return isRateLimited(attempt);
	const answer = answerOf(attempt, url);
	if (isFromAProxy(answer)) return false;
	return isRateLimited(attempt) || pace.wasAcknowledged && nginxLimit.test(answer.body);
}
async function answerOfItsOwn(limited) {
	const { attempt, particular, pace, clock, signal, isLimited, again, control } = limited;
	if (await control() !== true) return null;
	const isKnown = particular === "session" ? pace.refusesSessions : pace.refusesInputs && !pace.slowed;
	if (isKnown && particular === "input") return attempt;
	await clock.sleep(isKnown || particular === "input" ? secondLookMs : sessionWaitMs(attempt, clock), signal);
	const second = await again();
	if (!isLimited(second)) return second;
	if (await control() !== true) return null;
	if (particular === "session") pace.refusesSessions = true;
	else pace.refusesInputs = true;
	return second;
}
function sessionWaitMs(attempt, clock) {
	const asked = retryAfterMs(responseHeader(attempt, "retry-after"), clock.now());
	return Math.min(asked ?? secondLookMs, longestSessionWaitMs);
}
// suites/load.ts
const sessionsAtOnce = 50;
const stormSessions = 100;
const stormDuplicates = 20;
const retriedLater = 20;
function judge(context, attempts) {
	const limited = attempts.filter((attempt) => asksForLess(attempt, context.url, { wasAcknowledged: true }));
	const [first] = limited;
	if (first !== void 0) {
		const through = attempts.length - limited.length;
		context.mismatch(`a 2XX for each of ${attempts.length} callbacks that come together`, `${whatCame(first)} for ${limited.length} of them: a limit that lets about ${through} through at once`, first, limitFix(context, through));
	}
	expectAcknowledged(context, ...attempts.filter((attempt) => !limited.includes(attempt)));
	context.latencies(attempts.flatMap(({ timings }) => timings.headersMs ?? []));
}
function limitFix({ contract }, through) {
	const tries = contract.retry.delaysMs.length + 1;
	const lost = stormSessions - tries * through;
	return `A limit is right to have, but this one is met by callbacks alone: ${lost <= 0 ? `those that it turns away come again together, up to ${tries} times` : `those that it turns away come again together, and after ${tries} attempts about ${lost} of ${stormSessions} sessions are lost`}. After an outage the retries of ${stormSessions} sessions come in the same second, so let a burst of at least 120 through on this path (nginx: limit_req … burst=120 nodelay), or exempt the sender's addresses.`;
}
const isTurnedAwayAsDuplicate = ({ request, response }, attempts) => busyStatuses.has(response?.status ?? 0) && attempts.some((other) => other.request.sessionId === request.sessionId && isAcknowledged(other));
const load = {
	id: "load",
	title: "Many callbacks at once",
	separate: true,
	publicOnlyByName: true,
	checks: [
		{
			id: "load/acknowledges-concurrent-callbacks",
			title: "acknowledges fifty sessions at once",
			level: "recommended",
			clause: "endpoint/online",
			builds: "on-baseline",
			pace: "rough",
			floods: true,
			sessions: sessionsAtOnce,
			explain: {
				sends: "Documented callbacks for fifty sessions at the same time, each on a connection of its own.",
				expects: "A 2XX within the deadline for each; the report shows how long they took.",
				why: "Jobs that were queued together end together.",
				fix: "Store each session in a queue that a restart does not lose, acknowledge it, and work from there; let the server accept more connections than it works on."
			},
			async run(context) {
				const sends = Array.from({ length: sessionsAtOnce }, () => context.send({
					judgesRateLimit: true,
					evidence: "failures"
				}));
				judge(context, await Promise.all(sends));
			}
		},
		{
			id: "load/acknowledges-a-retry-storm",
			title: "acknowledges the retries that come together after an outage",
			level: "recommended",
			clause: "retry/schedule",
			builds: "on-baseline",
			pace: "rough",
			floods: true,
			sessions: stormSessions,
			explain: {
				sends: "Retries of a hundred sessions in the same second, twenty of them twice.",
				expects: "A 2XX within the deadline for each, or 409, 425 or 429 for one of two that come together; the report shows how long they took.",
				why: "After an outage every callback that failed is retried on the same schedule, so they all come at once.",
				fix: "Store each session in a queue that a restart does not lose, acknowledge it, and work from there; keep deduplication off the critical path, or make it one insert."
			},
			async run(context) {
				const ids = Array.from({ length: stormSessions }, () => context.session());
				const sends = [...ids, ...ids.slice(0, stormDuplicates)].map((sessionId) => context.send({
					sessionId,
					judgesRateLimit: true,
					evidence: "failures"
				}));
				const attempts = await Promise.all(sends);
				judge(context, attempts.filter((attempt) => !isTurnedAwayAsDuplicate(attempt, attempts)));
			}
		},
		{
			id: "load/sustains-a-rate",
			title: "keeps up with a steady rate of callbacks",
			level: "recommended",
			clause: "endpoint/online",
			builds: "on-baseline",
			pace: "rough",
			floods: true,
			sessions: 0,
			explain: {
				sends: "Documented callbacks at the rate given by --rate, for the time given by --duration.",
				expects: "A 2XX within the deadline for each; the report shows how long they took.",
				why: "A receiver that is slower than its callbacks come falls behind without end.",
				fix: "Store each session in a queue that a restart does not lose, acknowledge it, and work from there; watch how the latencies grow over the run."
			},
			async run(context) {
				const { rate, durationMs } = context.settings;
				if (rate === null) return notApplicable("no rate was asked for; pass --rate and --duration");
				if (!context.inventsSessions) return notApplicable("it takes invented session ids, and they are supplied");
				const count = Math.max(1, Math.round(rate * durationMs / 1e3));
				const startedAt = context.now();
				const sends = [];
				for (let sent = 0; sent < count; sent += 1) {
					const dueMs = startedAt + sent * 1e3 / rate - context.now();
					if (dueMs > 0) await context.pause(dueMs);
					sends.push(context.send({
						judgesRateLimit: true,
						evidence: "failures"
					}));
				}
				judge(context, await Promise.all(sends));
			}
		},
		{
			id: "load/processes-every-acknowledged-session",
			title: "loses and repeats no session of those it acknowledged under load",
			level: "recommended",
			clause: "practice/unique-session-ids",
			needs: ["effects"],
			builds: "on-baseline",
			pace: "rough",
			collects: {
				misdeeds: [
					"lost",
					"lost-after-failure",
					"doubled",
					"doubled-by-retry",
					"doubled-at-once",
					"doubled-after-failure"
				],
				from: "its-suite"
			},
			sessions: 0,
			explain: {
				sends: "The retry of twenty sessions that came first in this suite, more than a hundred sessions ago; and every session that the checks of this suite sent is looked at.",
				expects: "Each session that was acknowledged is processed once, also where it came twice.",
				why: "A queue that is full, a cache that is too small or a lock that times out loses work just when there is most of it, and the sender believes that it was taken.",
				fix: "Answer 503 when a callback cannot be taken (the sender comes again); keep accepted work in a queue that is not bounded by memory, and deduplicate by a unique key and not by a cache."
			},
			async run(context) {
				const first = context.acknowledged().slice(0, retriedLater);
				for (const sessionId of first) await context.send({ sessionId });
				if (first.length === 0) return notApplicable("no session of this suite was acknowledged");
			}
		}
	]
};
// suites/templates.ts
function acceptsVariations({ variations, ...check }) {
	return {
		...check,
		builds: "on-baseline",
		judgesEffects: true,
		sessions: variations.length,
		async run(context) {
			for (const variation of variations) expectAcknowledged(context, await context.send({ variation: {
				...variation,
				harmless: true
			} }));
		}
	};
}
// suites/payload.ts
const escapeFirstCharacters = (json) => json.replaceAll(/"([a-z0-9])/gi, (_, first) => `"\\u${first.charCodeAt(0).toString(16).padStart(4, "0")}`);
const cuts = [
	32,
	64,
	127
];
function idsThatDifferLittle(context) {
	const folded = context.session();
	return [
		[folded, "an id in lower case"],
		[`${folded.charAt(0).toUpperCase()}${folded.slice(1)}`, "the same with its first letter in upper case"],
		[`${folded}.`, "the same with a dot at its end"],
		[`0${folded}`, "the same with a zero before it"],
		...cuts.flatMap((length) => {
			const common = context.session().padEnd(length, "0");
			const label = `an id that differs from another only after character ${length}`;
			return [[`${common}a`, label], [`${common}b`, label]];
		})
	];
}
const without = (documented, member) => Object.fromEntries(Object.entries(documented).filter(([name]) => name !== member));
const payload = {
	id: "payload",
	title: "Documented variants of the callback, and what may change in it",
	checks: [
		acceptsVariations({
			id: "payload/accepts-a-body-without-zoom-id",
			title: "accepts a body without zoom_id",
			level: "recommended",
			clause: "request/zoom-id-may-go",
			variations: [{
				label: "without zoom_id",
				body: (documented, { legacySessionField }) => without(documented, legacySessionField)
			}],
			explain: {
				sends: "The documented callback with sessionId alone in its body.",
				expects: "A 2XX.",
				why: "The page announces that a future version may remove zoom_id.",
				fix: "Read sessionId, and do not require zoom_id in validation or code."
			}
		}),
		acceptsVariations({
			id: "payload/accepts-a-request-without-the-legacy-header",
			title: "accepts a request without X-Zoom-Session",
			level: "recommended",
			clause: "request/legacy-session-header",
			variations: [{
				label: "without X-Zoom-Session",
				drop: ({ legacySessionHeader }) => [legacySessionHeader]
			}],
			explain: {
				sends: "The documented callback without the deprecated X-Zoom-Session header.",
				expects: "A 2XX.",
				why: "The header is deprecated and may go.",
				fix: "Take the session id from the body or from X-Scriptix-Session."
			}
		}),
		acceptsVariations({
			id: "payload/accepts-unknown-fields",
			title: "accepts a body with a field it does not know",
			level: "recommended",
			clause: null,
			source: "good practice",
			variations: [{
				label: "with unknown fields",
				body: (documented) => ({
					...documented,
					event: "completed",
					details: {
						version: 2,
						tags: ["a", "b"]
					}
				})
			}],
			explain: {
				sends: "The documented callback with two more members in its body, one of them an object.",
				expects: "A 2XX.",
				why: "Additions are not breaking changes: a sender may make them without notice.",
				fix: "Ignore unknown members: turn off strict or additionalProperties validation for this body."
			}
		}),
		acceptsVariations({
			id: "payload/accepts-unknown-headers",
			title: "accepts headers it does not know",
			level: "recommended",
			clause: null,
			source: "RFC 9110 §5.1",
			variations: [{
				label: "with unknown headers",
				set: {
					"X-Scriptix-Event": "completed",
					traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
				}
			}],
			explain: {
				sends: "The documented callback with two more headers, X-Scriptix-Event and traceparent.",
				expects: "A 2XX.",
				why: "Senders and proxies add headers; unknown ones are to be ignored.",
				fix: "Do not refuse a request for headers you do not know."
			}
		}),
		acceptsVariations({
			id: "payload/matches-header-names-in-any-case",
			title: "matches header names in any letter case",
			level: "recommended",
			clause: null,
			source: "RFC 9110 §5.1",
			variations: [{
				label: "header names in lower case",
				headers: (all) => all.map(([name, value]) => [name.toLowerCase(), value])
			}, {
				label: "header names in upper case",
				headers: (all) => all.map(([name, value]) => [name.toUpperCase(), value])
			}],
			explain: {
				sends: "The documented callback twice: all header names in lower case, then all in upper case.",
				expects: "A 2XX for both.",
				why: "Header names are case-insensitive, and proxies rewrite their case; HTTP/2 allows lower case only.",
				fix: "Look headers up through the framework's case-insensitive accessor, not in a raw map."
			}
		}),
		acceptsVariations({
			id: "payload/accepts-content-type-parameters",
			title: "accepts application/json with parameters",
			level: "recommended",
			clause: null,
			source: "RFC 9110 §8.3.1",
			variations: [{
				label: "with a charset",
				set: { "Content-Type": "application/json; charset=utf-8" }
			}],
			explain: {
				sends: "The documented callback with Content-Type: application/json; charset=utf-8.",
				expects: "A 2XX.",
				why: "A media type may carry parameters; many HTTP clients add this one.",
				fix: "Compare the media type alone, before the semicolon, and in any letter case."
			}
		}),
		acceptsVariations({
			id: "payload/accepts-any-json-formatting",
			title: "reads the body as JSON, however it is formatted",
			level: "recommended",
			clause: "request/body",
			variations: [{
				label: "with other key order and white space",
				body: (documented) => Object.fromEntries(Object.entries(documented).toReversed()),
				bytes: (json) => `${JSON.stringify(JSON.parse(json), null, "	").replaceAll("\n", "\r\n")}\n`
			}, {
				label: "with escaped characters",
				bytes: escapeFirstCharacters
			}],
			explain: {
				sends: "The documented body with its members in the other order and white space, then with characters as \\u escapes.",
				expects: "A 2XX for both.",
				why: "Key order, white space and escapes have no meaning in JSON (RFC 8259), and a new serializer changes them.",
				fix: "Parse the body with a JSON parser instead of matching text."
			}
		}),
		{
			id: "payload/treats-session-ids-as-opaque",
			title: "takes session ids as opaque strings",
			level: "recommended",
			clause: "practice/unique-session-ids",
			builds: "on-baseline",
			judgesEffects: true,
			sessions: 2,
			explain: {
				sends: "Two documented callbacks: a session id of 26 hex characters, and one in the form of a UUID.",
				expects: "A 2XX for both.",
				why: "The page does not say what a session id looks like; the form may change.",
				fix: "Store and compare the id as a string; do not parse it or check its form."
			},
			async run(context) {
				if (!context.inventsSessions) return notApplicable("the session ids are supplied, so their form is given");
				expectAcknowledged(context, await context.send());
				const hex = context.session().padEnd(32, "0");
				const uuid = [
					hex.slice(0, 8),
					hex.slice(8, 12),
					`4${hex.slice(13, 16)}`,
					`8${hex.slice(17, 20)}`,
					hex.slice(20, 32)
				];
				expectAcknowledged(context, await context.send({
					sessionId: uuid.join("-"),
					variation: {
						label: "a UUID as session id",
						harmless: true
					}
				}));
			}
		},
		{
			id: "payload/accepts-unusual-session-ids",
			title: "takes session ids of any length, and with -_.~",
			level: "hardening",
			clause: "practice/unique-session-ids",
			builds: "on-baseline",
			judgesEffects: true,
			sessions: 0,
			explain: {
				sends: "Three documented callbacks: a session id of one character, one of 128, and one with the characters -_.~.",
				expects: "A 2XX for each.",
				why: "Session ids are opaque: a column that is too short or a pattern that is too strict loses callbacks.",
				fix: "Allow for any string of printable characters, at least 128 long."
			},
			async run(context) {
				if (!context.inventsSessions) return notApplicable("the session ids are supplied, so their form is given");
				const [one, long, odd] = [
					context.session(),
					context.session(),
					context.session()
				];
				const ids = [
					one.slice(-1),
					long.padEnd(128, "f"),
					`${odd.slice(0, 8)}-${odd.slice(8, 14)}_${odd.slice(14, 20)}.x~`
				];
				const labels = [
					"a session id of one character",
					"a session id of 128 characters",
					"a session id with -_.~"
				];
				for (const [index, sessionId] of ids.entries()) {
					const harmless = sessionId.length > 1;
					const variation = {
						label: labels[index] ?? "",
						...harmless && { harmless }
					};
					expectAcknowledged(context, await context.send({
						sessionId,
						variation
					}));
				}
			}
		},
		{
			id: "payload/keeps-session-ids-apart",
			title: "keeps sessions apart whose ids differ little",
			level: "recommended",
			clause: "practice/unique-session-ids",
			needs: ["effects"],
			builds: "on-baseline",
			judgesEffects: true,
			sessions: 0,
			explain: {
				sends: "Documented callbacks for pairs of sessions whose ids differ only in the case of a letter, in a dot at their end or a zero before them, or only in what follows their 32nd, 64th and 127th character.",
				expects: "Each session that was acknowledged is processed once.",
				why: "Session ids are opaque: who folds their case, trims them, reads them as numbers or cuts them to a column's width takes one for a duplicate of another.",
				fix: "Compare ids byte for byte (a case-sensitive collation), in a column of at least 128 characters that refuses what it cannot hold."
			},
			async run(context) {
				if (!context.inventsSessions) return notApplicable("the session ids are supplied, so their form is given");
				const attempts = [];
				for (const [sessionId, label] of idsThatDifferLittle(context)) attempts.push(await context.send({
					sessionId,
					variation: {
						label,
						harmless: true
					}
				}));
				if (!attempts.some(isAcknowledged)) return notApplicable("no such id was acknowledged, which accepts-unusual-session-ids judges");
			}
		},
		acceptsVariations({
			id: "payload/accepts-a-chunked-body",
			title: "accepts a body sent in chunks",
			level: "hardening",
			clause: null,
			source: "RFC 9112 §7.1",
			variations: [{
				label: "with a chunked body",
				framing: "chunked"
			}],
			explain: {
				sends: "The documented callback with Transfer-Encoding: chunked, in two chunks, without Content-Length.",
				expects: "A 2XX.",
				why: "Every HTTP/1.1 server must be able to read chunks; proxies re-frame requests.",
				fix: "Read the body through the framework, to its end, and do not require Content-Length. Under WSGI (Django, Flask) a body without Content-Length may read as empty: serve by ASGI, or put a proxy in front that buffers request bodies, as nginx does."
			}
		}),
		acceptsVariations({
			id: "payload/accepts-expect-continue",
			title: "answers a request that waits for 100 (Continue)",
			level: "hardening",
			clause: null,
			source: "RFC 9110 §10.1.1",
			variations: [{
				label: "with Expect: 100-continue",
				framing: "expect-continue"
			}],
			explain: {
				sends: "The documented callback with Expect: 100-continue; the body follows the interim answer, or after a second.",
				expects: "A 2XX, whether or not an interim answer comes.",
				why: "Some HTTP clients send it by themselves; a server that waits for a body that is not announced stalls.",
				fix: "Use a server that knows Expect (nearly all do), and let the proxy pass it or answer it."
			}
		}),
		acceptsVariations({
			id: "payload/accepts-any-user-agent",
			title: "accepts a request with no User-Agent, or an odd one",
			level: "recommended",
			clause: null,
			source: "RFC 9110 §10.1.5",
			variations: [{
				label: "without User-Agent",
				drop: ["User-Agent"]
			}, {
				label: "with the User-Agent of a script",
				set: { "User-Agent": "python-requests/2.32.3" }
			}],
			explain: {
				sends: "The documented callback without a User-Agent, then with that of a script (python-requests).",
				expects: "A 2XX for both.",
				why: "The page does not say what User-Agent the sender has; a bot wall that goes by it loses callbacks.",
				fix: "Exempt the callback path from bot protection and user-agent rules."
			}
		})
	]
};
// suites/results.ts
const tooLateMs = 2e3;
const downRequests = 3;
const requestsFor = (context, sessionId) => context.results.requests().filter((request) => request.sessionId === sessionId);
async function awaitRequest(context, sessionId, satisfies = () => true) {
	const find = () => requestsFor(context, sessionId).find(satisfies);
	await context.waitFor(() => find() !== void 0);
	return find() ?? null;
}
const apiFailures = [
	{ kind: "unavailable" },
	{
		kind: "rate-limited",
		retryAfterS: 1
	},
	{ kind: "reset" },
	{
		kind: "hang-up",
		ms: 1e4
	},
	{ kind: "cut-off" },
	{ kind: "not-json" }
];
const failureNames = {
	stall: "a late answer",
	unavailable: "a 503",
	"server-error": "a 500",
	"rate-limited": "a 429 with Retry-After",
	reset: "a reset connection",
	"hang-up": "ten seconds of silence and a closed connection",
	"cut-off": "a body that was cut off",
	"not-json": "a 200 that was not JSON",
	"not-ready-404": "a 404, not ready yet",
	"not-ready-409": "a 409, not ready yet"
};
async function fetchesAgain(context, faults) {
	const sessions = faults.map((fault) => ({
		fault,
		sessionId: context.session()
	}));
	await Promise.all(sessions.map(async ({ fault, sessionId }) => {
		context.results.fault(sessionId, fault, 1);
		const attempt = await context.send({ sessionId });
		const last = isAcknowledged(attempt) ? attempt : await retry(context, sessionId) ?? attempt;
		await context.waitFor(() => context.results.fetches(sessionId) > 0);
		if (context.results.fetches(sessionId) === 0) {
			const met = failureNames[fault.kind];
			context.mismatch("results fetched again after the API failed once", `not fetched after ${met}`, last);
		}
	}));
}
async function retry(context, sessionId) {
	await context.betweenRetries();
	return context.send({ sessionId });
}
const results = {
	id: "results",
	title: "The results are fetched by session id",
	separate: true,
	checks: [
		{
			id: "results/fetches-results-by-session-id",
			title: "fetches the results of the session it was called back for",
			level: "required",
			clause: "results/fetched-by-session-id",
			needs: ["results-api"],
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: "The documented callback, with the receiver pointed at the harness's own results API.",
				expects: "A GET of that session's results by a documented route, with or without a slash at the end.",
				why: "A callback holds no results: whoever does not fetch them has nothing.",
				fix: "After acknowledging, GET /api/v2/batch/session/{sessionId}/results with the session id from the callback; /api/v3/speech-to-text/session/{sessionId}/result and /api/v2/speech-to-text/session/{sessionId} are documented too."
			},
			async run(context) {
				const before = context.results.requests().length;
				const attempt = await context.send();
				const { sessionId } = attempt.request;
				const request = await awaitRequest(context, sessionId);
				if (request === null) {
					const other = context.results.requests().slice(before).find((stray) => stray.sessionId === null);
					const actual = other === void 0 ? "no request for it" : `no request for it, but ${other.method} ${other.target}`;
					context.mismatch("a GET of the session's results by a documented route", actual, attempt);
				} else if (request.method !== "GET") context.mismatch("a GET of the session's results by a documented route", `${request.method} ${request.target}`, attempt);
			}
		},
		{
			id: "results/authorizes-its-fetch",
			title: "fetches with the token that created the session",
			level: "required",
			clause: "results/fetched-by-session-id",
			needs: ["results-api"],
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: "The documented callback, with the receiver pointed at the harness's own results API.",
				expects: "The fetch carries the configured token, in its Authorization header as documented.",
				why: "Only the token that created a session may read its results.",
				fix: "Send the header Authorization: <token> with the fetch; the same token that starts the jobs."
			},
			async run(context) {
				const attempt = await context.send();
				const request = await awaitRequest(context, attempt.request.sessionId);
				if (request === null) return notJudged("no fetch came whose token could be looked at");
				switch (request.authorization) {
					case "owner":
						if (typeof request.undocumented === "string") context.note(`The token came in the header ${request.undocumented}, which is served here but is on no page of the documentation; Authorization is.`);
						break;
					case "other":
						context.mismatch("the configured token", "another token", attempt);
						break;
					case "none": context.mismatch("the configured token", "no token", attempt);
				}
			}
		},
		{
			id: "results/fetches-once-per-session",
			title: "does not fetch again for a duplicate",
			level: "recommended",
			clause: "retry/on-failure",
			needs: ["results-api", "effects"],
			builds: "on-baseline",
			spansMinutes: true,
			sessions: 1,
			explain: {
				sends: "The documented callback twice for one session, a (virtual) minute apart.",
				expects: "The results are fetched once; the pages of one fetch count once.",
				why: "Fetching again is the first sign of doing the work again.",
				fix: "Remember sessions for longer than the whole schedule, and do nothing but acknowledge a known one."
			},
			async run(context) {
				const sessionId = context.session();
				const attempts = await context.schedule({
					sessionId,
					attempts: 2
				});
				await context.effects([sessionId]);
				const times = context.results.fetches(sessionId);
				if (times > 1) context.mismatch("results fetched once", `fetched ${times} times`, attempts[1] ?? "");
			}
		},
		{
			id: "results/acknowledges-before-results-arrive",
			title: "acknowledges while the results are still on their way",
			level: "required",
			clause: "response/within-20-seconds",
			needs: ["results-api"],
			builds: "on-baseline",
			pace: "rough",
			sessions: 1,
			explain: {
				sends: "The documented callback, while the results API takes longer to answer than a sender waits.",
				expects: "A 2XX within the deadline.",
				why: "A receiver that fetches before it answers is as slow as the API, and times out when that is slow.",
				fix: "Store the session, acknowledge it, and fetch from a queue that tries again."
			},
			async run(context) {
				const sessionId = context.session();
				const ms = context.contract.response.deadlineMs + tooLateMs;
				context.results.fault(sessionId, {
					kind: "stall",
					ms
				}, 1);
				const attempt = await context.send({ sessionId });
				if (!isAcknowledged(attempt)) context.mismatch("a 2XX within the deadline, though the results API is slow", whatCame(attempt), attempt);
			}
		},
		{
			id: "results/acknowledges-while-the-api-is-down",
			title: "acknowledges while the results API is down",
			level: "recommended",
			clause: "practice/answer-fast",
			needs: ["results-api"],
			builds: "on-baseline",
			pace: "rough",
			sessions: 2,
			explain: {
				sends: "Two documented callbacks, while the results API answers 503 and while it resets connections.",
				expects: "A 2XX for both.",
				why: "The callback was delivered; whether the API is up is between the receiver and the API.",
				fix: "Store the session, acknowledge it, and retry the fetch from there on your own schedule."
			},
			async run(context) {
				for (const kind of ["unavailable", "reset"]) {
					const sessionId = context.session();
					context.results.fault(sessionId, { kind }, downRequests);
					expectAcknowledged(context, await context.send({ sessionId }));
				}
			}
		},
		{
			id: "results/fetches-again-after-an-api-failure",
			title: "fetches again when the API failed",
			level: "recommended",
			clause: "results/fetched-by-session-id",
			needs: ["results-api"],
			builds: "on-baseline",
			pace: "rough",
			sessions: apiFailures.length,
			explain: {
				sends: "Callbacks for sessions whose first fetch gets 503, 429 with Retry-After, a reset, ten seconds of silence and then a closed connection, a body that is cut off, and a 200 that is not JSON.",
				expects: "The results are fetched in the end, by a retry of the fetch or after a retry of the callback.",
				why: "After the acknowledgement no further callback comes: a fetch that is given up is a lost result.",
				fix: "Retry a failed fetch with growing delays, whatever the failure was (a status, a timeout, a broken connection, a body that cannot be read), and keep the session until it has succeeded."
			},
			run: (context) => fetchesAgain(context, apiFailures)
		},
		{
			id: "results/fetches-again-when-results-are-not-ready",
			title: "fetches again when the results are not ready",
			level: "hardening",
			clause: "results/fetched-by-session-id",
			needs: ["results-api"],
			builds: "on-baseline",
			pace: "rough",
			sessions: 2,
			explain: {
				sends: "Callbacks for two sessions whose first fetch gets 404 and 409.",
				expects: "The results are fetched in the end.",
				why: "A callback may be faster than the replica that the results are read from.",
				fix: "Treat 404 and 409 like a failure that passes, for some minutes."
			},
			run: (context) => fetchesAgain(context, [{ kind: "not-ready-404" }, { kind: "not-ready-409" }])
		},
		{
			id: "results/does-not-fetch-for-a-refused-callback",
			title: "fetches nothing for a callback with wrong credentials",
			level: "recommended",
			clause: "auth/custom-headers",
			needs: [
				"results-api",
				"effects",
				"credentials"
			],
			builds: "on-baseline",
			sessions: 1,
			explain: {
				sends: "The documented callback with wrong credentials.",
				expects: "No request for that session's results.",
				why: "Whoever can make the receiver fetch can use up its quota, and learn which sessions exist.",
				fix: "Check the credentials before anything else."
			},
			async run(context) {
				const set = Object.fromEntries(context.credentials.map(([name, value]) => [name, wrongValue(value, context.randomHex(64))]));
				const attempt = await context.send({ variation: {
					label: "with wrong credentials",
					set
				} });
				const { sessionId } = attempt.request;
				await context.effects([sessionId]);
				const [request] = requestsFor(context, sessionId);
				if (request !== void 0) context.mismatch("no fetch", `${request.method} ${request.target}`, attempt);
			}
		},
		{
			id: "results/keeps-the-session-id-in-its-path-segment",
			title: "lets no session id lead its fetch elsewhere",
			level: "hardening",
			clause: null,
			source: "RFC 3986 §3.3",
			needs: ["results-api", "effects"],
			builds: "on-baseline",
			pace: "rough",
			sessions: 0,
			explain: {
				sends: "Callbacks whose session ids hold ../, %2f, ?, # and @, and two whose ids are . and .. alone.",
				expects: "A refusal, or a fetch with the id percent-encoded in its one path segment.",
				why: "An id that is pasted into a URL can send the receiver's token to another path or host.",
				fix: "Percent-encode the id (encodeURIComponent, quote(id, safe='')), and refuse . and .. as ids."
			},
			async run(context) {
				const mark = context.randomHex(8);
				const ids = [
					`../../${mark}`,
					`..%2f${mark}`,
					`${mark}?a=b`,
					`${mark}#c`,
					`${mark}@127.0.0.1/d`,
					`${mark}/../e`,
					...dotSegments
				];
				const attempts = await Promise.all(ids.map((sessionId) => context.send({
					sessionId,
					variation: { label: `a session id like ${sessionId}` }
				})));
				await context.effects([]);
				for (const { method, target } of context.results.requests()) {
					const lost = lostSegment.test(target);
					if (!lost && (!target.includes(mark) || staysInSegment(target, ids))) continue;
					const blamed = lost ? attempts.find(({ request }) => request.sessionId === (target.includes("/session/") ? "." : "..")) : attempts.find(({ request }) => isFrom(target, request.sessionId));
					context.mismatch("the id percent-encoded in one path segment", `${method} ${target}`, blamed ?? attempts[0] ?? "");
				}
			}
		}
	]
};
const dotSegments = [".", ".."];
const lostSegment = /^\/api\/v\d\/(?:batch|speech-to-text)(?:\/session)?\/results?(?:\?|$)/;
function staysInSegment(target, ids) {
	const segment = /^\/api\/v\d\/(?:batch|speech-to-text)\/session\/([^/?#]+)(?:\/results?)?(?:\?[^#]*)?$/.exec(target)?.[1];
	if (segment === void 0) return false;
	try {
		return ids.includes(decodeURIComponent(segment));
	} catch {
		return false;
	}
}
function isFrom(target, sessionId) {
	const tail = sessionId.replace(/^.*[/#?@%]/, "");
	return target.includes(sessionId) || target.includes(tail);
}
// suites/retries-effects.ts
const duplicatesAtOnce$1 = 5;
const distinctSessions = 10;
const mostRetried = 20;
const siblingsOf = (sessionId) => Array.from({ length: distinctSessions }, (_, digit) => sessionId.slice(0, -1) + digit);
const effectsCheck = (check) => ({
	...check,
	level: "recommended",
	needs: ["effects", ...check.needs ?? []],
	builds: "on-baseline",
	judgesEffects: true
});
const retriesEffects = [
	effectsCheck({
		id: "retries/processes-a-duplicate-once",
		title: "does the work once for a session that comes twice",
		clause: "retry/on-failure",
		spansMinutes: true,
		collects: {
			misdeeds: ["doubled-by-retry"],
			from: "any-suite"
		},
		sessions: 1,
		explain: {
			sends: "The documented callback twice for one session, a (virtual) minute apart.",
			expects: "The session is processed once.",
			why: "An acknowledgement can be lost on its way, and then the sender retries what was already done.",
			fix: "Mark the session as done and enqueue its work in one transaction, under a unique key; or claim it with a lease that a failure releases. Skip only what is done: a mark that is set before the work, and stays when the work fails, loses the session."
		},
		async run(context) {
			await context.schedule({ attempts: 2 });
		}
	}),
	effectsCheck({
		id: "retries/processes-concurrent-duplicates-once",
		title: "does the work once for a session that comes several times at once",
		clause: null,
		source: "good practice",
		collects: {
			misdeeds: ["doubled-at-once"],
			from: "any-suite"
		},
		sessions: 1,
		explain: {
			sends: "Five documented callbacks for one session at the same time.",
			expects: "The session is processed once.",
			why: "Looking a session up and then storing it leaves a gap through which a second one slips.",
			fix: "Let the database decide who does the work: one insert with a unique key, in the transaction that enqueues the work, not a look-up and an insert."
		},
		async run(context) {
			const sessionId = context.session();
			const sends = Array.from({ length: duplicatesAtOnce$1 }, () => context.send({
				sessionId,
				judgesRateLimit: true
			}));
			if ((await Promise.all(sends)).every(({ outcome }) => outcome.kind === "failed")) {
				await context.betweenRetries();
				await context.send({ sessionId });
			}
		}
	}),
	effectsCheck({
		id: "retries/processes-once-after-a-lost-acknowledgement",
		title: "does the work once when its answer was lost",
		clause: "retry/on-failure",
		pace: "rough",
		spansMinutes: true,
		collects: {
			misdeeds: ["doubled-after-lost-answer"],
			from: "any-suite"
		},
		sessions: 1,
		explain: {
			sends: "An attempt whose connection is reset at the first byte of the answer, and the retry a (virtual) minute later.",
			expects: "The session is processed once.",
			why: "The receiver believes that it has answered, the sender has seen nothing: the commonest origin of duplicates.",
			fix: "Mark the session in the transaction that enqueues its work, before answering, and treat the retry as a duplicate of what is done."
		},
		async run(context) {
			await context.schedule({
				attempts: 2,
				onTheWay: ["lost-ack"]
			});
		}
	}),
	effectsCheck({
		id: "retries/processes-the-retry-of-an-aborted-request",
		title: "does the work for the retry of a request that was cut off",
		clause: "retry/on-failure",
		pace: "rough",
		spansMinutes: true,
		collects: {
			misdeeds: ["lost-after-cut", "doubled-after-cut"],
			from: "any-suite"
		},
		sessions: 1,
		explain: {
			sends: "An attempt that is cut in the middle of its body, and the whole request a (virtual) minute later.",
			expects: "Once the retry is acknowledged, the session is processed once.",
			why: "A receiver that marks a session as seen, by its header, before the body has arrived takes the retry for a duplicate: it is acknowledged and never processed.",
			fix: "Mark a session only once its request is complete and valid, together with handing it to the work."
		},
		async run(context) {
			const [, retry] = await context.schedule({
				attempts: 2,
				onTheWay: ["cut"]
			});
			if (retry !== void 0 && !isAcknowledged(retry)) return notApplicable("the retry was not acknowledged, which acknowledges-after-an-aborted-request judges");
		}
	}),
	{
		...effectsCheck({
			id: "retries/processes-the-retry-of-a-failed-attempt",
			title: "does the work for the retry of an attempt that it failed itself",
			clause: "retry/on-failure",
			collects: {
				misdeeds: ["lost-after-failure", "doubled-after-failure"],
				from: "any-suite"
			},
			sessions: 0,
			explain: {
				sends: "Whatever documented callback of this run the receiver itself answered with a 429 or 5XX, once more, as the schedule would.",
				expects: "Once the retry is acknowledged, the session is processed once; an effect of the failed attempt counts, too.",
				why: "A receiver that marks a session and then fails takes the retry for a duplicate: it is acknowledged and never processed.",
				fix: "Claim the session in the same transaction as the work (or as handing it to the queue), or with a lease that a failure releases; skip only what is done."
			},
			async run(context) {
				const failed = context.unacknowledged().slice(0, mostRetried);
				for (const sessionId of failed) {
					await context.betweenRetries();
					const retry = await context.send({ sessionId });
					if (!isAcknowledged(retry)) await context.send({ sessionId });
				}
				if (failed.length === 0) return notApplicable("the receiver answered no documented callback of this run with a 429 or 5XX");
			}
		}),
		pace: "alone"
	},
	effectsCheck({
		id: "retries/processes-once-across-the-schedule",
		title: "does the work once over the whole schedule",
		clause: "retry/schedule",
		needs: ["elapsed-time"],
		spansMinutes: true,
		collects: {
			misdeeds: ["doubled-by-retry"],
			from: "any-suite"
		},
		sessions: 1,
		explain: {
			sends: "All attempts of the schedule for one session, at their real times.",
			expects: "The session is processed once.",
			why: "A receiver that forgets sessions after ten minutes does the work again at {late}.",
			fix: "Remember sessions for longer than the whole schedule: a day is safe."
		},
		async run(context) {
			await context.schedule({ attempts: context.contract.retry.delaysMs.length + 1 });
		}
	}),
	effectsCheck({
		id: "retries/processes-every-session",
		title: "does the work of every session",
		clause: "practice/unique-session-ids",
		collects: {
			misdeeds: ["lost", "doubled"],
			from: "any-suite"
		},
		sessions: distinctSessions,
		explain: {
			sends: "Documented callbacks for ten sessions at the same time, whose ids differ in their last character alone; and whatever else of this run was acknowledged is looked at.",
			expects: "Each session that was acknowledged is processed once.",
			why: "Deduplication by the wrong key (a column too short, an id read as a number), or work lost in the background, drops sessions that were acknowledged.",
			fix: "Deduplicate by the session id alone, acknowledge only once the work is stored where a restart does not lose it, and let a queue refuse what it cannot take."
		},
		async run(context) {
			const ids = context.inventsSessions ? siblingsOf(context.session()) : Array.from({ length: distinctSessions }, () => context.session());
			await Promise.all(ids.map((sessionId) => context.send({ sessionId })));
		}
	}),
	{
		id: "retries/processes-nothing-from-an-aborted-request",
		title: "does no work for a request that was cut off",
		level: "hardening",
		clause: "request/body",
		needs: ["effects"],
		builds: "on-baseline",
		pace: "rough",
		sessions: 1,
		explain: {
			sends: "One attempt that is cut in the middle of its body.",
			expects: "The session is not processed.",
			why: "Half a body may hold a whole session id; what was not received whole was not received.",
			fix: "Start the work only once the request is complete and valid."
		},
		async run(context) {
			const sessionId = context.session();
			const attempt = await context.send({
				sessionId,
				onTheWay: "cut"
			});
			const times = (await context.effects([sessionId])).get(sessionId) ?? 0;
			if (times > 0) context.mismatch("no effect", `processed ${times} times`, attempt);
		}
	}
];
// suites/retries-instances.ts
const retriesInstances = [{
	id: "retries/processes-once-across-instances",
	title: "does the work once for a session whose attempts come to several of its instances",
	level: "recommended",
	clause: "retry/on-failure",
	needs: ["effects", "instances"],
	builds: "on-baseline",
	spansMinutes: true,
	judgesEffects: true,
	sessions: 12,
	explain: {
		sends: "One callback to each instance alone, to see that its effects are seen; then all attempts of a delivery, the first to one instance, each retry to the next one and round again; and a second delivery the other way round. One instance is taken together with the callback URL.",
		expects: "Each session is processed once.",
		why: "A receiver that runs more than once, as pods, workers or functions, gets a retry wherever the balancer sends it: to another pod than the first attempt, or to the same one after a deploy has emptied its memory. One that remembers sessions in its own memory, or in a file beside it, does the work again there. A balancer that keeps one client on one pod hides that in a test, and not when a pod is replaced.",
		fix: "Remember sessions where all instances see them: a unique key in the database, in the transaction that enqueues the work, or one shared store; not a set in the process."
	},
	async run(context) {
		const places = placesOf(context);
		const unseen = await unseenPlace(context, places);
		if (unseen !== null) return unseen;
		const attempts = context.contract.retry.delaysMs.length + 1;
		for (const order of [places, places.toReversed()]) {
			const instances = Array.from({ length: attempts }, (_, attempt) => order[attempt % order.length]);
			await context.schedule({
				attempts,
				instances
			});
		}
	}
}];
function placesOf({ instances }) {
	const all = Array.from({ length: instances }, (_, position) => position);
	return all.length === 1 ? [void 0, ...all] : all;
}
async function unseenPlace(context, places) {
	const alone = places.flatMap((instance) => instance === void 0 ? [] : [{
		instance,
		sessionId: context.session()
	}]);
	for (const how of alone) {
		const attempt = await context.send({
			...how,
			leavesEffectOpen: true
		});
		if (!isAcknowledged(attempt)) return notJudged(`instance ${how.instance + 1} did not acknowledge a callback: see the attempt`);
	}
	const seen = await context.effects(alone.map(({ sessionId }) => sessionId));
	const blind = alone.find(({ sessionId }) => (seen.get(sessionId) ?? 0) === 0);
	if (blind === void 0) return null;
	return notObservable(`what instance ${blind.instance + 1} processes does not show: have the probe count over all instances, and raise --settle where it takes longer`);
}
// suites/retries.ts
const duplicatesAtOnce = 5;
const lockPauseMs = 5e3;
const isBusy = (attempt) => busyStatuses.has(attempt.response?.status ?? 0) || isRateLimited(attempt);
// suites/index.ts
const suites = [
	callbackUrl,
	acknowledgement,
	payload,
	authentication,
	{
		id: "retries",
		title: "The same session comes again, on the documented schedule",
		checks: [
			{
				id: "retries/acknowledges-a-duplicate",
				title: "acknowledges a session that it has acknowledged before",
				level: "required",
				clause: "retry/on-failure",
				builds: "on-baseline",
				spansMinutes: true,
				sessions: 1,
				explain: {
					sends: "The documented callback twice for one session, a (virtual) minute apart.",
					expects: "A 2XX for both.",
					why: "An answer can be lost on its way, and then the sender retries: a refusal keeps it retrying to the end.",
					fix: "Answer a session you know with the same 2XX, without doing the work again."
				},
				async run(context) {
					expectAcknowledged(context, ...await context.schedule({ attempts: 2 }));
				}
			},
			{
				id: "retries/acknowledges-every-scheduled-attempt",
				title: "acknowledges each attempt of the whole schedule",
				level: "required",
				clause: "retry/schedule",
				builds: "on-baseline",
				spansMinutes: true,
				sessions: 1,
				explain: {
					sends: "All attempts of the schedule for one session, byte for byte the same, whatever is answered.",
					expects: "A 2XX for each.",
					why: "When every answer is lost, the receiver meets one session {attempts} times within {span}.",
					fix: "Answer a session you know with the same 2XX, without doing the work again."
				},
				async run(context) {
					const attempts = context.contract.retry.delaysMs.length + 1;
					expectAcknowledged(context, ...await context.schedule({ attempts }));
				}
			},
			{
				id: "retries/acknowledges-after-a-lost-acknowledgement",
				title: "acknowledges the retry after its first answer was lost",
				level: "required",
				clause: "retry/on-failure",
				builds: "on-baseline",
				pace: "rough",
				spansMinutes: true,
				sessions: 1,
				explain: {
					sends: "An attempt whose connection is reset at the first byte of the answer, and the retry a (virtual) minute later.",
					expects: "A 2XX for the retry.",
					why: "The receiver believes that it has answered, the sender has seen nothing: the commonest origin of duplicates.",
					fix: "Treat the retry as a duplicate: answer it with a 2XX, without doing the work again."
				},
				async run(context) {
					const [, retry] = await context.schedule({
						attempts: 2,
						onTheWay: ["lost-ack"]
					});
					if (retry !== void 0) expectAcknowledged(context, retry);
				}
			},
			{
				id: "retries/acknowledges-after-an-aborted-request",
				title: "acknowledges the retry after its first request was cut off",
				level: "recommended",
				clause: "retry/on-failure",
				builds: "on-baseline",
				pace: "rough",
				spansMinutes: true,
				sessions: 1,
				explain: {
					sends: "An attempt that is cut in the middle of its body, and the whole request a (virtual) minute later.",
					expects: "A 2XX for the retry.",
					why: "A receiver that takes note of a session before it has the whole request may refuse the retry.",
					fix: "Take note of a session only once its request is complete and valid."
				},
				async run(context) {
					const [, retry] = await context.schedule({
						attempts: 2,
						onTheWay: ["cut"]
					});
					if (retry !== void 0) expectAcknowledged(context, retry);
				}
			},
			{
				id: "retries/acknowledges-concurrent-duplicates",
				title: "copes with one session coming several times at once",
				level: "recommended",
				clause: null,
				source: "good practice",
				builds: "on-baseline",
				sessions: 1,
				explain: {
					sends: "Five documented callbacks for one session at the same time, and one more when all are answered.",
					expects: "For each a 2XX, or 409, 425 or 429 while the first is under way; for the last a 2XX.",
					why: "The documented sender never overlaps attempts, but proxies and load balancers repeat requests.",
					fix: "Treat a conflict of the unique key as a duplicate and not as an error: answer it with a 2XX, or with 409 as long as the first is still under way."
				},
				async run(context) {
					const sessionId = context.session();
					const attempts = await Promise.all(Array.from({ length: duplicatesAtOnce }, () => context.send({
						sessionId,
						judgesRateLimit: true
					})));
					for (const attempt of attempts) if (!isAcknowledged(attempt) && !isBusy(attempt)) context.mismatch("a 2XX, 409, 425 or 429", whatCame(attempt), attempt);
					let later = await context.send({
						sessionId,
						judgesRateLimit: true
					});
					if (isBusy(later)) {
						await context.pause(lockPauseMs);
						later = await context.send({ sessionId });
					}
					expectAcknowledged(context, later);
				}
			},
			{
				id: "retries/acknowledges-interleaved-sessions",
				title: "keeps sessions apart whose retries interleave",
				level: "recommended",
				clause: "practice/unique-session-ids",
				builds: "on-baseline",
				sessions: 3,
				explain: {
					sends: "Callbacks and retries of three sessions out of order: A, B, A, C, B, C, A.",
					expects: "A 2XX for each.",
					why: "Several jobs are under way at once; what a receiver remembers must be by session.",
					fix: "Key whatever you remember by the session id; expect no order between sessions."
				},
				async run(context) {
					const [a, b, c] = [
						context.session(),
						context.session(),
						context.session()
					];
					const met = new Set();
					for (const sessionId of [
						a,
						b,
						a,
						c,
						b,
						c,
						a
					]) {
						if (met.has(sessionId)) await context.betweenRetries();
						met.add(sessionId);
						const attempt = await context.send({ sessionId });
						expectAcknowledged(context, attempt);
						if (isTimeout(attempt)) return;
					}
				}
			},
			...retriesEffects,
			...retriesInstances
		]
	},
	results,
	load,
	fuzzing,
	badInput
];
// src/runner/suites-under.ts
function suitesUnder(contract, suites) {
	return suites.map((suite) => ({
		...suite,
		checks: suite.checks.filter(({ fits }) => fits?.(contract) ?? true).map((check) => checkUnder(contract, check))
	})).filter(({ checks }) => checks.length > 0);
}
function checkUnder(contract, check) {
	const { explain, clause } = check;
	const said = (text) => withFigures(text, contract);
	const isSaid = clause === null || contract.clauses.some(({ id }) => id === clause);
	return {
		...check,
		...!isSaid && {
			level: check.level === "required" ? "recommended" : check.level,
			clause: null,
			source: check.source ?? "good practice"
		},
		title: said(check.title),
		explain: {
			sends: said(explain.sends),
			expects: said(explain.expects),
			why: said(explain.why),
			fix: said(explain.fix)
		}
	};
}
// src/cli/option.ts
function readOptions(table, raw) {
	const values = Object.entries(table).map(([name, spec]) => [name, readOption(name, spec, raw[name])]);
	return Object.fromEntries(values);
}
function readOption(name, spec, raw) {
	if (spec.kind === "flag") return lastOf(raw) === true;
	const given = raw ?? spec.default;
	if (given === void 0) return spec.kind === "list" ? [] : void 0;
	const values = [given].flat().map((value) => oneValue(name, value));
	if (spec.kind === "list") {
		const parts = spec.commas === true ? values.flatMap(splitAtCommas) : values;
		for (const part of parts) {
			if (part === "") throw unusable(name, expectedOf(spec), part);
			if (spec.choices !== void 0) assertChoice(name, spec.choices, part);
		}
		return parts;
	}
	const value = values.at(-1) ?? "";
	if (value.trim() === "") throw unusable(name, expectedOf(spec), value);
	return readSingle(name, spec, value);
}
function readSingle(name, spec, value) {
	switch (spec.kind) {
		case "text": return value;
		case "choice":
			assertChoice(name, spec.choices, value);
			return value;
		case "count": {
			const number = /^\d+$/.test(value) ? Number(value) : NaN;
			if (!(number >= spec.min && number <= spec.max)) throw unusable(name, expectedOf(spec), value);
			return number;
		}
		case "rate": {
			const number = Number(value);
			if (!(number > 0 && number < Infinity)) throw unusable(name, expectedOf(spec), value);
			return number;
		}
		case "duration": {
			const ms = parseDurationMs(value);
			if (ms === null) throw unusable(name, expectedOf(spec), value);
			return ms;
		}
	}
}
function expectedOf(spec) {
	switch (spec.kind) {
		case "flag": return "true or false";
		case "text": return "a value";
		case "choice": return `one of ${spec.choices.join(", ")}`;
		case "list": return spec.choices === void 0 ? "a value" : `one or more of ${spec.choices.join(", ")}`;
		case "count": return `a whole number from ${spec.min} to ${spec.max}`;
		case "rate": return "a number above zero";
		case "duration": return "a duration above zero such as 90s, 5m or 1h (without a unit it is seconds)";
	}
}
function splitAtCommas(value) {
	return value.split(/,(?![^{}]*\})/).map((part) => part.trim());
}
function assertChoice(name, choices, value) {
	if (choices.includes(value)) return;
	const expected = `--${name}: expected ${choices.join(", ")}, got ${JSON.stringify(value)}`;
	throw new UsageError("ERR_OPTION", `${expected}${suggestion(value, choices)}`);
}
function oneValue(name, value) {
	if (typeof value === "string" || typeof value === "number") return String(value);
	throw new UsageError("ERR_OPTION", `--${name}: expected a value, got --no-${name}`);
}
function unusable(name, expected, value) {
	const got = value.trim() === "" ? "an empty one" : JSON.stringify(value);
	return new UsageError("ERR_OPTION", `--${name}: expected ${expected}, got ${value === "" ? "none" : got}`);
}
function lastOf(raw) {
	return Array.isArray(raw) ? raw.at(-1) : raw;
}
// src/cli/list/list-command.ts
async function listCommand(given) {
	const { suite, check, skip, level, json, clauses, contract: id } = readOptions(listOptions, given.options);
	const contract = contractOf({
		contract: id,
		method: void 0
	});
	const suites$1 = suitesUnder(contract, suites);
	const isFiltered = [
		suite,
		check,
		skip,
		level
	].some(({ length }) => length > 0);
	if (clauses) {
		if (isFiltered) throw new UsageError("ERR_LIST", "--clauses: expected no filter beside it");
		print((await import("./list-clauses-CMBy2z-g.js")).listClauses(contract, json));
		return 0;
	}
	const selected = isFiltered ? (await import("./selection-B_IwHTaY.js")).selectChecks(suites$1, {
		suites: suite,
		checks: check,
		skip,
		...level.length > 0 && { levels: level }
	}) : new Set(suites$1.flatMap(({ checks }) => checks.map(({ id }) => id)));
	const shown = suites$1.map(({ id, title, checks }) => ({
		id,
		title,
		checks: checks.filter((each) => selected.has(each.id))
	})).filter(({ checks }) => checks.length > 0);
	if (json) {
		print(JSON.stringify(shown.map((each) => ({
			...each,
			checks: each.checks.map(facts)
		})), null, 2));
		return 0;
	}
	const color = wantsColor(process.stdout);
	const style = (format, text) => color ? styleText(format, text) : text;
	const width = Math.max(...[...selected].map((id) => id.length));
	const text = shown.map(({ id, title, checks }) => [`${style("bold", id)}: ${title}`, ...checks.map((each) => `  ${each.level.padEnd(11)}  ${each.id.padEnd(width)}  ${style("dim", basis(each))}`.trimEnd())].join("\n"));
	print(`${text.join("\n\n")}\n\n${selected.size} checks in ${shown.length} suites`);
	return 0;
}
const basis = ({ clause, source }) => clause ?? source ?? "";
function facts({ id, title, level, clause, source, needs, sessions, aliases }) {
	return {
		id,
		title,
		level,
		clause,
		source: source ?? null,
		needs: needs ?? [],
		sessions,
		aliases: aliases ?? []
	};
}
export { freeTextValues as C, nearMisses as S, answerOf as _, suites as a, pairsOf as b, createPace as c, isAcknowledged as d, isRateLimited as f, causeOf as g, whatCame as h, suitesUnder as i, retryAfterMs as l, responseHeader as m, expectedOf as n, answerOfItsOwn as o, isTimeout as p, readOptions as r, asksForLess as s, listCommand as t, siblingPath as u, isoTime as v, percentDecoded as w, urlSecretsIn as x, parseTime as y };

//# sourceMappingURL=catalogue-DCc5JICU.js.map