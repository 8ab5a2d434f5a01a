import type { CivilDate } from './civil-date.ts';
import type { Cents } from './money.ts';

/** How a customer stands with what is owed (guide: domain §5.4). */
export type Standing = 'current' | 'past_due' | 'shutoff';

/** Where an account stands in its life (guide: domain §5.3). */
export type Activity = 'current' | 'waiting' | 'final';

/** What of a debit is still owed, and until when it was to be paid. */
export interface OpenDebit {
  readonly openCents: Cents;
  /** Null: never due by itself (an opening balance without a date). */
  readonly dueOn: CivilDate | null;
}

/** Whether a debt of that due date is late: the due date itself is still in time. */
export const isPastDue = (dueOn: CivilDate | null, today: CivilDate): boolean => dueOn !== null && dueOn < today;

/** What is open and was due before today. */
export const pastDueCents = (debits: readonly OpenDebit[], today: CivilDate): Cents =>
  debits.reduce((sum, { openCents, dueOn }) => sum + (isPastDue(dueOn, today) ? openCents : 0), 0);

/** The facts that the standing follows from, all as of one day. */
export interface StandingFacts {
  readonly balanceCents: Cents;
  readonly pastDueCents: Cents;
  /** On the active shut-off list for this day. */
  readonly shutoffScheduledOn: CivilDate | null;
}

/**
 * Shut-off when something is past due and the account is on the shut-off list, past due when
 * something is, current otherwise; who owes nothing in all is current whatever is open.
 */
export function standingOf({ balanceCents, pastDueCents: late, shutoffScheduledOn }: StandingFacts): Standing {
  if (balanceCents <= 0 || late <= 0) return 'current';
  return shutoffScheduledOn === null ? 'past_due' : 'shutoff';
}

const ORDER: Readonly<Record<Activity, number>> = { current: 0, waiting: 1, final: 2 };

/** Among several accounts the one meant first: current, then waiting, then final, the latest of each. */
export function compareAccounts(
  a: { readonly activity: Activity; readonly movedInOn: CivilDate; readonly id: number },
  b: { readonly activity: Activity; readonly movedInOn: CivilDate; readonly id: number },
): number {
  return (
    ORDER[a.activity] - ORDER[b.activity] ||
    (a.movedInOn < b.movedInOn ? 1 : a.movedInOn > b.movedInOn ? -1 : b.id - a.id)
  );
}
