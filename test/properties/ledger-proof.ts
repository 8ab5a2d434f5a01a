import { deferredRules } from '#db/check/deferred.ts';
import { depositRules } from '#db/check/deposits.ts';
import { ledgerRules } from '#db/check/ledger.ts';
import { paymentRules } from '#db/check/payments.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { historyAgeing } from '#services/history/ageing.ts';
import { listHistory } from '#services/history/list.ts';
import type { CommandContext } from '#services/operation.ts';
import { explainedProblems } from './explained.ts';
import type { Stage } from './ledger-model.ts';

/** The ledger as a plain list of facts, read at once and replayed here without the program's own sums. */
async function readBooks({ db }: CommandContext) {
  const lines = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select([
      'l.id',
      'l.account_id as account',
      'l.debit_gl as debit',
      'l.credit_gl as credit',
      'l.amount_cents as cents',
      'l.effect',
      'l.open_cents as open',
      'l.effective_on as on',
      't.kind',
    ])
    .where('t.status', '=', 'posted')
    .execute();
  const allocations = await db
    .selectFrom('allocation')
    .select(['credit_line_id as credit', 'debit_line_id as debit', 'amount_cents as cents', 'allocated_on as on'])
    .execute();
  return { lines, allocations };
}

type Books = Awaited<ReturnType<typeof readBooks>>;

const RECEIVABLE = '1200';
const CLEARING = '1290';

/** Sums by code of the general ledger; receivables are what accounts owe, the clearing account is empty. */
function glProblems({ lines }: Books): string[] {
  const sums = new Map<string, number>();
  const add = (code: string, cents: number): void => void sums.set(code, (sums.get(code) ?? 0) + cents);
  const problems: string[] = [];
  for (const { id, debit, credit, cents, effect } of lines) {
    add(debit, cents);
    add(credit, -cents);
    const told = Number(debit === RECEIVABLE) - Number(credit === RECEIVABLE);
    if (effect !== 0 && told !== effect) problems.push(`line ${id}: effect ${effect}, books ${told}`);
  }
  const owed = lines.reduce((sum, { effect, cents }) => sum + effect * cents, 0);
  if ([...sums.values()].reduce((a, b) => a + b, 0) !== 0) problems.push('debits and credits differ');
  if ((sums.get(RECEIVABLE) ?? 0) !== owed) problems.push(`receivables ${sums.get(RECEIVABLE)}, owed ${owed}`);
  if ((sums.get(CLEARING) ?? 0) !== 0) problems.push(`clearing account holds ${sums.get(CLEARING)}`);
  return problems;
}

/** What is open of each line at the end of a day, from the allocations made by then. */
function openOn({ lines, allocations }: Books, day: CivilDate): Map<number, number> {
  const open = new Map(lines.filter(({ on }) => on <= day).map(({ id, cents }) => [id, cents]));
  for (const { credit, debit, cents, on } of allocations) {
    if (on > day) continue;
    for (const line of [credit, debit]) open.set(line, (open.get(line) ?? 0) - cents);
  }
  return open;
}

/** On every day on which something happened: nothing open below zero or beyond its amount, sums as the program tells them. */
async function dayProblems(
  ctx: CommandContext,
  stage: Stage,
  books: Books,
  days: readonly CivilDate[],
): Promise<string[]> {
  const problems: string[] = [];
  const byId = new Map(books.lines.map((line) => [line.id, line]));
  for (const day of days) {
    const open = openOn(books, day);
    for (const [id, cents] of open) {
      const line = byId.get(id);
      if (!line || line.effect === 0) continue;
      if (cents < 0 || cents > line.cents)
        problems.push(`${day}: line ${id} (${line.kind}) has ${cents} open of ${line.cents}`);
    }
    for (const { id: accountId } of stage.accounts) {
      const mine = books.lines.filter(({ account, on }) => account === accountId && on <= day);
      const replayed = mine.reduce((sum, { effect, cents }) => sum + effect * cents, 0);
      const ofOpen = mine.reduce((sum, { id, effect }) => sum + effect * (open.get(id) ?? 0), 0);
      const told = await listHistory.run(ctx, { accountId, view: 'all', asOf: day, limit: 1 });
      const { total } = await historyAgeing.run(ctx, { accountId, asOf: day });
      const figures = [replayed, ofOpen, told.standing!.balanceCents, total.open.cents - total.credit];
      if (new Set(figures).size > 1) problems.push(`${day}: account ${accountId}: ${figures.join(', ')}`);
    }
  }
  return problems;
}

/** Everything that must hold of a ledger, whatever happened to it; in words what does not. */
export async function ledgerProblems(ctx: CommandContext, stage: Stage, most = 8): Promise<string[]> {
  const books = await readBooks(ctx);
  const days = [...new Set([...books.lines, ...books.allocations].map(({ on }) => on))].toSorted();
  // The last day is the present; of the others some, spread over the whole history.
  const step = Math.max(1, Math.floor(days.length / most));
  const asked = days.filter((_, place) => place % step === 0 || place === days.length - 1);
  const last = openOn(books, '9999-12-31');
  const found: string[] = [];
  for (const { name, find } of [...ledgerRules, ...depositRules, ...paymentRules, ...deferredRules]) {
    for (const { message } of await find(ctx.db, 5)) found.push(`${name}: ${message}`);
  }
  return [
    ...found,
    ...glProblems(books),
    ...books.lines
      .filter(({ id, open, effect }) => effect !== 0 && last.get(id) !== open)
      .map(({ id }) => `line ${id}: open differs`),
    ...(await dayProblems(ctx, stage, books, asked)),
    ...(await explainedProblems(ctx, stage, asked)),
  ];
}
