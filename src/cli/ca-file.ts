import { X509Certificate } from "node:crypto";
import { UsageError } from "../errors.js";
import { readTextFile } from "./read-file.js";

const certificate = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** The PEM certificates of a file. @throws UsageError `ERR_CA` unless there is one and all can be read. */
export function readCaFile(file: string): readonly string[] {
  const found = readTextFile("ca", file).match(certificate) ?? [];
  if (found.length === 0) throw unusable(file, "a PEM file with a certificate in it, got one without");
  for (const [index, pem] of found.entries()) {
    try {
      void new X509Certificate(pem);
    } catch {
      throw unusable(file, `certificates, but number ${index + 1} cannot be parsed`);
    }
  }
  return found;
}

function unusable(file: string, expected: string): UsageError {
  return new UsageError("ERR_CA", `--ca ${file}: expected ${expected}`);
}
