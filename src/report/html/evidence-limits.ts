/** How much evidence the page holds. */
export interface EvidenceLimits {
  /** Exchanges of a check that found nothing. */
  readonly others: number;
  /** Exchanges of a check that failed or is in error; those that a mismatch points at come first. */
  readonly failures: number;
  readonly bodyBytes: number;
  /** A longer curl line is left to the JSON report: half a command is of no use. */
  readonly curlBytes: number;
}

const all = { failures: Infinity, bodyBytes: Infinity, curlBytes: Infinity };

/** From everything to next to nothing: the first that makes the page small enough is taken. */
export const evidenceRungs: readonly EvidenceLimits[] = [
  { ...all, others: Infinity },
  { ...all, others: 10 },
  { ...all, others: 6 },
  { ...all, others: 4 },
  { ...all, others: 3 },
  { ...all, others: 2 },
  { ...all, others: 1 },
  { ...all, others: 0 },
  { others: 0, failures: Infinity, bodyBytes: 2048, curlBytes: 16_384 },
  { others: 0, failures: 20, bodyBytes: 1024, curlBytes: 8192 },
  { others: 0, failures: 6, bodyBytes: 512, curlBytes: 4096 },
  { others: 0, failures: 2, bodyBytes: 256, curlBytes: 2048 },
  { others: 0, failures: 1, bodyBytes: 128, curlBytes: 1024 },
  { others: 0, failures: 0, bodyBytes: 0, curlBytes: 512 },
];

/** Of one of many receivers, whose pages add up: the first that a failure points at; the JSON report beside it has the rest. */
export const ofOneOfMany: EvidenceLimits = { others: 0, failures: 1, bodyBytes: 512, curlBytes: 2048 };
