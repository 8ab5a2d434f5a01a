import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { freshDatabase } from '#test/support/database.ts';
import { clean } from './ledger.ts';
import { fileWith, importInto, SAMPLES, sampleText } from './support.ts';
import { writeFileSync } from 'node:fs';

const header = sampleText('invoices.csv').split('\n')[0]!;

interface Invoice {
  readonly cents: number;
  readonly day: number;
  readonly settled: number | null;
}

const invoice = (settled: fc.Arbitrary<number | null>): fc.Arbitrary<Invoice> =>
  fc.record({ cents: fc.integer({ min: -5000, max: 90_000 }), day: fc.integer({ min: 1, max: 28 }), settled });

/** Six invoices of two customers as the file has them: first so, later corrected; what was settled stays settled. */
const versions = fc.array(
  fc
    .tuple(invoice(fc.option(fc.integer({ min: 1, max: 28 }))), invoice(fc.integer({ min: 1, max: 28 })), fc.boolean())
    .map(([first, then, same]) => [first, same ? first : then] as const),
  { minLength: 6, maxLength: 6 },
);

const pad = (n: number): string => String(n).padStart(2, '0');

function fileOf(invoices: readonly Invoice[]): string {
  const rows = invoices.map(({ cents, day, settled }, i) => {
    const paid = settled === null ? '' : `${pad(settled)}/03/2025`;
    const amount = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${pad(Math.abs(cents) % 100)}`;
    return `1,C${i % 2},01/01/2025,${8000 + i},${pad(day)}/02/2025,${pad(day)}/03/2025,${amount},No,${paid},Paper,,`;
  });
  return [header, ...rows].join('\n');
}

async function standing({ db }: Database) {
  const balances = await db
    .selectFrom('account as a')
    .innerJoin('account_balance as b', 'b.account_id', 'a.id')
    .select(['a.number', 'b.balance_cents'])
    .orderBy('a.number')
    .execute();
  const open = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select(['t.number', 't.reference', 'l.effect', 'l.open_cents', 'l.effective_on'])
    .where('l.open_cents', '<>', 0)
    .orderBy('t.reference')
    .orderBy('t.number')
    .execute();
  return { balances, open };
}

test(
  'a file and then its correction leave what the corrected file alone would have made',
  { timeout: 60_000 },
  async () => {
    const path = fileWith('invoices.csv', '');
    const { profile } = SAMPLES.invoices;
    await fc.assert(
      fc.asyncProperty(versions, async (pairs) => {
        const corrected = await openReady({ file: ':memory:' });
        const fresh = await openReady({ file: ':memory:' });
        try {
          for (const version of [0, 1] as const) {
            writeFileSync(path, fileOf(pairs.map((pair) => pair[version])));
            await importInto(corrected, { profile, files: [path] });
            await clean(corrected);
          }
          await importInto(fresh, { profile, files: [path] });
          expect(await standing(corrected)).toEqual(await standing(fresh));
        } finally {
          await corrected.close();
          await fresh.close();
        }
      }),
      { numRuns: 20 },
    );
  },
);

test('a credit that was paid out is settled by its refund, also when it is corrected', async () => {
  const path = fileWith('invoices.csv', '');
  const database = await freshDatabase();
  for (const day of [4, 9]) {
    writeFileSync(path, fileOf([{ cents: -4200, day, settled: 20 }]));
    await importInto(database, { profile: SAMPLES.invoices.profile, files: [path] });
    await clean(database);
    expect((await standing(database)).open).toEqual([]);
  }
});
