import type { HistoryView } from '#services/history/kinds.ts';
import type { AgeingAnswer } from '#services/history/ageing.ts';
import type { HistoryRow, HistoryTotals } from '#services/history/list.ts';
import type { HistoryChoices } from '#services/history/statements.ts';
import type { Standing } from '#services/history/balance.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import type { PanelSubject } from '../../tab.ts';
import type { WindowPage } from './pages.ts';

/** Whose history is shown. */
export type HistoryScope = 'account' | 'customer' | 'location';

/** A part of the history, as picked from the list of views. */
export interface PickedView {
  readonly view: HistoryView;
  readonly label: string;
  readonly serviceTypeId?: number;
  readonly statementId?: number;
  readonly invoiceId?: number;
}

/** A page of the window, and the line with the cursor. */
export interface OpenPage {
  readonly page: WindowPage;
  readonly cursor: number;
  readonly top: number;
}

/** The window over the list: pages opened one from another, the last one on top; never empty. */
export interface DetailsState {
  readonly trail: readonly OpenPage[];
}

export interface HistoryState {
  /** Whom the rows are of; another subject starts afresh. */
  readonly subject: string;
  readonly scope: HistoryScope;
  readonly picked: PickedView;
  readonly asOf: string | null;
  readonly list: ListState;
  readonly rows: readonly HistoryRow[];
  /** Where the next page begins; null when all are here. */
  readonly next: string | null;
  /** A page is on its way. */
  readonly fetching: boolean;
  readonly loaded: boolean;
  readonly standing: Standing | null;
  readonly totals: HistoryTotals | null;
  readonly ageing: AgeingAnswer | null;
  readonly choices: HistoryChoices | null;
  /** Special charges of the account that wait for its next bill, without tax; in no balance. */
  readonly waitingCents: number;
  /** Tax may come to it. */
  readonly waitingTaxed: boolean;
  readonly details: DetailsState | null;
}

export const EVERYTHING: PickedView = { view: 'all', label: 'Everything' };

export const newHistory = (): HistoryState => ({
  subject: '',
  scope: 'account',
  picked: EVERYTHING,
  asOf: null,
  list: newList(),
  rows: [],
  next: null,
  fetching: false,
  loaded: false,
  standing: null,
  totals: null,
  ageing: null,
  choices: null,
  waitingCents: 0,
  waitingTaxed: false,
  details: null,
});

export const subjectKey = ({ accountId, customerId, locationId }: PanelSubject): string =>
  [accountId, customerId, locationId].join('/');

/** Scopes that the subject has, the nearest first. */
export function scopesOf({ accountId, customerId, locationId }: PanelSubject): HistoryScope[] {
  const scopes: HistoryScope[] = [];
  if (accountId !== null) scopes.push('account');
  if (customerId !== null) scopes.push('customer');
  if (locationId !== null) scopes.push('location');
  return scopes;
}

/** Whose ledger is shown; null when the subject has nobody to ask about. */
export function whomOf(state: HistoryState, subject: PanelSubject) {
  const scopes = scopesOf(subject);
  const scope = scopes.includes(state.scope) ? state.scope : scopes[0];
  if (scope === undefined) return null;
  if (scope === 'account') return { accountId: subject.accountId! };
  return scope === 'customer' ? { customerId: subject.customerId! } : { locationId: subject.locationId! };
}

/** What the operations are asked; null when the subject has nobody to ask about. */
export function questionOf(state: HistoryState, subject: PanelSubject) {
  const whom = whomOf(state, subject);
  if (whom === null) return null;
  const { view, serviceTypeId, statementId, invoiceId } = state.picked;
  return {
    ...whom,
    view,
    ...(serviceTypeId === undefined ? {} : { serviceTypeId }),
    ...(statementId === undefined ? {} : { statementId }),
    ...(invoiceId === undefined ? {} : { invoiceId }),
    ...(state.asOf === null ? {} : { asOf: state.asOf }),
  };
}

const SCOPE_LABELS: Readonly<Record<HistoryScope, string>> = {
  account: 'this account',
  customer: 'all accounts of the customer',
  location: 'all residents of the location',
};
export const scopeLabel = (scope: HistoryScope): string => SCOPE_LABELS[scope];

/** What the rows are, for the heading; of the account alone nothing needs saying. */
export function headingOf({ picked, scope, asOf }: HistoryState): { what: string; whose: string; day: string } {
  const whose = scope === 'account' ? '' : scope === 'customer' ? ', all accounts' : ', all residents';
  return { what: picked.label, whose, day: asOf === null ? '' : `, as of ${asOf}` };
}
