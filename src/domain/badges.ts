import type { CivilDate } from './civil-date.ts';
import { type Cents, formatCents } from './money.ts';
import type { BadgeTone, PanelBadge } from './panel-badge.ts';
import { conditionBadge, type SpecialConditionFact } from './special-condition.ts';
import type { Standing } from './standing.ts';

/** What the badges of the customer card follow from. */
export interface CustomerBadgeFacts {
  readonly standing: Standing;
  readonly balanceCents: Cents;
  readonly pastDueCents: Cents;
  readonly oldestDueOn: CivilDate | null;
  /** The transaction with the oldest late line. */
  readonly oldestLateId: number | null;
  readonly shutoffScheduledOn: CivilDate | null;
  readonly arrangement: {
    readonly startedOn: CivilDate;
    readonly amountCents: Cents;
    readonly instalments: number;
  } | null;
  readonly bankrupt: boolean;
  readonly private: boolean;
  readonly noPayments: boolean;
  readonly noChecks: boolean;
  readonly autopay: {
    readonly method: 'draft' | 'card';
    readonly bankOrBrand: string;
    readonly last4: string;
    readonly startedOn: CivilDate;
  } | null;
  /** Written off and not paid or reinstated since. */
  readonly badDebt: { readonly cents: Cents; readonly lastOn: CivilDate | null; readonly record: number | null } | null;
  readonly collections: {
    readonly agency: string;
    readonly placedOn: CivilDate;
    readonly amountCents: Cents;
  } | null;
  readonly budgetCents: Cents | null;
  readonly emailBills: boolean;
  readonly email: string | null;
  readonly status: { readonly code: string; readonly name: string; readonly assignedOn: CivilDate };
  readonly webUser: boolean;
  readonly conditions: readonly SpecialConditionFact[];
}

const METHODS = { draft: 'Bank draft', card: 'Credit card' } as const;

/** `2026-11-25` → `11-25`. */
const monthDay = (date: CivilDate): string => date.slice(5);

type Make<F> = (facts: F) => PanelBadge | null;

const balance: Make<CustomerBadgeFacts> = (f) => {
  const since = f.oldestDueOn === null ? '' : ` since ${f.oldestDueOn}`;
  const late = `${formatCents(f.pastDueCents)} of ${formatCents(f.balanceCents)} past due${since}`;
  const cause = { tab: 'history', ...(f.oldestLateId === null ? {} : { record: f.oldestLateId }) } as const;
  if (f.standing === 'current') {
    const owed = f.balanceCents > 0 ? `${formatCents(f.balanceCents)} owed, not yet due.` : 'Nothing is owed.';
    return { id: 'balance', text: 'BAL OK', tone: 'good', name: 'Balance – Current', explanation: owed, cause };
  }
  if (f.standing === 'past_due') {
    return { id: 'balance', text: 'PAST DUE', tone: 'bad', name: 'Balance – Past Due', explanation: `${late}.`, cause };
  }
  const on = f.shutoffScheduledOn ?? '';
  return {
    id: 'balance',
    text: `SHUTOFF ${monthDay(on)}`,
    tone: 'bad',
    name: 'Balance – Shutoff',
    explanation: `${late}; shut-off on ${on}.`,
    cause,
  };
};

const accountStatus: Make<CustomerBadgeFacts> = ({ status }) => {
  const known: Readonly<Record<string, readonly [string, BadgeTone]>> = {
    current: ['ST OK', 'good'],
    shutoff: ['IS OFF', 'bad'],
  };
  const [text, tone] = known[status.code] ?? [status.name.toUpperCase(), 'info'];
  return {
    id: 'status',
    text,
    tone,
    name: `Account Status – ${status.name}`,
    explanation: `Assigned on ${status.assignedOn}.`,
    cause: { tab: 'customer', part: 'id' },
  };
};

const standing = { tab: 'customer', part: 'standing' } as const;
const id = { tab: 'customer', part: 'id' } as const;

const customerBadgeMakers: readonly Make<CustomerBadgeFacts>[] = [
  (f) => (f.standing === 'current' ? null : balance(f)),
  (f) => (f.status.code === 'current' ? null : accountStatus(f)),
  ({ noPayments }) =>
    noPayments
      ? {
          id: 'no-payments',
          text: 'NO PAY',
          tone: 'bad',
          name: 'No Payments',
          explanation: 'No payment of any kind is accepted.',
          cause: id,
        }
      : null,
  ({ noChecks }) =>
    noChecks
      ? {
          id: 'no-checks',
          text: 'NO CHK',
          tone: 'warning',
          name: 'No Checks',
          explanation: 'Checks are not accepted.',
          cause: id,
        }
      : null,
  ({ bankrupt }) =>
    bankrupt
      ? {
          id: 'bankruptcy',
          text: 'BK',
          tone: 'warning',
          name: 'Bankruptcy',
          explanation: 'Left out of delinquency processing.',
          cause: id,
        }
      : null,
  (f) =>
    f.private
      ? {
          id: 'private',
          text: 'PRIVATE',
          tone: 'warning',
          name: 'Private',
          explanation: 'For administrators only; give no information.',
          cause: id,
        }
      : null,
  ({ arrangement }) =>
    arrangement && {
      id: 'arrangement',
      text: 'ARR',
      tone: 'info',
      name: 'On Arrangement',
      explanation: `${formatCents(arrangement.amountCents)} in ${arrangement.instalments} instalments since ${arrangement.startedOn}.`,
      cause: standing,
    },
  ({ badDebt }) =>
    badDebt && {
      id: 'bad-debt',
      text: 'BAD DEBT',
      tone: 'bad',
      name: 'Bad Debt',
      explanation: `${formatCents(badDebt.cents)} written off${badDebt.lastOn ? `, last on ${badDebt.lastOn}` : ''}.`,
      cause: { tab: 'history', ...(badDebt.record === null ? {} : { record: badDebt.record }) },
    },
  ({ collections }) =>
    collections && {
      id: 'collections',
      text: 'COLL',
      tone: 'bad',
      name: 'Collections',
      explanation: `${formatCents(collections.amountCents)} with ${collections.agency} since ${collections.placedOn}.`,
      cause: standing,
    },
  ({ autopay }) =>
    autopay && {
      id: 'autopay',
      text: autopay.method === 'draft' ? 'AUTO:DRAFT' : 'AUTO:CARD',
      tone: 'info',
      name: `Automatic Payments – ${METHODS[autopay.method]}`,
      explanation: `${autopay.bankOrBrand} ending ${autopay.last4}, since ${autopay.startedOn}.`,
      cause: standing,
    },
  ({ budgetCents }) =>
    budgetCents === null
      ? null
      : {
          id: 'budget',
          text: 'BUDGET',
          tone: 'info',
          name: 'Budget Billing',
          explanation: `${formatCents(budgetCents)} a month.`,
          cause: standing,
        },
  ({ emailBills, email }) =>
    emailBills
      ? {
          id: 'email-bills',
          text: 'EBILL',
          tone: 'info',
          name: 'Email Bills',
          explanation: email === null ? 'Bills go out by e-mail.' : `To ${email}.`,
          cause: { tab: 'customer', part: 'contact' },
        }
      : null,
  ({ webUser }) =>
    webUser
      ? {
          id: 'web',
          text: 'WEB',
          tone: 'info',
          name: 'Web User',
          explanation: 'Registered on the customer web site.',
          cause: id,
        }
      : null,
  (f) => (f.standing === 'current' ? balance(f) : null),
  (f) => (f.status.code === 'current' ? accountStatus(f) : null),
];

/** Badges of the customer card: what needs care first, what is in order last. */
export function customerBadges(facts: CustomerBadgeFacts): PanelBadge[] {
  const made = customerBadgeMakers.map((make) => make(facts)).filter((badge) => badge !== null);
  const conditions = facts.conditions.map((condition) => conditionBadge(condition, 'customer'));
  const alarming = made.findIndex(({ tone }) => tone === 'info' || tone === 'good');
  return alarming < 0 ? [...made, ...conditions] : made.toSpliced(alarming, 0, ...conditions);
}
