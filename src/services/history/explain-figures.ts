import type { TransactionKind } from '#db/entities/ledger.ts';
import { type Ageing, ageingOf } from '#domain/ageing.ts';
import { type CivilDate, daysBetween } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { NamedTransaction, Replay, ReplayAllocation, ReplayLine, ReplayTransaction } from './replay.ts';

/** What one line paid, or what paid it, in all; cents above zero. */
export interface Settlement {
  readonly transaction: NamedTransaction;
  readonly amountCents: Cents;
  /** The latest day on which some of it was allocated. */
  readonly allocatedOn: CivilDate;
  /** Of the debt. */
  readonly serviceTypeId: number | null;
}

/** A line with something open: a debt not paid in full, or money that has not paid anything yet. */
export interface OpenItem {
  readonly lineId: number;
  readonly transaction: ReplayTransaction;
  readonly serviceTypeId: number | null;
  readonly description: string | null;
  readonly dueOn: CivilDate | null;
  readonly amountCents: Cents;
  readonly openCents: Cents;
  /** Whole days since it took effect. */
  readonly ageDays: number;
  /** Whole days past its due date; negative before it, null where it has none. */
  readonly lateDays: number | null;
  readonly settlements: readonly Settlement[];
}

export interface KindPart {
  readonly kind: TransactionKind;
  readonly count: number;
  readonly cents: Cents;
}

/** How the debt of one service comes about; `null` is money and debts of no service in particular. */
export interface ServicePart {
  readonly serviceTypeId: number | null;
  readonly openingCents: Cents;
  /** Debits, and credits meant for this service, as they were entered. */
  readonly chargedCents: Cents;
  readonly creditedCents: Cents;
  /** What money of no service, or of another, has paid of it; negative where this is where the money came from. */
  readonly paidCents: Cents;
  readonly balanceCents: Cents;
  readonly ageing: Ageing;
}

/** The parts of a balance; each way of adding them up gives the balance. */
export interface Figures {
  readonly balanceCents: Cents;
  readonly unpostedCents: Cents;
  readonly openingCents: Cents;
  readonly kinds: readonly KindPart[];
  readonly services: readonly ServicePart[];
  readonly debts: readonly OpenItem[];
  readonly credits: readonly OpenItem[];
  /** Debts of these accounts that money of the customer's other accounts has paid, and the other way round. */
  readonly fromOthersCents: Cents;
  readonly toOthersCents: Cents;
  readonly ageing: Ageing;
  readonly unposted: readonly ReplayTransaction[];
}

const sum = (cents: Iterable<Cents>): Cents => {
  let total = 0;
  for (const each of cents) total += each;
  return total;
};

/** The parts of the balance that a replayed ledger gives on `day`; what was before `from` is the opening. */
export function figuresOf(replay: Replay, day: CivilDate, from: CivilDate | null): Figures {
  const byId = new Map(replay.transactions.map((transaction) => [transaction.id, transaction]));
  const posted = replay.transactions.filter(({ status }) => status === 'posted');
  const unposted = replay.transactions.filter(({ status }) => status === 'unposted');
  const lines = replay.lines.filter((line) => byId.get(line.transactionId)!.status === 'posted');
  const own = new Set(lines.map(({ id }) => id));
  const isBefore = (transaction: NamedTransaction): boolean => from !== null && transaction.effectiveOn < from;
  const items = openItems(lines, replay.allocations, byId, day);
  return {
    balanceCents: sum(posted.map(({ amountCents }) => amountCents)),
    unpostedCents: sum(unposted.map(({ amountCents }) => amountCents)),
    openingCents: sum(posted.filter(isBefore).map(({ amountCents }) => amountCents)),
    kinds: kindParts(posted.filter((transaction) => !isBefore(transaction))),
    services: serviceParts(lines, replay.allocations, items, {
      day,
      own,
      early: (id) => isBefore(byId.get(id)!),
      earlyAllocation: ({ allocatedOn }) => from !== null && allocatedOn < from,
    }),
    debts: items.filter(({ effect }) => effect > 0),
    credits: items.filter(({ effect }) => effect < 0),
    fromOthersCents: sum(
      replay.allocations.filter(({ credit }) => !own.has(credit.lineId)).map(({ amountCents }) => amountCents),
    ),
    toOthersCents: sum(
      replay.allocations.filter(({ debit }) => !own.has(debit.lineId)).map(({ amountCents }) => amountCents),
    ),
    ageing: ageingOf(items, day),
    unposted,
  };
}

function kindParts(posted: readonly ReplayTransaction[]): KindPart[] {
  const parts = new Map<TransactionKind, { kind: TransactionKind; count: number; cents: Cents }>();
  for (const { kind, amountCents } of posted) {
    const part = parts.get(kind) ?? { kind, count: 0, cents: 0 };
    part.count += 1;
    part.cents += amountCents;
    parts.set(kind, part);
  }
  return [...parts.values()].toSorted((a, b) => b.cents - a.cents);
}

/** What the credits of each transaction have paid, one for each other transaction and service. */
export function usesOf(allocations: readonly ReplayAllocation[]): Map<number, Settlement[]> {
  const uses = new Map<number, Settlement[]>();
  for (const { credit, debit, amountCents, allocatedOn } of allocations) {
    const own = uses.get(credit.transaction.id) ?? [];
    uses.set(credit.transaction.id, own);
    const { transaction, serviceTypeId } = debit;
    const at = own.findIndex((use) => use.transaction.id === transaction.id && use.serviceTypeId === serviceTypeId);
    const before = at < 0 ? 0 : own[at]!.amountCents;
    own.splice(at < 0 ? own.length : at, 1, {
      transaction,
      serviceTypeId,
      amountCents: before + amountCents,
      allocatedOn,
    });
  }
  return new Map([...uses].map(([id, own]) => [id, own.filter(({ amountCents }) => amountCents !== 0)]));
}

type Item = OpenItem & { readonly effect: number };

function openItems(
  lines: readonly ReplayLine[],
  allocations: readonly ReplayAllocation[],
  byId: ReadonlyMap<number, ReplayTransaction>,
  day: CivilDate,
): Item[] {
  const settled = new Map<number, Map<number, Settlement>>();
  const settle = (lineId: number, other: ReplayAllocation['credit'], allocation: ReplayAllocation): void => {
    const others = settled.get(lineId) ?? new Map<number, Settlement>();
    settled.set(lineId, others);
    const before = others.get(other.lineId)?.amountCents ?? 0;
    others.set(other.lineId, {
      transaction: other.transaction,
      amountCents: before + allocation.amountCents,
      allocatedOn: allocation.allocatedOn,
      serviceTypeId: allocation.debit.serviceTypeId,
    });
  };
  for (const allocation of allocations) {
    settle(allocation.credit.lineId, allocation.debit, allocation);
    settle(allocation.debit.lineId, allocation.credit, allocation);
  }
  return lines.flatMap((line): Item[] => {
    const settlements = [...(settled.get(line.id)?.values() ?? [])].filter(({ amountCents }) => amountCents !== 0);
    const openCents = line.amountCents - sum(settlements.map(({ amountCents }) => amountCents));
    if (openCents === 0) return [];
    const transaction = byId.get(line.transactionId)!;
    const { id: lineId, serviceTypeId, description, dueOn, amountCents, effect } = line;
    return [
      {
        lineId,
        transaction,
        serviceTypeId,
        description,
        dueOn,
        amountCents,
        openCents,
        effect,
        settlements,
        ageDays: daysBetween(transaction.effectiveOn, day),
        lateDays: dueOn === null ? null : daysBetween(dueOn, day),
      },
    ];
  });
}

interface Bounds {
  readonly day: CivilDate;
  readonly own: ReadonlySet<number>;
  readonly early: (transactionId: number) => boolean;
  readonly earlyAllocation: (allocation: ReplayAllocation) => boolean;
}

/**
 * An allocation moves money from the service of the credit to that of the debt, so that the
 * services add up to the whole, and each one's balance is what is open of it.
 */
function serviceParts(
  lines: readonly ReplayLine[],
  allocations: readonly ReplayAllocation[],
  items: readonly Item[],
  { day, own, early, earlyAllocation }: Bounds,
): ServicePart[] {
  const parts = new Map<number | null, { opening: Cents; charged: Cents; credited: Cents; paid: Cents }>();
  const at = (serviceTypeId: number | null) => {
    const part = parts.get(serviceTypeId) ?? { opening: 0, charged: 0, credited: 0, paid: 0 };
    parts.set(serviceTypeId, part);
    return part;
  };
  for (const { transactionId, serviceTypeId, effect, amountCents } of lines) {
    const part = at(serviceTypeId);
    if (early(transactionId)) part.opening += effect * amountCents;
    else if (effect > 0) part.charged += amountCents;
    else part.credited += amountCents;
  }
  for (const allocation of allocations) {
    const { credit, debit, amountCents } = allocation;
    if (credit.serviceTypeId === debit.serviceTypeId || !own.has(credit.lineId) || !own.has(debit.lineId)) continue;
    const [to, from] = [at(debit.serviceTypeId), at(credit.serviceTypeId)];
    if (earlyAllocation(allocation)) {
      to.opening -= amountCents;
      from.opening += amountCents;
    } else {
      to.paid += amountCents;
      from.paid -= amountCents;
    }
  }
  return [...parts].map(([serviceTypeId, { opening, charged, credited, paid }]) => ({
    serviceTypeId,
    openingCents: opening,
    chargedCents: charged,
    creditedCents: credited,
    paidCents: paid,
    balanceCents: opening + charged - credited - paid,
    ageing: ageingOf(
      items.filter((item) => item.serviceTypeId === serviceTypeId),
      day,
    ),
  }));
}
