/** Looks at the target's host below HTTP: DNS, connections, TLS. Nothing here rejects on what it finds. */
export interface NetworkProbe {
    /** Every address that the name resolves to, through the resolver of the run. */
    resolve(): Promise<Resolution>;
    /** Opens and closes a TCP connection to one resolved address. */
    connect(address: string): Promise<ConnectResult>;
    /** Completes one TLS handshake whatever the certificate is like, and says what was presented. */
    handshake(options?: {
        readonly maxVersion?: "TLSv1" | "TLSv1.1";
    }): Promise<HandshakeResult>;
}
export type Resolution = {
    readonly kind: "resolved";
    readonly addresses: readonly string[];
}
/** The name has no address (NXDOMAIN or no A and no AAAA record). */
 | {
    readonly kind: "no-address";
    readonly code: string;
}
/** The resolver did not answer: it says nothing about the name. */
 | {
    readonly kind: "no-answer";
    readonly code: string;
};
export type ConnectResult = 
/** `to` is where the connection really went, which the route of the run decides. */
{
    readonly kind: "connected";
    readonly to: string;
}
/** No route from here (ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL): it says nothing about the receiver. */
 | {
    readonly kind: "no-route";
    readonly code: string;
} | {
    readonly kind: "failed";
    readonly code: string;
    readonly message: string;
};
/** One thing wrong with a certificate, as OpenSSL or Node names it, and a sentence. */
export interface CertificateError {
    readonly code: string;
    readonly message: string;
}
/** How a handshake was refused. `other`: our own library gave up on what came, which may be its limit. */
export type Refusal = "alert" | "closed" | "unsupported-version" | "not-tls" | "other";
export type HandshakeResult = {
    readonly kind: "completed";
    /** Such as `TLSv1.3`. */
    readonly protocol: string;
    /** Empty where chain, name and dates are in order. */
    readonly certificateErrors: readonly CertificateError[];
    /** ISO 8601. */
    readonly validFrom: string;
    readonly validTo: string;
    /** Milliseconds from the handshake to `validTo`; negative when it has passed. */
    readonly expiresInMs: number;
    readonly subject: string;
    readonly issuer: string;
} | {
    readonly kind: "refused";
    readonly how: Refusal;
    readonly code: string;
    readonly message: string;
}
/** No TCP connection, or no end of the handshake in time: nothing is known about TLS. */
 | {
    readonly kind: "no-answer";
    readonly code: string;
    readonly message: string;
}
/** The local TLS library cannot make this offer, so nothing is known. */
 | {
    readonly kind: "cannot-ask";
    readonly message: string;
};
