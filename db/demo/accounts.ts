import { dateText, instantOf } from './days.ts';
import { UNPAID_BILLS } from './payer.ts';
import type { Customer } from './people.ts';
import { rateOf, serviceOf } from './tariff.ts';
import type { Tenancy } from './tenancy.ts';
import type { World } from './world.ts';
import type { Feature } from './features.ts';

/** Writes an account with its services and its balance. */
export function writeAccount(world: World, t: Tenancy, money: { balance: number; unposted: number }): void {
  const { sink, serials, today } = world;
  const activity = t.movedOutDay !== null ? 'final' : t.movedInDay > today ? 'waiting' : 'current';
  const number = `${t.customer.number}-${String(++t.customer.accounts).padStart(2, '0')}`;
  const movedIn = dateText(t.movedInDay);
  const movedOut = t.movedOutDay === null ? null : dateText(t.movedOutDay);
  const shutoffOn = t.feature === 'shutoffScheduled' ? dateText(today + 1 + (t.accountId % 6)) : null;
  const created = instantOf(Math.min(t.movedInDay, today) - 3, 600);
  sink.add(
    'account',
    t.accountId,
    number,
    t.customer.id,
    t.place.id,
    activity,
    movedIn,
    movedOut,
    t.budgetCents,
    t.renter && t.accountId % 3 === 0 ? 1 : 0,
    shutoffOn,
    created,
  );
  sink.add('account_balance', t.accountId, t.customer.id, t.place.id, money.balance, money.unposted);
  for (const code of t.services) {
    const status = {
      final: 'off',
      waiting: 'pending',
      current: t.feature === 'shutoff' && code === 'WAT' ? 'shutoff' : 'on',
    }[activity];
    const rate = rateOf(code, t.place.revenueClass);
    sink.add(
      'account_service',
      ++serials.account_service,
      t.accountId,
      t.customer.id,
      t.place.id,
      serviceOf(code).id,
      rate.id,
      status,
      movedIn,
      movedOut,
      activity === 'final' ? 0 : 1,
    );
  }
}

/** What a feature changes on the customer. */
export function mark(customer: Customer, feature: Feature, today: number): void {
  if (UNPAID_BILLS[feature] !== undefined) customer.autopay = null;
  if (feature === 'shutoff') {
    customer.status = 'shutoff';
    customer.statusOn = today - 7;
  }
  if (feature === 'private') customer.public = false;
  if (feature === 'bankrupt') customer.bankrupt = true;
  if (feature === 'noPayments') customer.noPayments = true;
  if (feature === 'noChecks') customer.noChecks = true;
  if (feature === 'disallowed') customer.disallowed = '["check","draft"]';
  if (feature === 'dunningHold') {
    customer.holdUntil = today + 20;
    customer.noCollections = true;
  }
  if (feature === 'budgetAutopay') customer.autopay = 'draft';
  if (feature === 'eBill') customer.eBill = true;
  if (feature === 'web') customer.web = true;
}
