import { formatCents } from '#domain/money.ts';
import type { Command } from '#keymap/command.ts';
import { settleDeposit } from '#services/deposits/apply.ts';
import { depositDetails, type DepositDetails, listDeposits } from '#services/deposits/list.ts';
import type { HeldDeposit, LocationDetails } from '#services/locations/location-details.ts';
import type { TabContext } from '../../tab.ts';
import {
  applyForm,
  chargeForm,
  type DepositForm,
  type FormContext,
  reasonForm,
  refundForm,
  transferForm,
} from './deposit-forms.ts';
import { depositText } from './deposit-text.ts';

/** The part of the tab's state that deposits need. */
interface WithDetails {
  readonly details: LocationDetails | null;
}

type Ctx<S> = TabContext<S>;

/** Shows all of a deposit. */
export async function showDeposit(ctx: Pick<Ctx<unknown>, 'call' | 'show'>, depositId: number): Promise<void> {
  const deposit = await ctx.call(depositDetails, { depositId });
  await ctx.show(`Deposit ${deposit.number ?? deposit.code}`, depositText(deposit));
}

const nameOf = ({ number, code }: Pick<HeldDeposit, 'number' | 'code'>): string => number ?? code;

/** Commands on deposits, for a tab that lists them; `under` is the deposit with the cursor. */
export function depositCommands<S extends WithDetails>(
  under: (ctx: Ctx<S>) => number | null,
): readonly Command<Ctx<S>>[] {
  const listed = (ctx: Ctx<S>): readonly HeldDeposit[] => ctx.get().details?.deposits ?? [];
  const fitting = (ctx: Ctx<S>, fits: (one: HeldDeposit) => boolean): HeldDeposit[] => {
    const at = under(ctx);
    return listed(ctx).filter((one) => (at === null || one.id === at) && fits(one));
  };

  /** The deposit with the cursor, the only one, or the one that is chosen. */
  const chosen = async (ctx: Ctx<S>, fits: (one: HeldDeposit) => boolean): Promise<DepositDetails | null> => {
    const some = fitting(ctx, fits);
    const choices = some.map((one) => ({
      value: one.id,
      label: nameOf(one),
      detail: `${formatCents(one.heldCents)} ${one.holder}`,
    }));
    const depositId = some.length === 1 ? some[0]!.id : await ctx.choose('Which deposit?', choices);
    return depositId === null ? null : ctx.call(depositDetails, { depositId });
  };

  const command = (
    told: Pick<Command<Ctx<S>>, 'id' | 'title' | 'keys' | 'hint' | 'footer'>,
    fits: (one: HeldDeposit) => boolean,
    none: string,
    act: (ctx: Ctx<S>, deposit: DepositDetails) => Promise<string | null>,
  ): Command<Ctx<S>> => ({
    ...told,
    group: 'record',
    permission: 'deposits.manage',
    background: true,
    when: (ctx) => (fitting(ctx, fits).length > 0 ? true : none),
    run: async (ctx) => {
      const deposit = await chosen(ctx, fits);
      const done = deposit && (await act(ctx, deposit));
      if (!done) return;
      await ctx.reload();
      ctx.toast(done, 'good');
    },
  });

  const byForm =
    (words: string, formOf: (ctx: FormContext & Ctx<S>, deposit: DepositDetails) => DepositForm) =>
    async (ctx: Ctx<S>, deposit: DepositDetails): Promise<string | null> => {
      const done = await ctx.form(formOf(ctx, deposit));
      return done && `Deposit ${nameOf(deposit)} ${words}; ${formatCents(done.heldCents)} of it is held now.`;
    };

  const held = ({ heldCents }: HeldDeposit): boolean => heldCents > 0;
  const open = ({ status }: HeldDeposit): boolean => status !== 'held';
  const nothingHeld = 'No deposit is held here.';
  return [
    {
      id: 'location.chargeDeposit',
      title: 'Charge a deposit',
      group: 'record',
      keys: ['n'],
      hint: 'Deposit',
      footer: 30,
      permission: 'deposits.manage',
      background: true,
      when: (ctx) => (ctx.params.accountId === null ? 'A deposit is charged on an account.' : true),
      run: async (ctx) => {
        const done = await ctx.form(await chargeForm(ctx, ctx.params.accountId!));
        if (done === null) return;
        await ctx.reload();
        ctx.toast(`Deposit ${done.number} is charged.`, 'good');
      },
    },
    command(
      { id: 'location.applyDeposit', title: 'Apply a deposit to debts', keys: ['a'], hint: 'Apply', footer: 28 },
      held,
      nothingHeld,
      byForm('is applied', (ctx, deposit) => applyForm(ctx, deposit, ctx.params.accountId)),
    ),
    command(
      { id: 'location.refundDeposit', title: 'Refund a deposit', keys: ['r'], hint: 'Refund', footer: 26 },
      held,
      nothingHeld,
      byForm('is refunded', (ctx, deposit) => refundForm(ctx, deposit)),
    ),
    command(
      { id: 'location.settleDeposit', title: 'Settle the final bill from a deposit', keys: ['S'] },
      held,
      nothingHeld,
      settle,
    ),
    command(
      { id: 'location.transferDeposit', title: 'Transfer a deposit', keys: ['t'], hint: 'Transfer', footer: 24 },
      held,
      nothingHeld,
      byForm('is transferred', (ctx, deposit) => transferForm(ctx, deposit, '')),
    ),
    command(
      { id: 'location.forfeitDeposit', title: 'Forfeit a deposit', keys: ['f'] },
      held,
      nothingHeld,
      byForm('is forfeited', (ctx, deposit) => reasonForm(ctx, deposit, 'forfeit')),
    ),
    command(
      { id: 'location.takeBackDeposit', title: 'Take back what is not paid of a deposit', keys: ['u'] },
      open,
      'No deposit is still to be paid.',
      byForm('is taken back', (ctx, deposit) => reasonForm(ctx, deposit, 'takeBack')),
    ),
    {
      id: 'location.pastDeposits',
      title: 'All deposits, also those of the past',
      group: 'go',
      keys: ['d'],
      permission: 'deposits.read',
      background: true,
      when: (ctx) => (ctx.params.accountId === null ? 'Deposits are listed by account.' : true),
      run: allDeposits,
    },
  ];
}

/** Deposit and interest against the debts of the account; what is left goes back or is written down. */
async function settle(
  ctx: Pick<Ctx<unknown>, 'call' | 'confirm' | 'params'>,
  deposit: DepositDetails,
): Promise<string | null> {
  const total = deposit.heldCents + deposit.accruedCents;
  const sure = await ctx.confirm({
    title: 'Settle the account from the deposit?',
    lines: [
      `Deposit ${nameOf(deposit)}: ${formatCents(deposit.heldCents)} and interest ${formatCents(deposit.accruedCents)}`,
      `${formatCents(total)} pays what is owed, in payoff order.`,
      'What is left is refunded by check; a tiny rest is written down.',
    ],
    action: 'Settle',
  });
  if (!sure) return null;
  const { id: depositId, version } = deposit;
  const done = await ctx.call(settleDeposit, { depositId, version, accountId: ctx.params.accountId });
  const rest = done.refundedCents > 0 ? `, ${formatCents(done.refundedCents)} refunded` : '';
  return `Deposit ${nameOf(deposit)}: ${formatCents(done.paidCents)} applied${rest}.`;
}

async function allDeposits(ctx: Pick<Ctx<unknown>, 'call' | 'choose' | 'show' | 'toast' | 'params'>): Promise<void> {
  const deposits = await ctx.call(listDeposits, { accountId: ctx.params.accountId!, all: true });
  if (deposits.length === 0) return ctx.toast('There never was a deposit here.', 'info');
  const choice = await ctx.choose(
    'Deposits',
    deposits.map((one) => ({
      value: one.id,
      label: `${nameOf(one)} ${one.code}`,
      detail: `${one.status}, ${formatCents(one.chargedCents)} for the ${one.holder}, ${one.chargedOn}`,
    })),
  );
  if (choice !== null) await showDeposit(ctx, choice);
}
