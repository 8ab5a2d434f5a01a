import { describe, expect, test } from 'vitest';
import { atDesk, choose, goTo, explained, postBatch } from '#test/support/clerk.ts';
import { till } from '#test/support/money.ts';
import type { Operator } from '#test/support/tty.tsx';

/** Account 10023 of Rivera and 10024 of Bell, and a clerk at Home. */
async function counter() {
  const all = await till();
  const { utility, database, account } = all;
  const { db } = database;
  await db.updateTable('account').set({ number: '10023' }).where('id', '=', account.id).execute();
  await db.updateTable('service_type').set({ name: 'Water' }).where('code', '=', 'WAT').execute();
  await db.updateTable('service_type').set({ name: 'Sewer' }).where('code', '=', 'SEW').execute();
  const bell = await utility.account(await utility.customer('Bell, Bo'), await utility.location('5 Elm St'), {
    number: '10024',
  });
  return { ...all, bell, desk: () => atDesk(database) };
}

/** Water and sewer of March, water of April. */
async function threeBills(): Promise<Operator> {
  const { utility, account, water, sewer, desk } = await counter();
  await utility.charge(account, 4000, { on: '2026-02-01', dueOn: '2026-03-01', service: water });
  await utility.charge(account, 3000, { on: '2026-02-01', dueOn: '2026-03-01', service: sewer });
  await utility.charge(account, 5000, { on: '2026-03-01', dueOn: '2026-04-01', service: water });
  return desk();
}

/** The examples of the guide, as a cashier does them: amounts typed, the batch posted, the account read. */
describe('money pays debts', () => {
  test('P1: the oldest first, services in payoff order', async () => {
    const op = await threeBills();
    await goTo(op, 'PAY');
    await op.send('10023\r60\r');
    expect(op.text()).toMatch(/Balance 120\.00 .*After 60\.00/);
    await op.press('enter');
    await postBatch(op);
    expect(await explained(op, '10023')).toEqual({
      paid: ['40.00 Charge of 2026-02-01, Water', '20.00 Charge of 2026-02-01, Sewer'],
      open: ['2026-02-01 Sewer 10.00', '2026-03-01 Water 50.00'],
    });
    expect(op.unexpected).toEqual([]);
  });

  test('P2: strictly by service once the company says so', async () => {
    const op = await threeBills();
    await goTo(op, 'OPT');
    await op.press('/');
    await choose(op, 'payoffRule');
    await op.press('enter', 'f4');
    await choose(op, 'service_order');
    await op.press('f9');
    expect(op.message()).toContain('Option payoffRule is saved.');
    await goTo(op, 'PAY');
    await op.send('10023\r60\r\r');
    await postBatch(op);
    expect(await explained(op, '10023')).toEqual({
      paid: ['40.00 Charge of 2026-02-01, Water', '20.00 Charge of 2026-03-01, Water'],
      open: ['2026-02-01 Sewer 30.00', '2026-03-01 Water 30.00'],
    });
  });

  test('P3: what is too much is open credit', async () => {
    const op = await threeBills();
    await goTo(op, 'PAY');
    await op.send('10023\r200\r');
    expect(op.text()).toMatch(/After -80\.00/);
    await op.press('enter');
    await postBatch(op);
    expect(await explained(op, '10023')).toEqual({
      paid: [
        '40.00 Charge of 2026-02-01, Water',
        '30.00 Charge of 2026-02-01, Sewer',
        '50.00 Charge of 2026-03-01, Water',
      ],
      open: ['OC -80.00'],
    });
    expect(op.text()).toMatch(/Balance -80\.00/);
  });

  test('P4: of two accounts the source is paid first', async () => {
    const { utility, account, bell, water, desk } = await counter();
    await utility.charge(account, 7000, { on: '2026-02-01', service: water });
    await utility.charge(bell, 5000, { on: '2026-02-01', service: water });
    const op = await desk();
    await goTo(op, 'PAY');
    await op.send('10023\r');
    await op.press('f7');
    await op.send('10024\r60\r');
    await op.press('tab', 'tab', 'down', '*');
    expect(op.text()).toMatch(/★ 10024 Bell, Bo +50\.00 +50\.00 +0\.00/);
    expect(op.text()).toMatch(/ 10023 Rivera, Ana M +70\.00 +10\.00 +60\.00/);
    await op.press('f9');
    await postBatch(op);
    expect(await explained(op, '10024')).toMatchObject({ open: [] });
    expect(await explained(op, '10023')).toMatchObject({ open: ['2026-02-01 Water 60.00'] });
  });

  test('P5: by invoice all is applied, or the rest is left as credit', async () => {
    const { utility, account, water, desk } = await counter();
    await utility.charge(account, 10_000, { on: '2026-02-01', dueOn: '2026-03-01', service: water, number: 'I-1' });
    await utility.charge(account, 8000, { on: '2026-03-01', dueOn: '2026-04-01', service: water, number: 'I-2' });
    const op = await desk();
    await goTo(op, 'PAY');
    await op.send('10023\r');
    await op.press('f4');
    await choose(op, 'By invoice');
    await op.send('150\r\r100');
    await op.press('down');
    await op.type('30');
    expect(op.text()).toMatch(/applied 130\.00 +remaining 20\.00/);
    await op.press('f9');
    expect(op.message()).toContain('20.00 is not applied: 130.00 is not 150.00.');
    await op.press('r');
    expect(op.text()).toMatch(/remaining 20\.00 to the account/);
    await op.press('f9');
    await postBatch(op);
    expect(await explained(op, '10023')).toMatchObject({ open: ['2026-03-01 Water 50.00', 'OC -20.00'] });
  });

  test('P6: first in, first out', async () => {
    const { utility, account, water, desk } = await counter();
    await utility.charge(account, 4000, { on: '2026-01-20', dueOn: '2026-02-10', service: water, number: 'I2' });
    await utility.charge(account, 2500, { on: '2026-01-02', dueOn: '2026-01-10', service: water, number: 'I1' });
    const op = await desk();
    await goTo(op, 'PAY');
    await op.send('10023\r');
    await op.press('f4');
    await choose(op, 'FIFO');
    await op.send('45\r\r');
    await postBatch(op);
    expect(await explained(op, '10023')).toMatchObject({ open: ['2026-01-20 Water 20.00'] });
  });
});
