import { formatCents } from '#domain/money.ts';
import type { Effect, OpenChange, Position, WaitingChange } from '#services/corrections/effect.ts';
import { KIND_LABELS } from '#services/history/kinds.ts';

type Figure = readonly [label: string, of: (position: Position) => number];

const FIGURES: readonly Figure[] = [
  ['Not past due', ({ ageing }) => ageing.current.cents],
  ['1 to 30 days', ({ ageing }) => ageing.days30.cents],
  ['31 to 60 days', ({ ageing }) => ageing.days60.cents],
  ['61 to 90 days', ({ ageing }) => ageing.days90.cents],
  ['Over 90 days', ({ ageing }) => ageing.older.cents],
  ['Open credit', ({ ageing, serviceCreditCents }) => ageing.credit - serviceCreditCents],
  ['Service credit', ({ serviceCreditCents }) => serviceCreditCents],
];

/** Debts and credits told one by one; of more only how many. */
const MOST_CHANGES = 5;

const row = (label: string, before: string, after: string): string =>
  `${label.padEnd(20)}${before.padStart(13)}  ->${after.padStart(13)}`;

/** Ages that change. */
const ageingRows = (before: Position, after: Position): string[] =>
  FIGURES.filter(([, of]) => of(before) !== of(after)).map(([label, of]) =>
    row(`  ${label}`, formatCents(of(before)), formatCents(of(after))),
  );

function changeLine(change: OpenChange): string {
  const what = change.number === null ? KIND_LABELS[change.kind] : `${KIND_LABELS[change.kind]} ${change.number}`;
  const due = change.side === 'credit' ? 'credit' : change.dueOn === null ? '' : `due ${change.dueOn}`;
  const left = change.afterCents > change.beforeCents ? 'open again' : 'paid';
  const by = formatCents(Math.abs(change.afterCents - change.beforeCents));
  return `  ${[what, change.serviceCode, due].filter(Boolean).join(', ')}: ${by} ${change.side === 'credit' ? (left === 'paid' ? 'used' : 'free again') : left}`;
}

/** What waits for a bill: the balance and its age stay as they are until then. */
function waitingLines(now: Position, waiting: WaitingChange): string[] {
  const { accountNumber, beforeCents, afterCents, balanceWithBeforeCents, billed } = waiting;
  const money = formatCents;
  const ages = ageingRows(now, billed);
  return [
    'No balance and no ageing changes before the next bill.',
    `Account ${accountNumber}`,
    row('  Balance', money(now.balanceCents), money(now.balanceCents)),
    row('  On the next bill', money(beforeCents), money(afterCents)),
    row('  Balance with it', money(balanceWithBeforeCents), money(billed.balanceCents)),
    ...(ages.length === 0 ? [] : ['If it were billed today', ...ages]),
  ];
}

/** What a correction would do, for whoever must say yes to it: warnings, then each account, then its debts. */
export function effectLines({ accounts, changes, made, warnings, waiting }: Effect): string[] {
  const lines = warnings.map((warning) => `! ${warning}`);
  if (waiting !== null) return [...lines, ...waitingLines(accounts[0]!.after, waiting)];
  if (made.some(({ waits }) => waits)) lines.push('What waits for its batch is told as if it were posted.');
  for (const { number, before, after } of accounts) {
    lines.push(
      `Account ${number}`,
      row('  Balance', formatCents(before.balanceCents), formatCents(after.balanceCents)),
    );
    lines.push(...ageingRows(before, after));
  }
  lines.push(...changes.slice(0, MOST_CHANGES).map(changeLine));
  if (changes.length > MOST_CHANGES) lines.push(`  and ${changes.length - MOST_CHANGES} more`);
  for (const { kind, effectiveOn, amountCents, accountNumber, waits } of made.slice(0, MOST_CHANGES)) {
    const what = `${waits ? 'Waits' : 'New'}: ${KIND_LABELS[kind]} of ${effectiveOn} on ${accountNumber}`;
    lines.push(`${what}, ${formatCents(amountCents)}`);
  }
  return lines;
}
