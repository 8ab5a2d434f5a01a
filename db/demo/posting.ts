import type { TransactionKind } from '../entities/ledger.ts';

/** General ledger codes that the demo posts to. */
export const GL = {
  cash: '1010',
  receivable: '1200',
  budget: '1250',
  transfer: '1290',
  deposits: '2100',
  donations: '2200',
  trees: '2210',
  taxes: '2300',
  other: '4900',
  penalties: '4910',
  returned: '4920',
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
  readonly code: string | null;
  readonly quantityMilli: number | null;
  readonly unit: string | null;
  readonly baseLineId: number | null;
  readonly shareMillionths: number | null;
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
  /** Charge code. */
  readonly code?: string;
  readonly quantityMilli?: number;
  readonly unit?: string | null;
  /** Place among the transaction's lines of the one that this one is a share of, and the share. */
  readonly baseAt?: number;
  readonly shareMillionths?: number;
  readonly debitGl: string;
  readonly creditGl: string;
  /** Cents, above zero. */
  readonly amount: number;
  readonly effect: 1 | -1 | 0;
}

/** Money handed over at one time by one or several means. */
export interface NewPayment {
  readonly day: number;
  readonly receipt: string;
  readonly tenders: readonly { readonly method: string; readonly amount: number; readonly reference: string | null }[];
  readonly by: string;
  readonly unposted?: boolean;
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
  readonly paymentId?: number;
  readonly tenderId?: number;
  readonly batchId?: number | null;
  readonly depositId?: number;
  readonly by: string;
  readonly unposted?: boolean;
  readonly lines: readonly NewLine[];
}

/** As it stands on receipts. */
export const receiptNumber = (n: number): string => `R${String(n).padStart(7, '0')}`;

/** A line as it is written; `first` is the identity of the transaction's first one. */
export function openLine(id: number, line: NewLine, first: number): OpenLine {
  return {
    id,
    amount: line.amount,
    serviceId: line.serviceId ?? null,
    description: line.description ?? null,
    code: line.code ?? null,
    quantityMilli: line.quantityMilli ?? null,
    unit: line.unit ?? null,
    baseLineId: line.baseAt === undefined ? null : first + line.baseAt,
    shareMillionths: line.shareMillionths ?? null,
    debitGl: line.debitGl,
    creditGl: line.creditGl,
    effect: line.effect,
    open: line.effect === 0 ? 0 : line.amount,
  };
}
