import type { Answer } from "./answer.js";

/** A likely cause that an answer shows by itself. */
export interface Cause {
  readonly id: string;
  /** Stands between the sender and the receiver, and wants a browser or a person: no receiver's own refusal. */
  readonly wall?: true;
  /** A router's answer where nothing is registered, unmistakably: the receiver itself was never asked. */
  readonly noRoute?: true;
  /** Explains an answer to the documented callback only: a varied request may be refused for what was varied. */
  readonly documentedOnly?: true;
  readonly shows: (answer: Answer) => boolean;
  /** A clause that goes on after the status: "a redirect to …". */
  readonly says: string;
  readonly fix: string;
}

const isRedirect = ({ status }: Answer): boolean => status >= 300 && status <= 399;
/** Segments of a path that stand for a login, Rails' `/sessions/new` apart. */
const loginSegment = /(^|[._-])(log[-_]?[io]n|sign[-_]?[io]n|sso|oauth2?|authorize|authenticate|auth|saml2?)([._-]|$)/i;
const loginHosts =
  /^(accounts?|auth|idp|login|signin|sso)\.|(^|\.)(okta\.com|oktapreview\.com|auth0\.com|onelogin\.com|cloudflareaccess\.com|duosecurity\.com|pingone\.com|amazoncognito\.com|b2clogin\.com|ciamlogin\.com)$/i;
/** Of OpenID Connect and OAuth (RFC 6749 §4.1.1), and of SAML's redirect binding. */
const loginParameters = /[?&](client_id|SAMLRequest)=/;
const passwordField = /<input\b[^>]*\btype\s*=\s*["']?password\b/i;
const loginMarkup =
  /\b(kc-form-login|okta-signin-widget|okta-sign-in|auth0-lock|wp-login\.php|id_userLoginId|user_login_form)\b|<form\b[^>]*\baction\s*=\s*["'][^"']*\/(log-?in|sign-?in|users\/sign_in|sso)\b|<title>[^<]*\b(log|sign)[ -]?in\b/i;

/** Said by the protection itself; that a field or a file has `csrf` in its name says nothing. */
const csrfRefusal =
  /\b[cx]srf[ _-]?(token|cookie|header|check|verification|validation|protection|failed|attack|mismatch|error)|(invalid|missing|bad)[ _]?[cx]srf|EBADCSRFTOKEN|cross[- ]site request forgery|invalid ?authenticity ?token|<title>[^<]*Page Expired|The change you wanted was rejected/i;

/** Pages carry the token for their own forms, whatever they say themselves. */
const withoutTokens = (html: string): string => html.replaceAll(/<(meta|input|script)\b[^>]*>/gi, "");

/** Whether it leads to the same path, the trailing slash apart: the router's doing or the proxy's, no login's. */
const leadsToTheSamePath = ({ location, requested }: Answer): boolean =>
  location !== null && location.pathname.replace(/\/$/, "") === requested.pathname.replace(/\/$/, "");

/** Judged by what is new in it: the callback itself may live under `/auth/` or on `login.example.com`. */
function leadsToALogin({ location, requested }: Answer): boolean {
  if (location === null) return false;
  if (location.hostname !== requested.hostname && loginHosts.test(location.hostname)) return true;
  const known = new Set(requested.pathname.split("/"));
  const added = location.pathname.split("/").filter((segment) => !known.has(segment));
  return (
    added.some((segment) => loginSegment.test(segment)) ||
    /\/sessions?\/new\b/.test(location.pathname) ||
    loginParameters.test(location.search)
  );
}

/** In order: the first that shows is named. Each is data: what shows it, what to say, how to fix it. */
export const causes: readonly Cause[] = [
  {
    id: "bot-wall",
    wall: true,
    shows: ({ status, header, body, isHtml }) =>
      header("cf-mitigated") !== "" ||
      header("x-amzn-waf-action") !== "" ||
      header("x-sucuri-block") !== "" ||
      header("x-dd-b") !== "" ||
      // Imperva challenges with 200 too, DataDome and Cloudflare answer programs in JSON and plain text.
      /Incapsula incident ID|_Incapsula_Resource\?[^"]*incident_id|captcha-delivery\.com/i.test(body) ||
      /^\s*error code: 10\d\d\s*$/.test(body) ||
      (isHtml &&
        [403, 429, 503].includes(status) &&
        /Just a moment\.\.\.|Attention Required! \| Cloudflare|used Cloudflare to restrict access|cf-chl-|Pardon Our Interruption|errors\.edgesuite\.net|captcha/i.test(
          body,
        )),
    says: "a bot wall in front of the receiver asks for a browser",
    fix: "Exempt the callback path from the bot protection (a WAF rule that skips it), and check the configured header instead.",
  },
  {
    id: "preview-gate",
    wall: true,
    shows: ({ status, header, body, isHtml, location }) =>
      [401, 403, 302, 303, 307, 308].includes(status) &&
      (/_vercel_sso_nonce/.test(header("set-cookie")) ||
        (location?.hostname === "vercel.com" && location.pathname.startsWith("/sso")) ||
        (isHtml && /Vercel Authentication|vercel\.com\/sso|Deployment Protection|Password protected site/i.test(body))),
    says: "the access gate of a preview deployment",
    fix: "Turn the deployment protection off for this environment, or pass its bypass token as a header with -H.",
  },
  {
    id: "csrf-refusal",
    wall: true,
    shows: ({ status, body }) => [400, 403, 419, 422].includes(status) && csrfRefusal.test(withoutTokens(body)),
    says: "the framework's CSRF protection refused the request",
    fix: "Exempt the callback path from CSRF protection: the sender is no browser and has no token.",
  },
  {
    id: "login-redirect",
    wall: true,
    shows: (answer) => isRedirect(answer) && !leadsToTheSamePath(answer) && leadsToALogin(answer),
    says: "a redirect to a login page",
    fix: "Take the callback path out of the login, and check the configured header instead.",
  },
  {
    id: "http-to-https-redirect",
    shows: (answer) =>
      isRedirect(answer) &&
      answer.requested.protocol === "http:" &&
      answer.location?.protocol === "https:" &&
      answer.location.hostname === answer.requested.hostname,
    says: "a redirect from http to https",
    fix: "Configure the callback URL with https://.",
  },
  {
    id: "trailing-slash-redirect",
    shows: (answer) =>
      isRedirect(answer) && leadsToTheSamePath(answer) && answer.location?.pathname !== answer.requested.pathname,
    says: "a redirect that adds or removes the trailing slash",
    fix: "Configure the callback URL with the trailing slash just as the router has it.",
  },
  {
    id: "host-redirect",
    shows: (answer) => isRedirect(answer) && answer.location !== null && answer.location.host !== answer.requested.host,
    says: "a redirect to another host",
    fix: "Configure the callback URL with the host that answers by itself.",
  },
  {
    id: "redirect",
    shows: isRedirect,
    says: "a redirect",
    fix: "Configure the callback URL that answers by itself; the sender follows no redirect.",
  },
  {
    id: "login-page",
    wall: true,
    shows: ({ status, isHtml, body }) =>
      isHtml && (status < 400 || [401, 403].includes(status)) && (passwordField.test(body) || loginMarkup.test(body)),
    says: "a login page",
    fix: "Take the callback path out of the login, and check the configured header instead.",
  },
  {
    id: "framework-404",
    noRoute: true,
    shows: ({ status, body }) =>
      status === 404 &&
      /Cannot POST |Route POST:|No route matches|Using the URLconf defined in|The route \S* could not be found|No static resource|<center>nginx/i.test(
        body,
      ),
    says: "the framework's own 404: no route for POST at this path",
    fix: "Register a POST route for exactly this path, or correct the callback URL.",
  },
  {
    id: "default-404",
    // A handler that looks up the session in vain may give the very same.
    shows: ({ status, body }) =>
      status === 404 &&
      /404 page not found|The requested (URL|resource)\b.{0,200} was not found on (the|this) server|<title>\s*(404\b|(Page )?Not Found\b)|(This|The) page (you were looking for|could not)|Whitelabel Error Page|HTTP Status 404|HTTP ERROR 404|NotFoundHttpException|^\s*(404:? )?Not Found\s*$|^\s*\{\s*"(detail|message)"\s*:\s*"Not Found"\s*\}\s*$/i.test(
        body,
      ),
    says: "a framework's default 404: probably no route for POST at this path",
    fix: "Register a POST route for exactly this path, or correct the callback URL.",
  },
  {
    id: "gateway-without-route",
    noRoute: true,
    shows: ({ status, body }) =>
      status === 403 && /^\s*\{\s*"message"\s*:\s*"Missing Authentication Token"\s*\}\s*$/.test(body),
    says: "the API gateway has no such route or method, or wants signed requests",
    fix: "Deploy a POST method for exactly this path, stage included, without IAM authorization.",
  },
  {
    id: "method-not-allowed",
    documentedOnly: true,
    shows: ({ status }) => status === 405,
    says: "the path is there, but not for POST",
    fix: "Accept POST at this path.",
  },
  {
    id: "unsupported-media-type",
    documentedOnly: true,
    shows: ({ status }) => status === 415,
    says: "the framework refuses the content type application/json",
    fix: "Register a JSON body parser for this path, and let it take parameters after application/json.",
  },
  {
    id: "body-limit",
    documentedOnly: true,
    shows: ({ status }) => status === 413,
    says: "a limit on request bodies, of the receiver or of a proxy in front of it",
    fix: "Raise the limit for this path: the documented callback has about a hundred bytes (nginx: client_max_body_size).",
  },
  {
    id: "body-not-parsed",
    documentedOnly: true,
    shows: ({ status, body }) =>
      [400, 422, 500].includes(status) &&
      /(sessionId|session_id)\b[^.]{0,60}\b(required|missing|undefined|null|not present|None)\b|\b(undefined|null)\b[^.]{0,40}sessionId|body is (required|missing|undefined|null)\b|body must be (an )?object\b|KeyError: '?sessionId/i.test(
        body,
      ),
    says: "the receiver found no sessionId: its body parser may not read this request",
    fix: "Enable JSON body parsing for this path and read sessionId from the parsed body.",
  },
  {
    id: "proxy-error",
    // 520 to 527 are Cloudflare's, of the server behind it.
    shows: ({ status }) => status === 502 || status === 504 || (status >= 520 && status <= 527),
    says: "a proxy in front of the receiver could not reach it, or not in time",
    fix: "Look at the receiver behind the proxy: is it up, and is the proxy's timeout longer than its answer takes?",
  },
  {
    id: "http2-only",
    shows: ({ failure }) => /^tls .*NO_APPLICATION_PROTOCOL$/.test(failure),
    says: "what listens there speaks HTTP/2 only",
    fix: "Allow HTTP/1.1 beside it: the documented sender speaks HTTP/1.1.",
  },
  {
    id: "missing-intermediate",
    shows: ({ failure }) =>
      /^tls (UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/.test(failure),
    says: "the certificate's issuer is unknown: probably the server does not send the intermediate certificate, or the CA is a private one",
    fix: "Serve the full chain (fullchain.pem, not cert.pem); pass a private CA with --ca.",
  },
  {
    id: "self-signed-certificate",
    shows: ({ failure }) => /^tls (DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/.test(failure),
    says: "the certificate is self-signed, or its chain ends in a root that nobody knows",
    fix: "Use a certificate of a well-known CA; pass a private CA with --ca.",
  },
  {
    id: "certificate-name",
    shows: ({ failure }) => failure === "tls ERR_TLS_CERT_ALTNAME_INVALID",
    says: "the certificate is for another name",
    fix: "Get a certificate that names this host.",
  },
  {
    id: "expired-certificate",
    shows: ({ failure }) => failure === "tls CERT_HAS_EXPIRED",
    says: "the certificate has expired",
    fix: "Renew it, and see to it that renewal is automatic.",
  },
  {
    id: "certificate-not-yet-valid",
    shows: ({ failure }) => failure === "tls CERT_NOT_YET_VALID",
    says: "the certificate is not valid yet",
    fix: "Look at the clocks of the server and of this machine, and at the certificate's first day.",
  },
  {
    id: "client-certificate",
    shows: ({ failure }) =>
      /^tls ERR_SSL_(TLSV13_ALERT_CERTIFICATE_REQUIRED|SSLV3_ALERT_BAD_CERTIFICATE)$/.test(failure),
    says: "the server asks for a client certificate",
    fix: "Turn mutual TLS off for the callback path: the sender has no certificate.",
  },
  {
    id: "plain-http-on-tls-port",
    shows: ({ failure }) => /^tls (EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/.test(failure),
    says: "what listens there probably speaks plain HTTP, not TLS",
    fix: "Use the port that serves https, or http:// with --local on a laptop.",
  },
  {
    id: "tls-failure",
    shows: ({ failure }) => failure.startsWith("tls "),
    says: "TLS failed before any handler was asked",
    fix: "Look at the TLS configuration of whatever ends TLS in front of the receiver; `openssl s_client` shows what it offers.",
  },
  {
    id: "not-http",
    shows: ({ failure }) => failure.startsWith("protocol "),
    says: "what came is no answer of HTTP/1.1",
    fix: "Make sure that an HTTP/1.1 server listens at this port, and that nothing in front of it rewrites its answers.",
  },
  {
    id: "unauthorized",
    documentedOnly: true,
    shows: ({ status }) => status === 401,
    says: "the receiver did not accept the credentials, or misses some",
    fix: "Pass the headers that are configured with the webhook, with -H; compare name, value and environment.",
  },
  {
    id: "html-with-200",
    shows: ({ status, isHtml }) => isHtml && status >= 200 && status <= 299,
    says: "an HTML page, not an API's answer: perhaps a catch-all page or a single-page app",
    fix: "Make sure that the callback handler itself answers at this path.",
  },
];

/**
 * The likely cause that an answer shows; null where it shows none.
 * @param isVaried the request was not the documented one.
 */
export function causeOf(answer: Answer, isVaried = false): Cause | null {
  return causes.find((cause) => cause.shows(answer) && !(isVaried && cause.documentedOnly === true)) ?? null;
}
