/** One thing that stands between the service and an endpoint, or does not; in the order of a callback's way. */
export interface Stage {
  readonly id: "url" | "dns" | "addresses" | "connection" | "tls" | "redirect" | "answer";
  readonly title: string;
  /** Ids of the checks whose outcomes say how it stands here; the first that failed is told. */
  readonly checks: readonly string[];
}

export const stages: readonly Stage[] = [
  {
    id: "url",
    title: "The URL",
    checks: [
      "callback-url/uses-https",
      "callback-url/is-not-localhost",
      "callback-url/is-not-an-internal-domain",
      "callback-url/is-not-an-ip-address",
    ],
  },
  { id: "dns", title: "DNS", checks: ["callback-url/resolves-in-dns"] },
  { id: "addresses", title: "Addresses", checks: ["callback-url/resolves-to-public-addresses"] },
  { id: "connection", title: "Connection", checks: ["callback-url/accepts-connections-on-every-address"] },
  {
    id: "tls",
    title: "TLS",
    checks: [
      "callback-url/presents-a-trusted-certificate",
      "callback-url/certificate-is-not-about-to-expire",
      "callback-url/negotiates-modern-tls",
    ],
  },
  { id: "redirect", title: "Redirect", checks: ["acknowledgement/does-not-redirect"] },
  {
    id: "answer",
    title: "Answer",
    checks: [
      "acknowledgement/acknowledges-with-2xx",
      "acknowledgement/acknowledges-within-20-seconds",
      "acknowledgement/answers-without-browser-state",
    ],
  },
];
