import type { TransactionKind } from '../entities/ledger.ts';

/** General ledger codes that the demo posts to. */
export const GL = {
  cash: '1010',
  receivable: '1200',
  budget: '1250',
  transfer: '1290',
  deposits: '2100',
  donations: '2200',
  other: '4900',
  penalties: '4910',
  adjustments: '4950',
  badDebt: '6100',
  interest: '6200',
} as const;

/** A line that other lines can still meet. */
export interface OpenLine {
  readonly id: number;
  readonly amount: number;
  readonly serviceId: number | null;
  readonly description: string | null;
  readonly debitGl: string;
  readonly creditGl: string;
  readonly effect: 1 | -1 | 0;
  open: number;
}

/** What was posted, as far as later events refer to it. */
export interface Posted {
  readonly id: number;
  readonly amount: number;
  readonly lines: readonly OpenLine[];
}

export interface NewLine {
  readonly serviceId?: number | null;
  readonly description?: string | null;
  readonly debitGl: string;
  readonly creditGl: string;
  /** Cents, above zero. */
  readonly amount: number;
  readonly effect: 1 | -1 | 0;
}

export interface NewTransaction {
  readonly kind: TransactionKind;
  readonly day: number;
  readonly dueDay?: number | null;
  readonly number?: string | null;
  readonly method?: string | null;
  readonly reference?: string | null;
  readonly reason?: string | null;
  readonly memo?: string | null;
  readonly statementId?: number | null;
  readonly reversesId?: number | null;
  readonly by: string;
  readonly unposted?: boolean;
  readonly lines: readonly NewLine[];
}

/** As it stands on receipts. */
export const receiptNumber = (n: number): string => `R${String(n).padStart(7, '0')}`;
