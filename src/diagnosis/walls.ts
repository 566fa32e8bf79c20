import type { Answer } from "./answer.js";
import type { Rule } from "./cause.js";
import { isRedirect, leadsToTheSamePath } from "./redirects.js";

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

/** What stands between the sender and the receiver, and no receiver says of itself. */
export const walls: readonly Rule[] = [
  {
    id: "bot-wall",
    wall: "browser",
    shows: ({ status, header, body, isHtml }) =>
      header("cf-mitigated") !== "" ||
      header("x-amzn-waf-action") !== "" ||
      header("x-sucuri-block") !== "" ||
      header("x-dd-b") !== "" ||
      // Imperva challenges with 200 too, DataDome and Cloudflare answer programs in JSON and plain text.
      /Incapsula incident ID|_Incapsula_Resource\?[^"]*incident_id|captcha-delivery\.com/i.test(body) ||
      /^\s*error code: 10(?!33)\d\d\s*$/.test(body) ||
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
    wall: "browser",
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
    wall: "browser",
    shows: ({ status, body }) => [400, 403, 419, 422].includes(status) && csrfRefusal.test(withoutTokens(body)),
    says: "the framework's CSRF protection refused the request",
    fix: "Exempt the callback path from CSRF protection: the sender is no browser and has no token.",
  },
  {
    id: "login-redirect",
    wall: "browser",
    shows: (answer) => isRedirect(answer) && !leadsToTheSamePath(answer) && leadsToALogin(answer),
    says: "a redirect to a login page",
    fix: "Take the callback path out of the login, and check the configured header instead.",
  },
];

export const loginPage: Rule = {
  id: "login-page",
  wall: "browser",
  shows: ({ status, isHtml, body }) =>
    isHtml && (status < 400 || [401, 403].includes(status)) && (passwordField.test(body) || loginMarkup.test(body)),
  says: "a login page",
  fix: "Take the callback path out of the login, and check the configured header instead.",
};
