import type { CivilDate } from '#domain/civil-date.ts';
import type { LookupRow } from '#services/lookup/find.ts';
import type { PayableAccount } from '#services/payments/account.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import type { PaymentPreview } from '#services/payments/preview.ts';
import type { RecentPayments } from '#services/payments/recent.ts';
import { emptyField, type FieldState } from '#ui/field/model.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** What opens the screen: an account, a text to find one by, a payment to be changed, a batch to enter into. */
export interface PaymentParams {
  readonly accountId?: number;
  readonly text?: string;
  readonly paymentId?: number;
  readonly batchId?: number;
}

/** Which part of the screen has the keys. */
export type Part = 'find' | 'amount' | 'method' | 'extra' | 'accounts' | 'charges' | 'recent';

export type Mode = PaymentFacts['mode'];
export type Channel = PaymentFacts['channel'];

/** One means of payment while it is typed. */
export interface TenderDraft {
  readonly amount: FieldState;
  /** The amount was put in by the program: the first character typed takes its place. */
  readonly proposed: boolean;
  /** Code; empty while there is none to choose. */
  readonly method: string;
  /** The method was typed with the amount: Enter does not stop at it. */
  readonly methodTyped: boolean;
  /** Check number, approval. */
  readonly reference: FieldState;
  /** Cash handed over, for the change. */
  readonly given: FieldState;
}

/** One account of the payment. */
export interface AccountDraft {
  readonly facts: PayableAccount;
  /** What it is to get, as typed; empty: its share in turn. */
  readonly wanted: string;
  /** Typed amounts by charge (manual) or by invoice (spec). */
  readonly charges: ReadonlyMap<number, string>;
}

/** A payment entered before, being changed. */
export interface Editing {
  readonly paymentId: number;
  readonly version: number;
  readonly receipt: string;
  /** The date that stays for payments, put aside meanwhile. */
  readonly paidOnBefore: CivilDate | null;
}

/** What is being entered; left alone by other people's changes. */
export interface Entry {
  readonly accounts: readonly AccountDraft[];
  readonly sourceId: number | null;
  readonly tenders: readonly TenderDraft[];
  /** The tender that is typed now. */
  readonly at: number;
  readonly mode: Mode;
  readonly restToAccount: boolean;
  readonly memo: string;
  readonly editing: Editing | null;
  /** Goes with the command: the same entry is never taken twice. */
  readonly key: string;
  readonly preview: PaymentPreview | null;
  /** The facts that `preview` answers. */
  readonly previewOf: string;
}

export interface PaymentState {
  readonly find: FieldState;
  readonly hits: readonly LookupRow[];
  readonly hit: number;
  /** The operator chose among the hits. */
  readonly picked: boolean;
  readonly asked: number;
  readonly answered: number;
  readonly note: string;
  readonly focus: Part;
  readonly entry: Entry;
  /** Stays from payment to payment. */
  readonly paidOn: CivilDate | null;
  readonly channel: Channel;
  readonly batchId: number | null;
  readonly lastMethod: string;
  /** Of the payment taken last, for the key that repeats it. */
  readonly last: { readonly method: string; readonly amount: string } | null;
  /** An account that must not pay, and why. */
  readonly refused: PayableAccount | null;
  /** Cursor in the accounts or charges. */
  readonly row: number;
  /** The first character typed in that row takes the place of what is in it. */
  readonly fresh: boolean;
  /** What is said of the payment taken last. */
  readonly said: string;
  /** What is wrong, and at which part. */
  readonly problem: string;
  readonly recent: RecentPayments | null;
  readonly list: ListState;
  /** The parameters were acted upon. */
  readonly begun: boolean;
}

export const newTender = (method: string, amount = ''): TenderDraft => ({
  amount: emptyField(amount),
  proposed: amount !== '',
  method,
  methodTyped: false,
  reference: emptyField(),
  given: emptyField(),
});

export const newEntry = (method: string, mode: Mode = 'automatic'): Entry => ({
  accounts: [],
  sourceId: null,
  tenders: [newTender(method)],
  at: 0,
  mode,
  restToAccount: false,
  memo: '',
  editing: null,
  key: crypto.randomUUID(),
  preview: null,
  previewOf: '',
});

export const createPayment = (params: PaymentParams | undefined): PaymentState => ({
  find: emptyField(params?.text ?? ''),
  hits: [],
  hit: 0,
  picked: false,
  asked: 0,
  answered: 0,
  note: '',
  focus: 'find',
  entry: newEntry('cash'),
  paidOn: null,
  channel: 'counter',
  batchId: params?.batchId ?? null,
  lastMethod: 'cash',
  last: null,
  refused: null,
  row: 0,
  fresh: true,
  said: '',
  problem: '',
  recent: null,
  list: newList(),
  begun: false,
});

export const currentTender = ({ tenders, at }: Entry): TenderDraft => tenders[at]!;

/** The entry with its current tender changed. */
export const withTender = (entry: Entry, patch: Partial<TenderDraft>): Entry => ({
  ...entry,
  tenders: entry.tenders.map((tender, place) => (place === entry.at ? { ...tender, ...patch } : tender)),
});

/** The source first, then the others in the order in which they were added. */
export const sourceFirst = ({ accounts, sourceId }: Entry): readonly AccountDraft[] => [
  ...accounts.filter(({ facts }) => facts.accountId === sourceId),
  ...accounts.filter(({ facts }) => facts.accountId !== sourceId),
];

/** The date for the payments that follow: that of a changed payment is its own. */
export const datedAgain = ({ entry, paidOn }: PaymentState): Pick<PaymentState, 'paidOn'> => ({
  paidOn: entry.editing ? entry.editing.paidOnBefore : paidOn,
});

/** Whether something was entered that leaving would lose. */
export const isBegun = ({ entry }: PaymentState): boolean => entry.accounts.length > 0;
