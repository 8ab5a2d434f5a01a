import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';

/*
 * What the kinds of paper say. Each has one read operation that gathers it; layouts know the values
 * by these names, less the endings `Cents` and `Milli` (see `view.ts`).
 */

export interface Company {
  readonly name: string;
  /** One line each. */
  readonly address: readonly string[];
  readonly phone: string;
  /** Where payments are sent. */
  readonly remitTo: readonly string[];
}

/** Whom a paper goes to. */
export interface Addressee {
  readonly name: string;
  readonly lines: readonly string[];
}

/** What is on every paper. */
export interface PaperHead {
  readonly company: Company;
  readonly printedOn: CivilDate;
  readonly printedBy: string;
}

/** What is on every paper about an account. */
export interface AccountHead extends PaperHead {
  readonly account: {
    readonly number: string;
    readonly customerNumber: string;
    readonly customerName: string;
    readonly serviceAddress: string;
    readonly balanceCents: Cents;
    readonly unpostedCents: Cents;
  };
  readonly recipient: Addressee;
  /** `Duplicate for the owner`, or nothing. */
  readonly duplicate: string;
}

export interface Entry {
  readonly on: CivilDate;
  readonly description: string;
  readonly amountCents: Cents;
}

export interface ChargeEntry {
  readonly service: string;
  readonly description: string;
  readonly usageMilli: number | null;
  readonly unit: string;
  readonly amountCents: Cents;
}

/** A register as it was read for a bill. */
export interface ReadEntry {
  readonly meter: string;
  readonly service: string;
  readonly fromOn: CivilDate | '';
  readonly toOn: CivilDate;
  readonly previousMilli: number | null;
  readonly presentMilli: number | null;
  readonly usageMilli: number;
  readonly unit: string;
  /** Not read but estimated. */
  readonly estimated: boolean;
}

export interface PaperAgeing {
  readonly currentCents: Cents;
  readonly days30Cents: Cents;
  readonly days60Cents: Cents;
  readonly days90Cents: Cents;
  readonly olderCents: Cents;
  readonly creditCents: Cents;
}

export interface StatementData extends AccountHead {
  readonly number: string;
  readonly billedOn: CivilDate;
  readonly dueOn: CivilDate | null;
  readonly previousCents: Cents;
  readonly payments: readonly Entry[];
  readonly paymentsTotalCents: Cents;
  readonly adjustments: readonly Entry[];
  readonly adjustmentsTotalCents: Cents;
  readonly reads: readonly ReadEntry[];
  readonly charges: readonly ChargeEntry[];
  readonly chargesTotalCents: Cents;
  /** What the statement came to on the day it was billed. */
  readonly billedCents: Cents;
  /** Everything after it. */
  readonly since: readonly Entry[];
  readonly sinceTotalCents: Cents;
  readonly dueCents: Cents;
  readonly creditCents: Cents;
  readonly pastDueCents: Cents;
  readonly ageing: PaperAgeing;
  readonly scanLine: string;
  /** What the company tells all its customers. */
  readonly message: string;
  /** Notes about this customer that are used for statements. */
  readonly notes: readonly string[];
}

export interface ReceiptData extends AccountHead {
  readonly number: string;
  readonly paidOn: CivilDate;
  readonly takenBy: string;
  readonly tenders: readonly { readonly method: string; readonly reference: string; readonly amountCents: Cents }[];
  readonly parts: readonly {
    readonly account: string;
    readonly name: string;
    readonly amountCents: Cents;
    readonly afterCents: Cents | null;
  }[];
  readonly totalCents: Cents;
  readonly memo: string;
  /** Not in the books yet. */
  readonly unposted: boolean;
  /** Returned, reversed. */
  readonly undone: boolean;
}

export interface InvoiceData extends AccountHead {
  readonly number: string;
  readonly kind: string;
  readonly billedOn: CivilDate;
  readonly dueOn: CivilDate | null;
  readonly statementNumber: string;
  readonly reads: readonly ReadEntry[];
  readonly lines: readonly (ChargeEntry & { readonly openCents: Cents })[];
  readonly totalCents: Cents;
  readonly paidCents: Cents;
  readonly openCents: Cents;
  readonly scanLine: string;
  readonly memo: string;
}

/** A line of a history on paper, with the balance after it. */
export interface HistoryEntry {
  readonly on: CivilDate | '';
  readonly description: string;
  readonly dueOn: CivilDate | '';
  readonly chargeCents: Cents | null;
  readonly creditCents: Cents | null;
  readonly balanceCents: Cents | null;
  /** A part of the line above it. */
  readonly detail: boolean;
}

export interface HistoryData extends AccountHead {
  readonly fromOn: CivilDate | '';
  readonly toOn: CivilDate;
  readonly openingCents: Cents;
  readonly rows: readonly HistoryEntry[];
  readonly chargesCents: Cents;
  readonly creditsCents: Cents;
  readonly closingCents: Cents;
  readonly ageing: PaperAgeing;
}

/** A letter, or a form that the customer signs. */
export interface LetterData extends AccountHead {
  /** The customer's own, as they are on file. */
  readonly phone: string;
  readonly email: string;
  /** Who takes card numbers. */
  readonly processor: string;
  /** A budget amount is agreed. */
  readonly budget: boolean;
}

/** A table as it is on the screen. */
export interface Grid {
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReportData extends PaperHead {
  readonly title: string;
  readonly subtitle: string;
  readonly count: string;
  readonly grid: Grid;
}

/** Any paper: what is on all of them, and what its kind adds. */
export type PaperData = (AccountHead | ReportData) & { readonly grid?: Grid };
