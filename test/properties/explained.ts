import type { CivilDate } from '#domain/civil-date.ts';
import { arHistory } from '#services/ar/history.ts';
import { explainBalance, type Explanation } from '#services/history/explain.ts';
import { listHistory } from '#services/history/list.ts';
import type { CommandContext } from '#services/operation.ts';
import type { Stage } from './ledger-model.ts';

const sum = (cents: readonly number[]): number => cents.reduce((total, each) => total + each, 0);

/** What of an explanation does not add up, in words. */
function unexplained(e: Explanation): string[] {
  const wrong = e.sections.filter(
    ({ lines, cents, sum: what }) =>
      sum(lines.map((line) => line.cents ?? 0)) !== cents || (what.startsWith('Balance') && cents !== e.balanceCents),
  );
  const open = (items: Explanation['debts']): number => sum(items.map(({ openCents }) => openCents));
  const ways = {
    open: open(e.debts) - open(e.credits) + e.fromOthersCents - e.toOthersCents,
    kinds: e.openingCents + sum(e.kinds.map(({ cents }) => cents)),
    services: sum(e.services.map(({ balanceCents }) => balanceCents)),
    bills: sum(
      e.bills.map(
        ({ billedCents, backdatedCents, since }) =>
          billedCents + backdatedCents + sum(since.map(({ amountCents }) => amountCents)),
      ),
    ),
  };
  return [
    ...wrong.map(({ title }) => `"${title}" does not add up`),
    ...Object.entries(ways)
      .filter(([, cents]) => cents !== e.balanceCents)
      .map(([way, cents]) => `by ${way} ${cents}, owed ${e.balanceCents}`),
  ];
}

/** The view of an invoice leaves what is open of its own debits and of those that correct it. */
async function invoiceProblems(ctx: CommandContext, accountId: number): Promise<string[]> {
  const own = await ctx.db
    .selectFrom('ledger_transaction as t')
    .innerJoin('ledger_line as l', 'l.transaction_id', 't.id')
    .select(['t.id', 't.kind', 't.status', 't.reverses_id as reverses', 't.corrects_id as corrects'])
    .select(['l.open_cents as open', 'l.effect'])
    .where('t.account_id', '=', accountId)
    .execute();
  const problems: string[] = [];
  const invoices = new Set(
    own.filter(({ kind, status }) => kind === 'charge' && status === 'posted').map(({ id }) => id),
  );
  for (const invoiceId of [...invoices].slice(0, 4)) {
    const open = own.filter(
      ({ id, reverses, corrects, effect, status }) =>
        [id, reverses, corrects].includes(invoiceId) && effect === 1 && status === 'posted',
    );
    const { standing } = await listHistory.run(ctx, { accountId, view: 'invoice', invoiceId, limit: 1 });
    const right = sum(open.map((line) => line.open));
    if (standing!.balanceCents !== right)
      problems.push(`invoice ${invoiceId}: ${standing!.balanceCents}, open ${right}`);
  }
  return problems;
}

/** On the first, a middle and the last of the days: the balance explained and the A/R history add up and agree. */
export async function explainedProblems(
  ctx: CommandContext,
  { accounts }: Stage,
  days: readonly CivilDate[],
): Promise<string[]> {
  const problems: string[] = [];
  if (days.length === 0) return problems;
  for (const { id } of accounts) problems.push(...(await invoiceProblems(ctx, id)));
  for (const day of new Set([days[0]!, days[days.length >> 1]!, days.at(-1)!])) {
    for (const { id: accountId } of accounts) {
      const quarter = days[days.length >> 2]!;
      const from = quarter <= day ? quarter : day;
      const explained = await explainBalance.run(ctx, { accountId, asOf: day, from });
      const { rows, openingCents, closingCents } = await arHistory.run(ctx, { accountId, from, to: day, detail: true });
      const posted = rows.filter(({ status }) => status === 'posted').map(({ amountCents }) => amountCents);
      if (openingCents + sum(posted) !== explained.balanceCents || closingCents !== explained.balanceCents) {
        problems.push(
          `${day}: A/R of ${accountId}: ${openingCents} to ${closingCents}, owed ${explained.balanceCents}`,
        );
      }
      for (const problem of unexplained(explained)) problems.push(`${day}: account ${accountId}: ${problem}`);
    }
  }
  return problems;
}
