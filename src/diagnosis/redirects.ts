import type { Answer } from "./answer.js";
import type { Rule } from "./cause.js";

/** 304 (Not Modified) leads nowhere, 300 only where it says to where (RFC 9110 §15.4); 305 and 306 are no longer used. */
export const isRedirect = ({ status, location }: Answer): boolean =>
  [301, 302, 303, 307, 308].includes(status) || (status === 300 && location !== null);

/** Whether it leads to the same path, the trailing slash apart: the router's doing or the proxy's, no login's. */
export const leadsToTheSamePath = ({ location, requested }: Answer): boolean =>
  location !== null && location.pathname.replace(/\/$/, "") === requested.pathname.replace(/\/$/, "");

/** Where a redirect leads that is no login's. */
export const redirects: readonly Rule[] = [
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
    id: "see-other",
    shows: ({ status }) => status === 303,
    says: "a redirect to the page that a browser is to show after its POST",
    fix: "Answer the callback itself with a 2XX: the sender is no browser, and follows no redirect.",
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
];
