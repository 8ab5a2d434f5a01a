import { formatCents } from '#domain/money.ts';
import { Failure } from '#services/failure.ts';
import { find, insteadOf, type LookupRow } from '#services/lookup/find.ts';
import type { LockboxItemRow } from '#services/lockbox/list.ts';
import { resolveLockbox, returnLockbox } from '#services/lockbox/work.ts';
import { money } from '#ui/money.ts';
import type { LockboxContext } from './model.ts';

const ANSWERS = 50;

const whatOf = ({ amountCents, accountNumber, payer, reference }: LockboxItemRow): string =>
  [
    formatCents(amountCents),
    accountNumber === '' ? 'without a number' : `for ${accountNumber}`,
    payer ?? '',
    reference ? `check ${reference}` : '',
  ]
    .filter(Boolean)
    .join(', ');

/** Accounts that a text may mean. @throws Failure at the field when there is none */
async function accountsOf(ctx: LockboxContext, text: string): Promise<readonly LookupRow[]> {
  const answer = await ctx.call(find, { text, limit: ANSWERS });
  const rows = answer.rows.filter(({ accountId }) => accountId !== null);
  if (rows.length > 0) return rows;
  const words = insteadOf(answer, text) || 'No account is found.';
  throw new Failure('not_found', words, { text: words });
}

/** The account that the operator means: looked for by anything, chosen where several answer. */
async function pickAccount(ctx: LockboxContext, item: LockboxItemRow): Promise<LookupRow | null> {
  const rows = await ctx.form({
    title: `Whose is ${whatOf(item)}?`,
    verb: 'Find',
    today: ctx.today,
    fields: [
      {
        name: 'text',
        label: 'Account of',
        kind: 'text',
        required: true,
        maxLength: 200,
        help: 'Account number, name, address, phone or meter.',
      },
    ],
    initial: { text: item.payer ?? '' },
    save: ({ text }) => accountsOf(ctx, text),
  });
  if (!rows) return null;
  if (rows.length === 1) return rows[0]!;
  return ctx.choose(
    'Account',
    rows.map((row) => ({
      value: row,
      label: `${row.accountNumber}  ${row.customerName}`,
      detail: [[row.line1, row.city].filter(Boolean).join(', '), row.activity, money(row.balanceCents)].join('  '),
    })),
  );
}

/** Credits a payment that waits to the account that the operator names. */
export async function resolve(ctx: LockboxContext, item: LockboxItemRow): Promise<void> {
  const account = await pickAccount(ctx, item);
  if (!account) return;
  const sure = await ctx.confirm({
    title: 'Credit payment?',
    lines: [
      whatOf(item),
      `to ${account.accountNumber} ${account.customerName}, balance ${formatCents(account.balanceCents ?? 0)}`,
    ],
    action: 'Credit it',
  });
  if (!sure) return;
  const { id, version } = item;
  const { receipt } = await ctx.call(resolveLockbox, { itemId: id, version, accountId: account.accountId! });
  ctx.toast(`${receipt}: ${formatCents(item.amountCents)} is credited to ${account.accountNumber}.`, 'good');
  await ctx.reload();
}

/** Sends a payment that waits back to who paid it. */
export async function giveBack(ctx: LockboxContext, item: LockboxItemRow): Promise<void> {
  const done = await ctx.form({
    title: `Return ${whatOf(item)}`,
    verb: 'Return',
    today: ctx.today,
    fields: [{ name: 'remarks', label: 'Why', kind: 'text', required: true, maxLength: 200 }],
    initial: { remarks: '' },
    save: ({ remarks }) => ctx.call(returnLockbox, { itemId: item.id, version: item.version, remarks }),
  });
  if (!done) return;
  ctx.toast(`${formatCents(done.amountCents)} goes back; the batch expects it no more.`, 'good');
  await ctx.reload();
}
