/** What a correction answers. */
export interface CorrectionReceipt {
  /** What it entered or changed, the correction itself first. */
  readonly transactionIds: readonly number[];
  /** Somebody else has to approve it first: nothing was entered. */
  readonly requestId: number | null;
}

/** The receipt of what was entered. */
export const entered = (...transactionIds: readonly number[]): CorrectionReceipt => ({
  transactionIds,
  requestId: null,
});
