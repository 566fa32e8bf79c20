/** What we decided where the documentation is silent. The report states every one of these. */
export interface Decision {
  readonly id: string;
  readonly question: string;
  readonly decision: string;
  readonly reason: string;
}
