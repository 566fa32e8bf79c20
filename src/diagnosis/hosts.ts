import type { Answer } from "./answer.js";
import type { Rule } from "./cause.js";

/**
 * Each says by itself that it is the name in the URL that it does not serve: Rails' HostAuthorization, Vite, Django's
 * debug page, webpack-dev-server (with 200 before version 5.2.1), Starlette's TrustedHostMiddleware, Sinatra, ASP.NET Core.
 */
const refusedHost =
  /\bBlocked hosts?: \S|\bBlocked request\. This host \(|Invalid HTTP_HOST header: |\bDisallowedHost\b|^\s*(Invalid Host header|Host not permitted)\s*$|<(h2|title)>Bad Request ?- ?Invalid Host ?name/i;

/** A refusal that names the host of the callback URL, as Werkzeug's, Symfony's and Angular's do, and whatever is like them. */
function refusesByName({ status, body, requested }: Answer): boolean {
  if (![400, 403, 421].includes(status)) return false;
  const at = body.indexOf(requested.hostname);
  const around = at < 0 ? "" : body.slice(Math.max(0, at - sentence), at + requested.hostname.length + sentence);
  return /\bhosts?(name)?\b/i.test(around) && refusesIt.test(around);
}

/** Characters of one before and behind the name. */
const sentence = 80;
const refusesIt =
  /\b(not|isn't) (allowed|trusted|permitted|accepted|recogni[sz]ed|authori[sz]ed|whitelisted)\b|\b(untrusted|disallowed|blocked)\b/i;

/** A list of addresses that says so: a client that is not authorized may be any that has no right. */
const refusedAddress =
  /\b(ip|(client|source|remote)([ -]?(ip|address)|\W{1,3}[\da-f]+[.:][\d.:a-f]+))\b[^.]{0,30}([\d.:a-f]{3,45})?[^.]{0,40}\b(not|isn't) (allowed|permitted|authori[sz]ed|white-?listed|allow-?listed|on the)\b/i;

/** Django's page for what it calls suspicious, without its debug page. */
const bareDjango400 = /<title>\s*Bad Request \(400\)\s*<\/title>/;

/** Allow-lists of host names, and what a tunnel says of itself. */
export const hosts: readonly Rule[] = [
  {
    id: "host-not-allowed",
    wall: "rule",
    shows: (answer) =>
      ([200, 400, 403, 421].includes(answer.status) && refusedHost.test(answer.body)) || refusesByName(answer),
    says: ({ requested }) => `the framework refused the host name ${requested.hostname}, which is not on its list`,
    fix: "Add the host name of the callback URL to the framework's list (Rails: config.hosts; Django: ALLOWED_HOSTS; Vite: server.allowedHosts; webpack: devServer.allowedHosts; Starlette: allowed_hosts; Sinatra: host_authorization; ASP.NET Core: AllowedHosts; Werkzeug and Symfony: trusted hosts), or let the proxy or tunnel send a Host that is on it.",
  },
  {
    id: "django-bare-400",
    documentedOnly: true,
    shows: ({ status, body }) => status === 400 && bareDjango400.test(body),
    says: "Django's bare page for a suspicious request: most often the host name is not in ALLOWED_HOSTS",
    fix: "Look for DisallowedHost in Django's log, and add the host name of the callback URL to ALLOWED_HOSTS.",
  },
  {
    id: "address-not-allowed",
    mayBeRight: true,
    shows: ({ status, body }) => status === 403 && refusedAddress.test(body),
    says: "the address that the request came from is not on a list",
    fix: "Put the address that this machine is seen with on that list, and in production those that callbacks come from.",
  },
  {
    id: "misdirected",
    wall: "rule",
    shows: ({ status }) => status === 421,
    says: ({ requested }) => `what answers there does not answer for ${requested.hostname} (RFC 9110 §15.5.20)`,
    fix: "Give the server, and the proxy in front of it, the host name of the callback URL; where TLS ends at the proxy, see that it passes the name on that it was asked for.",
  },
  {
    id: "tunnel-error",
    noRoute: true,
    shows: ({ header, status, body }) =>
      header("ngrok-error-code") !== "" ||
      (status === 530 && /\berror code: 1033\b/.test(body)) ||
      (status >= 400 && /^\s*50[34] - Tunnel Unavailable/i.test(body)),
    says: ({ header }) => {
      const code = header("ngrok-error-code");
      return `the tunnel answered, and not the receiver behind it${code === "" ? "" : ` (${code})`}`;
    },
    fix: "Start the tunnel anew, see that it leads to the port on which the receiver listens, and give the URL that it has now.",
  },
];
