import { expect, test } from 'vitest';
import { clerk, expectClean, newOffice, payments } from './office.ts';
import { record, sized } from './record.ts';

const CLERKS = 4;
const PAYMENTS = 10;

test('the same commands with the same keys, again and again in several processes: each happens once', async () => {
  const office = await newOffice();
  const repeats = sized(20, 250);
  const shift = { from: 0, to: PAYMENTS, keys: 'same', repeats };
  const all = Array.from({ length: CLERKS }, () => clerk(office, shift));
  const reports = await Promise.all(all.map(({ done }) => done));
  expect(reports.map(({ trouble }) => trouble).join('')).toBe('');
  const said = reports.flatMap((report) => report.said);
  expect(said).toHaveLength(CLERKS * PAYMENTS * repeats);
  const stored = await payments(office);
  const first = new Map(said.map((one) => [one.n, one.paymentId]));
  const otherwise = said.filter((one) => one.paymentId === undefined || one.paymentId !== first.get(one.n));
  const over = `${said.length} calls of ${PAYMENTS} payments by ${CLERKS} processes`;
  record('a command repeated: done more than once', stored.length - PAYMENTS, over);
  record('a command repeated: answered otherwise', otherwise.length, over);
  expect(stored).toHaveLength(PAYMENTS);
  expect(otherwise).toEqual([]);
  await expectClean(office);
});
