import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { routingCheckDigit } from '#domain/routing-number.ts';
import { openAccount } from '#services/accounts/open.ts';
import type { Actor } from '#services/actor.ts';
import { listAudit } from '#services/audit/list.ts';
import { addBank, findBanks } from '#services/autopay/banks.ts';
import { addDraft, editDraft } from '#services/autopay/draft.ts';
import { endAutopay, endAutopays, refusedAutopays, restoreAutopay } from '#services/autopay/end.ts';
import { listAutopay, readAutopay } from '#services/autopay/list.ts';
import { nextAutopay } from '#services/autopay/next.ts';
import { resumeAutopay, setAutomatic, suspendAutopay } from '#services/autopay/state.ts';
import { checkDatabase } from '#services/check/check.ts';
import { type Call, command } from '#services/operation.ts';
import { customerDetails } from '#services/customers/details.ts';
import { setOption } from '#services/options/operations.ts';
import { revealSensitive } from '#services/secrets/reveal.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { addPeople, PASSWORD } from '#test/support/people.ts';
import { Utility } from '#test/support/utility.ts';
import { z } from 'zod';

const ROUTING = `12345678${routingCheckDigit('12345678')}`;
const OTHER = `02345678${routingCheckDigit('02345678')}`;

/** A household whose bank is in the directory. */
async function town(who: Actor = actor()) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household('Rivera, Ana M', '118 Alder St');
  const call = runnerFor(database, who);
  await runnerFor(database)(addBank, { routingNumber: ROUTING, name: 'First Bank' });
  return { database, utility, account, call, customerId: account.customerId };
}

type Town = Awaited<ReturnType<typeof town>>;

const draft = { accountType: 'checking', routingNumber: ROUTING, accountNumber: '0012345678' } as const;

/** What is agreed unless somebody says otherwise. */
const BALANCE = {
  option: 'balance',
  amountCents: null,
  drawOn: 'due',
  drawDays: null,
  notifyInAdvance: false,
} as const;

const add = (call: Call, customerId: number, more: object = {}) =>
  call(addDraft, { customerId, authorisedOn: '2026-11-01', ...draft, ...more } as never);

const listed = async ({ call, customerId }: Town) =>
  (await call(listAutopay, { customerId })).map(({ id, automatic }) => [id, automatic]);

async function clean({ db }: Database): Promise<void> {
  expect((await checkDatabase(db)).rules.filter((rule) => !rule.holds)).toEqual([]);
}

describe('a bank draft', () => {
  test('is kept with its number sealed: shown by the last four, revealed as any sensitive number', async () => {
    const { database, call, customerId } = await town();
    await addPeople(database, { tess: 'administrator' });
    const { autopayId } = await add(call, customerId, { option: 'maximum', amountCents: 7_500, notifyInAdvance: true });
    const [shown] = await call(listAutopay, { customerId });
    expect(shown).toMatchObject({
      id: autopayId,
      method: 'draft',
      bankOrBrand: 'First Bank',
      masked: '••••••5678',
      accountType: 'checking',
      routingNumber: ROUTING,
      option: 'maximum',
      amountCents: 7_500,
      drawOn: 'due',
      notifyInAdvance: true,
      automatic: true,
      complete: true,
      authorisedOn: '2026-11-01',
      startedOn: TODAY,
      refusal: null,
    });
    const why = { reason: 'payment', explanation: 'the bank asks', password: PASSWORD, code: '' } as const;
    const revealed = await call(revealSensitive, { customerId, kind: 'bank-account', autopayId, ...why });
    expect(revealed).toMatchObject({ value: '0012345678', detail: ROUTING });
    const whole = JSON.stringify(await database.db.selectFrom('audit_entry').selectAll().execute());
    expect(whole).not.toContain('0012345678');
    await clean(database);
  });

  test('is refused with a wrong routing number, an unknown bank, no amount, or a signature of tomorrow', async () => {
    const { call, customerId } = await town();
    const refused = (more: object) => expect(add(call, customerId, more)).rejects;
    await refused({ routingNumber: '123456789' }).toMatchObject({ fields: { routingNumber: /check digit/ } });
    await refused({ routingNumber: OTHER }).toMatchObject({ fields: { routingNumber: /not in the directory/ } });
    await refused({ option: 'fixed' }).toMatchObject({ fields: { amountCents: 'Enter the fixed amount.' } });
    await refused({ accountNumber: '12' }).toMatchObject({ fields: { accountNumber: /4 to 17/ } });
    await refused({ drawOn: 'day', drawDays: 31 }).toMatchObject({ fields: { drawDays: /1 to 28/ } });
    await refused({ authorisedOn: '2026-11-22' }).toMatchObject({ fields: { authorisedOn: /later/ } });
    await refused({ accountNumber: '4111 1111 1111 1111' }).toMatchObject({ code: 'invalid' });
    expect(await call(listAutopay, { customerId })).toEqual([]);
  });

  test('is changed by version, its number only when a new one is typed, its bank only with a number', async () => {
    const { call, customerId } = await town();
    await call(addBank, { routingNumber: OTHER, name: 'Second Bank' });
    const { autopayId, version } = await add(call, customerId);
    const edit = (more: object) =>
      call(editDraft, { customerId, autopayId, ...draft, accountNumber: '', authorisedOn: TODAY, ...more } as never);
    const changed = await edit({ version, accountType: 'savings', option: 'fixed', amountCents: 100 });
    await expect(edit({ version })).rejects.toMatchObject({ code: 'conflict' });
    await expect(edit({ ...changed, routingNumber: OTHER })).rejects.toMatchObject({
      fields: { accountNumber: /another number/ },
    });
    await edit({ ...changed, routingNumber: OTHER, accountNumber: '99887766' });
    expect(await call(readAutopay, { customerId, autopayId })).toMatchObject({
      bankOrBrand: 'Second Bank',
      masked: '••••••7766',
      accountType: 'checking',
      amountCents: null,
      changedBy: 'tess',
    });
  });

  test('is not to be had against the customer’s record, and told of to who changes the record', async () => {
    const here = await town();
    const { database, utility, call, customerId } = here;
    const { autopayId } = await add(call, customerId);
    const rules = { noPayments: false, noChecks: true, disallowed: [] };
    expect(await refusedAutopays(database.db, customerId, rules, TODAY)).toMatchObject([
      { id: autopayId, method: 'draft', bankOrBrand: 'First Bank', words: expect.stringMatching(/no checks/) },
    ]);
    expect(await refusedAutopays(database.db, customerId, { ...rules, noChecks: false }, TODAY)).toEqual([]);
    for (const refusing of [{ no_payments: 1 }, { no_checks: 1 }, { disallowed_methods: '["draft"]' }] as const) {
      const other = await utility.customer('Bell, Bo', refusing);
      await expect(add(call, other)).rejects.toMatchObject({ code: 'refused' });
    }
    const ending = command({
      name: 'test.end',
      summary: 'Ends what a saved record refuses',
      permission: null,
      input: z.object({}),
      run: (ctx) => endAutopays(ctx, customerId, [autopayId], 'Disallowed now'),
    });
    expect(await call(ending, {})).toBe(1);
    expect(await call(ending, {})).toBe(0);
    expect(await listed(here)).toEqual([]);
  });
});

describe('of several instruments', () => {
  test('exactly one is the automatic one, whichever is added, ticked, ended and taken up again', async () => {
    const here = await town();
    const { database, call, customerId } = here;
    const first = await add(call, customerId);
    const second = await add(call, customerId, { automatic: false });
    expect(await listed(here)).toEqual([
      [first.autopayId, true],
      [second.autopayId, false],
    ]);
    const ticked = await call(setAutomatic, { customerId, ...second });
    expect(await listed(here)).toEqual([
      [second.autopayId, true],
      [first.autopayId, false],
    ]);
    await clean(database);
    const ended = await call(endAutopay, { customerId, ...ticked, reason: 'Left the bank' });
    expect(await listed(here)).toEqual([[first.autopayId, true]]);
    await expect(call(setAutomatic, { customerId, ...ended })).rejects.toMatchObject({ code: 'refused' });
    await call(restoreAutopay, { customerId, ...ended, automatic: true });
    expect(await listed(here)).toEqual([
      [second.autopayId, true],
      [first.autopayId, false],
    ]);
    await clean(database);
  });

  test('the dashboard, the Customer tab and the trail tell of the automatic one', async () => {
    const { call, customerId, account } = await town();
    await call(addBank, { routingNumber: OTHER, name: 'Second Bank' });
    await add(call, customerId);
    const second = await add(call, customerId, { routingNumber: OTHER, automatic: false });
    const told = async () => {
      const { customerBadges: badges } = await call(openAccount, { accountId: account.id });
      const { messages, agreements } = await call(customerDetails, { customerId, accountId: account.id });
      const badge = badges.find(({ id }) => id === 'autopay');
      return [badge?.explanation.split(' ending')[0], messages.autopay, agreements.autopay?.from];
    };
    expect(await told()).toEqual(['First Bank', 'draft', 'First Bank']);
    const now = await call(setAutomatic, { customerId, ...second });
    expect(await told()).toEqual(['Second Bank', 'draft', 'Second Bank']);
    const { entries } = await call(listAudit, { limit: 50, filters: {} } as never);
    const records = entries.filter(({ entity }) => entity === 'AutopayInstruction').map(({ record }) => record);
    expect(new Set(records)).toEqual(new Set([expect.stringMatching(/^of C/)]));
    await call(endAutopay, { customerId, ...now, reason: '' });
    expect(await told()).toEqual(['First Bank', 'draft', 'First Bank']);
  });

  test('the check tells of two automatic ones, and of none', async () => {
    const { database, call, customerId } = await town();
    await add(call, customerId);
    await add(call, customerId, { automatic: false });
    const broken = async (automatic: 0 | 1): Promise<string[]> => {
      await database.transaction((db) => db.updateTable('autopay_instruction').set({ automatic }).execute());
      const { rules } = await checkDatabase(database.db);
      return rules.filter(({ holds }) => !holds).map(({ rule }) => rule);
    };
    expect(await broken(1)).toEqual(['one-automatic-payment']);
    expect(await broken(0)).toEqual(['one-automatic-payment']);
  });
});

describe('what is drawn next', () => {
  const statement = (town: Town, more: object = {}) =>
    town.utility.add('statement', {
      number: `B${town.utility.next()}`,
      customer_id: town.customerId,
      account_id: town.account.id,
      billed_on: '2026-11-05',
      due_on: '2026-11-26',
      previous_cents: 0,
      payments_cents: 0,
      charges_cents: 9_000,
      balance_cents: 9_000,
      ...more,
    });
  const next = async ({ call, customerId, account }: Town, autopayId: number) =>
    (await call(nextAutopay, { customerId, autopayId, accountId: account.id }))[0];

  test('is the balance, on the banking day after Thanksgiving, told ten days before', async () => {
    const here = await town();
    const statementId = await statement(here);
    await here.utility.charge(here.account, 9_000, { on: '2026-11-05', statementId });
    await here.utility.charge(here.account, 500, { on: '2026-11-10' });
    const { autopayId } = await add(here.call, here.customerId, { notifyInAdvance: true });
    expect(await next(here, autopayId)).toEqual({
      accountId: here.account.id,
      accountNumber: expect.any(String),
      drawOn: '2026-11-27',
      amountCents: 9500,
      basis: 'balance',
      noticeBy: '2026-11-17',
      skip: null,
    });
  });

  test('required: the statement less what was paid since, without later charges; the budget where it is used', async () => {
    const here = await town();
    const { utility, account, call, customerId } = here;
    const required = await add(call, customerId, { option: 'required' });
    await utility.charge(account, 700, { on: '2026-10-10' });
    expect(await next(here, required.autopayId)).toMatchObject({ amountCents: 0, skip: { reason: 'nothing' } });
    await statement(here, { billed_on: '2026-10-05', balance_cents: 1_234 });
    const statementId = await statement(here);
    await utility.charge(account, 9_000, { on: '2026-11-05', statementId });
    await utility.charge(account, 500, { on: '2026-11-10' });
    await utility.payment(account, 2_000, { on: '2026-11-12' });
    await utility.payment(account, 1_000, { on: TODAY, status: 'unposted' });
    expect(await next(here, required.autopayId)).toMatchObject({ amountCents: 6_000, basis: 'statement', skip: null });
    const budget = { budget_cents: 6_500 };
    await here.database.transaction((db) => db.updateTable('account').set(budget).execute());
    expect(await next(here, required.autopayId)).toMatchObject({ basis: 'statement' });
    await call(setOption, { name: 'accountBudgets', value: true });
    expect(await next(here, required.autopayId)).toMatchObject({ amountCents: 6_500, basis: 'budget' });
  });

  test('nothing, with the reason: suspended, drawn already, not signed, ended', async () => {
    const here = await town();
    const { utility, account, call, customerId } = here;
    await statement(here);
    await utility.charge(account, 9_000, { on: '2026-11-05' });
    const { autopayId, version } = await add(call, customerId, { authorisedOn: null });
    const reason = async () => (await next(here, autopayId))?.skip?.reason;
    expect(await reason()).toBe('unauthorised');
    const signed = { customerId, autopayId, ...draft, ...BALANCE, accountNumber: '', authorisedOn: TODAY } as const;
    const suspended = await call(suspendAutopay, {
      customerId,
      ...(await call(editDraft, { ...signed, version })),
      reason: 'R01, twice',
    });
    expect((await next(here, autopayId))?.skip?.words).toBe(`Suspended: since ${TODAY}, R01, twice`);
    const resumed = await call(resumeAutopay, { customerId, ...suspended });
    expect(await reason()).toBeUndefined();
    await utility.payment(account, 4_000, { on: '2026-11-20', method: 'draft' });
    expect(await reason()).toBe('drawn');
    await call(endAutopay, { customerId, ...resumed, reason: '' });
    expect(await call(nextAutopay, { customerId, autopayId, accountId: null })).toEqual([]);
  });
});

test('banks are found by the beginning of their number and a part of their name, and added once', async () => {
  const { call } = await town();
  await call(addBank, { routingNumber: OTHER, name: 'Second Savings' });
  const names = async (text: string) => (await call(findBanks, { text, limit: 10 })).map(({ name }) => name);
  expect(await names('')).toEqual(['First Bank', 'Second Savings']);
  expect(await names('0234')).toEqual(['Second Savings']);
  expect(await names('bank')).toEqual(['First Bank']);
  const again = call(addBank, { routingNumber: ROUTING, name: 'Again' });
  await expect(again).rejects.toMatchObject({ fields: { routingNumber: /already: First Bank/ } });
});
