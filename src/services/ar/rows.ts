import type { TransactionKind } from '#db/entities/ledger.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { KIND_LABELS } from '../history/kinds.ts';
import type { NamedTransaction, Replay, ReplayEnd, ReplayLine, ReplayTransaction } from '../history/replay.ts';
import type { ServiceNames } from '../history/service-names.ts';

/** A line of an event, or another transaction that its money paid or that paid it. */
export interface ArDetail {
  readonly text: string;
  /** Of a line its effect on what is owed; of a payment what it paid. */
  readonly cents: Cents;
  readonly kind: 'line' | 'paid' | 'paid by';
  /** The transaction that it paid or that paid it. */
  readonly other: { readonly type: string; readonly number: string | null; readonly service: string } | null;
  readonly transactionId: number;
  readonly accountId: number;
}

/** One financial event; `amountCents` = `appliedCents` + `openCents`, credits negative. */
export interface ArRow {
  readonly id: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly on: CivilDate;
  readonly kind: TransactionKind;
  /** In the words of the trade: `Invoice`, `Late fee`. */
  readonly type: string;
  readonly status: 'unposted' | 'posted';
  readonly number: string | null;
  readonly amountCents: Cents;
  /** Paid of it, or paid with it, by the end of the range. */
  readonly appliedCents: Cents;
  readonly openCents: Cents;
  readonly dueOn: CivilDate | null;
  /** Owed after it; null while it is not posted. */
  readonly balanceCents: Cents | null;
  /** Empty without detail. */
  readonly details: readonly ArDetail[];
}

/** What an event is called here, where the trade has another word than the ledger. */
const TYPES: Partial<Record<TransactionKind, string>> = {
  charge: 'Invoice',
  penalty: 'Late fee',
  deposit_charge: 'Deposit',
};

export const arType = (kind: TransactionKind): string => TYPES[kind] ?? KIND_LABELS[kind];

interface Asked {
  readonly from: CivilDate;
  readonly openingCents: Cents;
  /** Of services, where details are wanted. */
  readonly names: ServiceNames | null;
}

/** The events from a day on, the oldest first, each with the balance after it. */
export function rowsOf(replay: Replay, { from, openingCents, names }: Asked): ArRow[] {
  const lines = Map.groupBy(replay.lines, ({ transactionId }) => transactionId);
  const ends = endsOf(replay);
  const effects = new Map(replay.lines.map(({ id, effect }) => [id, effect]));
  let balance = openingCents;
  return replay.transactions
    .filter(({ effectiveOn }) => effectiveOn >= from)
    .map((transaction): ArRow => {
      const { id, accountId, accountNumber, effectiveOn, kind, status, number, amountCents } = transaction;
      const own = lines.get(id) ?? [];
      const met = ends.get(id) ?? [];
      const appliedCents = met.reduce((total, { cents, ownLine }) => total + (effects.get(ownLine) ?? 0) * cents, 0);
      if (status === 'posted') balance += amountCents;
      return {
        id,
        accountId,
        accountNumber,
        on: effectiveOn,
        kind,
        type: arType(kind),
        status,
        number,
        amountCents,
        appliedCents,
        openCents: amountCents - appliedCents,
        dueOn: own.map(({ dueOn }) => dueOn).find((dueOn) => dueOn !== null) ?? null,
        balanceCents: status === 'posted' ? balance : null,
        details: names === null ? [] : detailsOf(transaction, own, met, names),
      };
    });
}

interface Met {
  readonly ownLine: number;
  readonly kind: 'paid' | 'paid by';
  readonly other: ReplayEnd;
  readonly serviceTypeId: number | null;
  readonly cents: Cents;
}

/** Both ends of every allocation, by the transaction of each. */
function endsOf({ allocations }: Replay): Map<number, Met[]> {
  const ends = new Map<number, Met[]>();
  const put = (end: ReplayEnd, met: Omit<Met, 'ownLine'>): void => {
    const known = ends.get(end.transaction.id) ?? [];
    known.push({ ...met, ownLine: end.lineId });
    ends.set(end.transaction.id, known);
  };
  for (const { credit, debit, amountCents: cents } of allocations) {
    const { serviceTypeId } = debit;
    put(credit, { kind: 'paid', other: debit, serviceTypeId, cents });
    put(debit, { kind: 'paid by', other: credit, serviceTypeId, cents });
  }
  return ends;
}

const called = ({ kind, number, effectiveOn }: NamedTransaction): string =>
  `${arType(kind)}${number === null ? '' : ` ${number}`} of ${effectiveOn}`;

/** Lines, then what was paid, one for each other transaction and service; what was taken back again is gone. */
function detailsOf(
  { id, accountId }: ReplayTransaction,
  lines: readonly ReplayLine[],
  met: readonly Met[],
  names: ServiceNames,
): ArDetail[] {
  const service = (of: number | null): string => (of === null ? '' : (names.get(of)?.name ?? ''));
  const paid = new Map<string, ArDetail>();
  for (const { kind, other, serviceTypeId, cents } of met) {
    const text = [called(other.transaction), service(serviceTypeId)].filter((part) => part !== '').join(', ');
    const key = `${kind} ${other.transaction.id} ${serviceTypeId}`;
    const before = paid.get(key)?.cents ?? 0;
    const target = { transactionId: other.transaction.id, accountId: other.transaction.accountId };
    const named = {
      type: arType(other.transaction.kind),
      number: other.transaction.number,
      service: service(serviceTypeId),
    };
    paid.set(key, { text, cents: before + cents, kind, other: named, ...target });
  }
  return [
    ...lines.map(({ serviceTypeId, description, effect, amountCents }): ArDetail => ({
      text: description ?? (serviceTypeId === null ? 'Any service' : service(serviceTypeId)),
      cents: effect * amountCents,
      kind: 'line',
      other: null,
      transactionId: id,
      accountId,
    })),
    ...[...paid.values()].filter(({ cents }) => cents !== 0),
  ];
}
