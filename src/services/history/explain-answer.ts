import { formatCents } from '#domain/money.ts';
import type { Explained } from './explain-words.ts';

/** One sentence for whoever asks at the counter. */
export function answerOf(e: Explained): string {
  const { balanceCents, unpostedCents, ageing, asOf } = e;
  const late = ageing.open.cents - ageing.current.cents;
  const owes =
    balanceCents > 0
      ? `As of ${asOf}, ${formatCents(balanceCents)} is owed`
      : balanceCents < 0
        ? `As of ${asOf}, there is a credit of ${formatCents(-balanceCents)}`
        : `As of ${asOf}, nothing is owed`;
  const past = late > 0 ? `; ${formatCents(late)} of the open debts is past due` : '';
  const waiting =
    unpostedCents === 0 ? '' : ` Once all is posted it will be ${formatCents(balanceCents + unpostedCents)}.`;
  return `${owes}${past}.${writtenOff(e)}${waiting}`;
}

/** Debts that nobody paid, less what was taken back of them. */
function writtenOff({ kinds, from }: Explained): string {
  const ours = kinds.filter(({ kind }) => kind === 'write_off' || kind === 'write_off_reinstate');
  const cents = ours.reduce((total, part) => total - part.cents, 0);
  return cents <= 0 ? '' : ` ${formatCents(cents)} was written off${from === null ? '' : ` since ${from}`}.`;
}
