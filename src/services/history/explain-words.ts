import { BUCKETS } from '#domain/ageing.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import type { Figures, OpenItem, ServicePart, Settlement } from './explain-figures.ts';
import { KIND_LABELS } from './kinds.ts';
import type { LastBill } from './last-bill.ts';
import type { NamedTransaction, ReplayTransaction } from './replay.ts';
import type { ServiceNames } from './service-names.ts';

/** One line of an explanation. */
export interface ExplainedLine {
  readonly text: string;
  /** What it adds to the sum of its section; null: it tells more of the line above. */
  readonly cents: Cents | null;
  readonly transactionId?: number;
  readonly accountId?: number;
}

/** Lines that add up to `cents`. */
export interface ExplainedSection {
  readonly title: string;
  readonly lines: readonly ExplainedLine[];
  readonly sum: string;
  readonly cents: Cents;
}

/** What is to be put into words. */
export interface Explained extends Figures {
  readonly asOf: CivilDate;
  readonly from: CivilDate | null;
  readonly bills: readonly LastBill[];
  /** What the credits of each transaction have paid. */
  readonly uses: ReadonlyMap<number, readonly Settlement[]>;
  readonly names: ServiceNames;
  /** Several accounts: each line says which. */
  readonly several: boolean;
}

/** `Payment R0000012 of 2026-09-15`. */
const called = ({ kind, number, effectiveOn }: NamedTransaction): string =>
  `${KIND_LABELS[kind]}${number === null ? '' : ` ${number}`} of ${effectiveOn}`;

/** Which deferred charge it is, and the payment that it followed. */
const deferredWords = ({ kind, memo, reference }: ReplayTransaction): string =>
  kind !== 'deferred_charge' || memo === null
    ? ''
    : `: ${memo}${reference === null ? '' : `, after payment ${reference}`}`;

const leadsTo = ({ id, accountId }: NamedTransaction) => ({ transactionId: id, accountId });

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const serviceName = ({ names }: Explained, id: number | null): string =>
  id === null ? 'no service' : (names.get(id)?.name ?? 'a service');

const whose = ({ several }: Explained, { accountNumber }: { accountNumber: string }): string =>
  several ? ` (${accountNumber})` : '';

const add = (lines: readonly ExplainedLine[]): Cents => lines.reduce((total, { cents }) => total + (cents ?? 0), 0);

const section = (title: string, lines: readonly ExplainedLine[], sum: string): ExplainedSection => ({
  title,
  lines,
  sum,
  cents: add(lines),
});

/** The balance told in several ways, each of which adds up to it, its parts, and what is not in it. */
export function sectionsOf(e: Explained): ExplainedSection[] {
  const balance = `Balance as of ${e.asOf}`;
  const parts = [
    section(
      'Open debts',
      e.debts.flatMap((item) => openLines(e, item, true)),
      'Open debts',
    ),
    section(
      'Open credit',
      e.credits.flatMap((item) => openLines(e, item, false)),
      'Open credit',
    ),
    section('Ageing of the open debts', ageingLines(e), 'Open debts'),
    section(
      'Unposted: not in the balance yet',
      e.unposted.map((transaction) => ({
        text: called(transaction) + whose(e, transaction),
        cents: transaction.amountCents,
        ...leadsTo(transaction),
      })),
      'Unposted',
    ),
  ];
  const [debts, credits, ageing, unposted] = parts.map((part) => (part.lines.length === 0 ? [] : [part]));
  return [
    section(
      'The last bill and everything since',
      e.bills.flatMap((bill) => billLines(e, bill)),
      balance,
    ),
    section('What is open', openParts(e), balance),
    ...debts!,
    ...credits!,
    ...ageing!,
    section('By kind', kindLines(e), balance),
    section(
      'By service',
      e.services.flatMap((part) => serviceLines(e, part)),
      balance,
    ),
    ...unposted!,
  ];
}

/** What the bill said, what came too late to be on it, and each thing since with what it paid. */
function billLines(e: Explained, bill: LastBill): ExplainedLine[] {
  const late: ExplainedLine = { text: 'Entered later with a date up to the bill’s', cents: bill.backdatedCents };
  return [
    billLine(e, bill),
    ...(bill.backdatedCents === 0 ? [] : [late]),
    ...bill.since.flatMap((transaction): ExplainedLine[] => [
      {
        text: called(transaction) + deferredWords(transaction),
        cents: transaction.amountCents,
        ...leadsTo(transaction),
      },
      ...(e.uses.get(transaction.id) ?? []).map((use) => settlementLine(e, use, { debt: false, by: transaction.kind })),
    ]),
  ];
}

function billLine(e: Explained, bill: LastBill): ExplainedLine {
  const { from, number, billedOn, dueOn, transactionId, accountId } = bill;
  const text =
    from === 'none'
      ? 'No bill and no charge so far'
      : from === 'charge'
        ? `Owed after charge${number === null ? '' : ` ${number}`} of ${billedOn}`
        : `Bill ${number} of ${billedOn}, due ${dueOn}`;
  return {
    text: text + whose(e, bill),
    cents: bill.billedCents,
    ...(transactionId === null ? {} : { transactionId, accountId }),
  };
}

function openParts(e: Explained): ExplainedLine[] {
  const general = e.credits.filter(({ serviceTypeId }) => serviceTypeId === null);
  const tied = e.credits.filter(({ serviceTypeId }) => serviceTypeId !== null);
  const open = (items: readonly OpenItem[]): Cents => items.reduce((total, { openCents }) => total + openCents, 0);
  const lines: ExplainedLine[] = [
    { text: count(e.debts.length, 'open debt', 'open debts'), cents: open(e.debts) },
    { text: 'less open credit, for any service (OC)', cents: -open(general) || 0 },
    { text: 'less open credit of one service (SOC)', cents: -open(tied) || 0 },
  ];
  if (e.fromOthersCents !== 0) lines.push({ text: 'paid by money of other accounts', cents: e.fromOthersCents });
  if (e.toOthersCents !== 0) lines.push({ text: 'paid to other accounts', cents: -e.toOthersCents });
  return lines;
}

/** A debt with its age and what paid of it, or a credit with what it has paid. */
function openLines(e: Explained, item: OpenItem, debt: boolean): ExplainedLine[] {
  const { transaction, serviceTypeId, amountCents, openCents, settlements } = item;
  const tied = serviceTypeId === null ? 'OC, for any service' : `SOC, for ${serviceName(e, serviceTypeId)} only`;
  const what = debt
    ? [item.description ?? (serviceTypeId === null ? null : serviceName(e, serviceTypeId)), ageText(item)]
    : [tied];
  const text = [called(transaction) + whose(e, transaction), ...what].filter((part) => part !== null).join(', ');
  const part = settlements.length === 0 ? [] : [{ text: `  of ${formatCents(amountCents)}`, cents: null }];
  return [
    { text, cents: debt ? openCents : -openCents, ...leadsTo(transaction) },
    ...part,
    ...settlements.map((settlement) =>
      settlementLine(e, settlement, { debt, by: debt ? settlement.transaction.kind : transaction.kind }),
    ),
  ];
}

function settlementLine(
  e: Explained,
  settlement: Settlement,
  { debt, by }: { readonly debt: boolean; readonly by: NamedTransaction['kind'] },
): ExplainedLine {
  const { transaction, amountCents, allocatedOn, serviceTypeId } = settlement;
  const cents = formatCents(amountCents);
  // What is written off was paid by nobody.
  const settled = by === 'write_off' ? 'written off' : 'paid';
  const text = debt
    ? `  ${cents} ${settled} by ${called(transaction)}${allocatedOn === transaction.effectiveOn ? '' : `, used ${allocatedOn}`}`
    : `  ${cents} ${settled} ${called(transaction)}, ${serviceName(e, serviceTypeId)}`;
  return { text, cents: null, ...leadsTo(transaction) };
}

/** `61 days late`, `due today`, `due in 5 days`, and how old it is. */
function ageText({ lateDays, ageDays }: OpenItem): string {
  const age = `${count(ageDays, 'day', 'days')} old`;
  if (lateDays === null) return `never due by itself, ${age}`;
  if (lateDays > 0) return `${count(lateDays, 'day', 'days')} late`;
  return `${lateDays === 0 ? 'due today' : `due in ${count(-lateDays, 'day', 'days')}`}, ${age}`;
}

function ageingLines(e: Explained): ExplainedLine[] {
  if (e.ageing.open.count === 0) return [];
  return BUCKETS.flatMap(([name, label]): ExplainedLine[] => {
    const { count: debts, cents } = e.ageing[name];
    const parts = e.services.filter(({ ageing }) => ageing[name].count > 0);
    const text = debts === 0 ? label : `${label}: ${count(debts, 'debt', 'debts')}`;
    return [
      { text, cents },
      ...(debts === 0 ? [] : parts).map(({ serviceTypeId, ageing }) => ({
        text: `  ${formatCents(ageing[name].cents)} ${serviceName(e, serviceTypeId)}`,
        cents: null,
      })),
    ];
  });
}

function kindLines(e: Explained): ExplainedLine[] {
  const opening = { text: e.from === null ? 'Before the first entry' : `Owed before ${e.from}`, cents: e.openingCents };
  return [
    opening,
    ...e.kinds.map(({ kind, count: times, cents }) => ({ text: `${KIND_LABELS[kind]}: ${times}`, cents })),
  ];
}

function serviceLines(e: Explained, part: ServicePart): ExplainedLine[] {
  const { serviceTypeId, openingCents, chargedCents, creditedCents, paidCents, balanceCents } = part;
  const facts = [
    e.from === null ? null : `before ${e.from} ${formatCents(openingCents)}`,
    `charged ${formatCents(chargedCents)}`,
    `credited ${formatCents(creditedCents)}`,
    paidCents < 0 ? `spent on services ${formatCents(-paidCents)}` : `paid ${formatCents(paidCents)}`,
  ];
  const name = serviceName(e, serviceTypeId);
  return [
    { text: name[0]!.toUpperCase() + name.slice(1), cents: balanceCents },
    { text: `  ${facts.filter((fact) => fact !== null).join(', ')}`, cents: null },
  ];
}
