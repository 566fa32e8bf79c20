import { fixOfTls } from "../src/diagnosis/connections.js";
import { notApplicable, notJudged, notObservable, type Check, type Skip } from "../src/runner/check.js";
import type { CheckContext } from "../src/runner/check-context.js";
import type { HandshakeResult } from "../src/sender/network-probe.js";

type Completed = Extract<HandshakeResult, { kind: "completed" }>;

const dayMs = 24 * 60 * 60 * 1000;
/** Automatic renewal replaces a 90-day certificate with 30 days left; with 14 left it has failed several times. */
const renewalDays = 14;

/** RFC 8996: neither may be negotiated any more. */
const oldVersions = ["TLSv1.1", "TLSv1"] as const;
const modernVersions = new Set(["TLSv1.2", "TLSv1.3"]);

const overTls = { sessions: 0, builds: "nothing" } as const;

export const tlsChecks: readonly Check[] = [
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
      fix: "Serve the full chain (certbot: fullchain.pem), for this name, and renew it in time. Pass a private CA with --ca.",
    },
    async run(context) {
      if (context.url.scheme !== "https:") return plainHttp;
      const expected = `a trusted certificate for ${context.url.hostname}`;
      const result = await context.network.handshake();
      if (result.kind === "completed") {
        for (const { code, message } of result.certificateErrors) {
          context.mismatch(expected, `one of which ${message}`, where(context), fixOfTls(code));
        }
      } else if (result.kind === "refused" && result.how === "not-tls") {
        context.mismatch(expected, "an answer that is not TLS, such as plain HTTP", where(context), fixOfTls("EPROTO"));
      } else if (result.kind === "refused" && result.code.endsWith("_UNRECOGNIZED_NAME")) {
        const fix = "Give whatever ends TLS there a certificate for this host name, and configure it for the name.";
        context.mismatch(expected, "an alert that the server has no such name", where(context), fix);
      } else {
        return noCertificate(context, result);
      }
    },
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
      fix: "Renew the certificate, find out why its renewal did not run, and reload the server afterwards.",
    },
    async run(context) {
      if (context.url.scheme !== "https:") return plainHttp;
      const result = await context.network.handshake();
      if (result.kind !== "completed") return noCertificate(context, result);
      if (result.expiresInMs < 0) {
        return notApplicable("the certificate has expired, which presents-a-trusted-certificate judges");
      }
      if (result.expiresInMs <= renewalDays * dayMs) {
        const left = Math.floor(result.expiresInMs / dayMs);
        context.mismatch(
          `more than ${renewalDays} days until the certificate expires`,
          `${left} whole days, until ${result.validTo}`,
          where(context),
        );
      }
    },
  },
  {
    ...overTls,
    id: "callback-url/negotiates-modern-tls",
    title: "negotiates TLS 1.2 or later and nothing older",
    level: "hardening",
    clause: null,
    source: "RFC 9325 §3.1.1, RFC 8996",
    explain: {
      sends:
        "A TLS handshake as the sender makes it, then one that offers at most TLS 1.1 and one that offers TLS 1.0.",
      expects: "TLS 1.2 or 1.3 for the first; the others are refused.",
      why: "TLS 1.0 and 1.1 have known weaknesses, and senders and auditors stop accepting them.",
      fix: "Set the lowest version to TLS 1.2 at whatever ends TLS: ssl_protocols in nginx, the TLS policy of a load balancer.",
    },
    run: negotiatesModernTls,
  },
];

async function negotiatesModernTls(context: CheckContext): Promise<Skip | void> {
  const { network, url } = context;
  if (url.scheme !== "https:") return plainHttp;
  const modern = await network.handshake();
  if (modern.kind === "no-answer") return notJudged(modern.message);
  if (modern.kind === "completed" && !modernVersions.has(modern.protocol)) {
    context.mismatch("TLS 1.2 or later", modern.protocol, where(context));
  }
  const accepted = new Set<string>();
  const unknown: string[] = [];
  for (const version of oldVersions) {
    const old = await offerOld(context, version);
    if (old.answer === "accepted") accepted.add(old.protocol);
    if (old.answer === "unknown") unknown.push(`${version}: ${old.why}`);
  }
  for (const protocol of accepted) {
    context.mismatch(
      "a refusal of any version before TLS 1.2",
      modern.kind === "completed"
        ? `a handshake in ${protocol}`
        : `a handshake in ${protocol}, and none in TLS 1.2 or later`,
      where(context),
    );
  }
  if (accepted.size > 0) return;
  if (modern.kind !== "completed") return noCertificate(context, modern);
  if (unknown.length > 0) return notObservable(`whether old versions are refused is unknown: ${unknown.join("; ")}`);
}

type OldAnswer =
  | { readonly answer: "refused" }
  | { readonly answer: "accepted"; readonly protocol: string }
  | { readonly answer: "unknown"; readonly why: string };

async function offerOld({ network }: CheckContext, maxVersion: (typeof oldVersions)[number]): Promise<OldAnswer> {
  const result = await network.handshake({ maxVersion });
  switch (result.kind) {
    case "completed":
      return { answer: "accepted", protocol: result.protocol };
    case "cannot-ask":
      return { answer: "unknown", why: `the TLS library of this machine cannot offer it (${result.message})` };
    case "no-answer":
      return { answer: "unknown", why: result.message };
    case "refused":
      if (result.how === "alert" || result.how === "unsupported-version") return { answer: "refused" };
      if (result.how === "other") return { answer: "unknown", why: result.message };
      // A closed connection says so only where a modern handshake still succeeds.
      return (await network.handshake()).kind === "completed"
        ? { answer: "refused" }
        : { answer: "unknown", why: result.message };
  }
}

function noCertificate(context: CheckContext, result: Exclude<HandshakeResult, Completed>): Skip {
  switch (result.kind) {
    case "no-answer":
      return notJudged(result.message);
    case "cannot-ask":
      return notObservable(`the TLS library of this machine cannot make the handshake (${result.message})`);
    case "refused":
      return notObservable(
        `the handshake with ${hostAndPort(context)} ended before a certificate could be judged: ${result.message} (${result.code}); a server that demands a client certificate does this, and the documented sender has none`,
      );
  }
}

const plainHttp = notApplicable("the callback URL is not https, which uses-https judges");

function where(context: CheckContext): string {
  return `TLS handshake with ${hostAndPort(context)}`;
}

function hostAndPort({ url }: CheckContext): string {
  return `${url.hostname.includes(":") ? `[${url.hostname}]` : url.hostname}:${url.port}`;
}
