import { describe, expect, test } from 'vitest';
import { Books } from '#test/support/books.ts';
import { act, answer, atDesk, choose, explained, fill, goTo, goToHistory, postBatch } from '#test/support/clerk.ts';
import type { AccountRef } from '#test/support/premises.ts';
import type { Operator } from '#test/support/tty.tsx';

/** A bill of a service: its amount and due date. */
type Bill = readonly [cents: number, dueOn: string];

/** Accounts 10023 of Rivera and 10024 of Oak, both with water; what is corrected is posted at once. */
async function town() {
  const books = await Books.open();
  await books.setOption('adjustmentsPost', 'at_once');
  const { town: utility } = books;
  const water = await utility.serviceType('WAT', { name: 'Water' });
  const make = async (name: string, number: string) =>
    utility.account(await utility.customer(name), await utility.location(`${number} Alder St`), { number });
  const rivera = await make('Rivera, Ana M', '10023');
  const oak = await make('Oak, Ann', '10024');
  const bill = async (account: AccountRef, ...bills: readonly Bill[]) => {
    for (const [amountCents, dueOn] of bills) {
      await books.charge(account, [{ amountCents, serviceTypeId: water }], { on: '2026-08-01', dueOn });
    }
  };
  return { books, rivera, oak, bill, desk: () => atDesk(books.database) };
}

/** Takes a payment at the counter by these keys, and posts its batch. */
async function takePayment(op: Operator, ...keys: readonly string[]): Promise<void> {
  await goTo(op, 'PAY');
  for (const part of keys) await (/^(?:f8|alt\+d|f9)$/.test(part) ? op.press(part) : op.send(part));
  await postBatch(op);
  expect(op.message()).toContain('is posted');
}

const rowWithCursor = (op: Operator): string => op.lines().find((text) => text.startsWith('> ')) ?? '';

/** Puts the cursor on the newest line of the history that is like that. */
async function standAt(op: Operator, what: RegExp): Promise<void> {
  await op.press('home');
  for (let row = 0; row < 20 && !what.test(rowWithCursor(op)); row += 1) await op.press('down');
  expect(rowWithCursor(op)).toMatch(what);
}

/** The screen with each run of spaces as one. */
const tight = (op: Operator): string => op.text().replaceAll(/ +/g, ' ');

describe('a returned item', () => {
  test('N1: re-opens what it paid with the old due dates, takes its used credit back, and costs a fee', async () => {
    const { books, rivera, bill, desk } = await town();
    await bill(rivera, [2000, '2026-08-20'], [3000, '2026-09-20'], [4000, '2026-10-20']);
    const op = await desk();
    await takePayment(op, '10023\r100h\r4711\r');
    expect(await explained(op, '10023')).toMatchObject({ open: ['OC -10.00'] });
    // The next bill uses the ten that were too much.
    await bill(rivera, [5000, '2026-12-11']);
    expect(await explained(op, '10023')).toMatchObject({ open: ['2026-08-01 Water 40.00'] });
    await standAt(op, /Payment R0000001/);
    await act(op, 'nsf');
    await op.press('f9');
    expect(tight(op)).toContain('Balance 40.00 -> 165.00');
    expect(tight(op)).toContain('due 2026-08-20: 20.00 open again');
    expect(tight(op)).toContain('due 2026-09-20: 30.00 open again');
    expect(tight(op)).toContain('due 2026-10-20: 40.00 open again');
    expect(tight(op)).toContain('due 2026-12-11: 10.00 open again');
    await answer(op, 'y');
    // Cards, ageing and rows tell the same at once.
    expect(tight(op)).toMatch(/Past due 90\.00 .*\n/);
    expect(tight(op)).toContain('Ageing: Current 75.00 30 0.00 60 40.00 90 30.00 Older 20.00');
    expect(tight(op)).toMatch(/Returned-item fee.* 25\.00 165\.00/);
    expect(tight(op)).toMatch(/Returned payment R0000001, .* 100\.00 140\.00/);
    expect(await explained(op, '10023')).toMatchObject({
      open: [
        '2026-08-01 Water 20.00',
        '2026-08-01 Water 30.00',
        '2026-08-01 Water 40.00',
        '2026-08-01 Water 50.00',
        '2026-11-21 Returned-item fee 25.00',
      ],
    });
    expect(await books.findings()).toEqual([]);
    expect(op.unexpected).toEqual([]);
  });

  test('N2: of cash and a check only the check comes back; the cash stays', async () => {
    const { books, rivera, bill, desk } = await town();
    await bill(rivera, [7000, '2026-08-20'], [3000, '2026-09-20']);
    const op = await desk();
    await takePayment(op, '10023\r40c', 'f8', '60h\r4711\r');
    await goToHistory(op, '10023');
    await standAt(op, /Payment R0000001, Check/);
    await act(op, 'nsf');
    await op.press('tab');
    await fill(op, '0');
    await op.press('f9');
    expect(tight(op)).toContain('Balance 0.00 -> 60.00');
    await answer(op, 'y');
    expect(await explained(op, '10023')).toMatchObject({ open: ['2026-08-01 Water 30.00', '2026-08-01 Water 30.00'] });
    await standAt(op, /Payment R0000001, Cash/);
    await op.press('enter');
    expect(tight(op)).toMatch(/40\.00 WAT Charge of 2026-08-01/);
    expect(op.text()).not.toContain('Reversed by');
    expect(await books.findings()).toEqual([]);
  });

  test('N3: what came back once does not come back again: the action shows it', async () => {
    const { desk } = await town();
    const op = await desk();
    await takePayment(op, '10023\r60h\r4711\r');
    await goToHistory(op, '10023');
    for (const time of ['first', 'second']) {
      await standAt(op, /Payment R0000001/);
      await op.press('m');
      if (time === 'second') expect(tight(op)).toContain('Returned item (NSF) look at it');
      await choose(op, 'nsf');
      if (time === 'first') {
        await op.press('f9');
        await answer(op, 'y');
      }
    }
    expect(tight(op)).toContain('Reversed by Returned payment of 2026-11-21, 60.00');
    await op.press('escape', 'm');
    expect(op.text()).not.toContain('Reverse payment');
  });
});

test('T1: 30 of a payment of 100 go to another account, dated as the payment; sums stay', async () => {
  const { books, rivera, oak, bill, desk } = await town();
  await bill(rivera, [10_000, '2026-08-20']);
  await bill(oak, [5000, '2026-08-20']);
  const op = await desk();
  await takePayment(op, 'alt+d', '2026-09-02', 'f9', '10023\r100c\r\r');
  await goToHistory(op, '10023');
  await standAt(op, /2026-09-02 +Payment R0000001/);
  await act(op, 'transfer pay');
  await fill(op, '10024');
  await fill(op, '30');
  await op.press('f9');
  expect(tight(op)).toContain('Balance 0.00 -> 30.00');
  expect(tight(op)).toContain('Balance 50.00 -> 20.00');
  await answer(op, 'y');
  expect(tight(op)).toMatch(/2026-09-02 Transfer out R0000001.* 30\.00 30\.00/);
  expect(await explained(op, '10023')).toMatchObject({ open: ['2026-08-01 Water 30.00'] });
  expect(await explained(op, '10024')).toMatchObject({ open: ['2026-08-01 Water 20.00'] });
  expect(tight(op)).toMatch(/2026-09-02 Transfer in R0000001.* 30\.00 20\.00/);
  await standAt(op, /Transfer in/);
  await op.press('enter');
  expect(tight(op)).toContain('Other side Transfer out R0000001 of 2026-09-02, 30.00 on 10023');
  await op.press('enter', 'enter');
  expect(tight(op)).toContain('Corrects Payment R0000001 of 2026-09-02, -100.00');
  expect(tight(op)).toContain('Other side Transfer in R0000001 of 2026-09-02, -30.00 on 10024');
  // What 10023 still has of the payment, and what 10024 has: 70 and 30.
  await goToHistory(op, '10023');
  await standAt(op, /2026-09-02 +Payment R0000001/);
  await act(op, 'transfer pay');
  await fill(op, '10024');
  await fill(op, '70.01');
  await op.press('f9');
  expect(op.text()).toContain('Only 70.00 of it can go');
  expect(await books.findings()).toEqual([]);
});

describe('R1: a discount of 5.00 on 100.00, taxed with 8 %', () => {
  /** Both as special charges, billed now; answers the preview and then the bill. */
  async function bill(discountTaxed: boolean): Promise<{ readonly preview: string; readonly bill: string }> {
    const { books, desk } = await town();
    await books.database.db
      .updateTable('code_value')
      .set({ attributes: JSON.stringify({ gl: '2300', millionths: 80_000 }) })
      .where('table_name', '=', 'charge_code')
      .where('code', '=', 'tax')
      .execute();
    const op = await desk();
    await goToHistory(op, '10023');
    // A service call is taxed by its code, a courtesy credit when that is said.
    for (const fields of [
      ['service', 'Work', '100'],
      ['credit', 'Discount', '-5', discountTaxed ? 'yes' : 'no'],
    ]) {
      await act(op, 'add special');
      for (const text of fields) await fill(op, text);
      await op.press('f9');
      await answer(op, 'y');
    }
    await act(op, 'special charges that');
    await choose(op, 'bill them');
    const preview = tight(op);
    await answer(op, 'y');
    await op.press('enter');
    return { preview, bill: tight(op) };
  }

  test('before the tax 95.00 are taxed with 7.60: 102.60 in all', async () => {
    const { preview, bill: shown } = await bill(true);
    expect(preview).toContain('Balance 0.00 -> 102.60');
    expect(shown).toMatch(/Work .* 100\.00/);
    expect(shown).toMatch(/ 8\.00 /);
    expect(shown).toMatch(/Discount .* -5\.00/);
    expect(shown).toMatch(/ -0\.40 /);
  });

  test('behind the tax 100.00 are taxed with 8.00: 103.00 in all', async () => {
    const { preview, bill: shown } = await bill(false);
    expect(preview).toContain('Balance 0.00 -> 103.00');
    expect(shown).toMatch(/ 8\.00 /);
    expect(shown).not.toMatch(/0\.40/);
  });
});
