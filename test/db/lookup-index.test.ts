import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex, reindexCustomer, reindexLocation } from '#db/search/build.ts';
import { addResidents } from '#test/support/lookup-data.ts';
import { freshDatabase } from '#test/support/database.ts';

async function everything(database: Database) {
  const keys = await database.db
    .selectFrom('search_key')
    .selectAll()
    .orderBy('kind')
    .orderBy('key')
    .orderBy('subject_id')
    .execute();
  const documents = await database.db
    .selectFrom('search_document')
    .selectAll()
    .orderBy('subject')
    .orderBy('subject_id')
    .execute();
  const words = await database.db.selectFrom('search_word').selectAll().orderBy('word').execute();
  const deletions = await database.db
    .selectFrom('search_deletion')
    .selectAll()
    .orderBy('deletion')
    .orderBy('word')
    .execute();
  return { keys, documents, words, deletions };
}

const name = fc.constantFrom(
  'Ana',
  'Anna',
  'Müller',
  'O’Brien',
  'de la Cruz',
  '王',
  'Smith-Jones',
  'Łukasz',
  '💧 Drop',
);

describe('the look-up index', () => {
  test('records indexed one by one are indexed as in bulk, and changes leave nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            first: name,
            last: name,
            renamed: name,
            activity: fc.constantFrom('current' as const, 'final' as const),
            moved: fc.constantFrom('12 Oak Ave', '9 N Elm Street #4'),
          }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        async (people) => {
          const database = await freshDatabase();
          await addResidents(
            database,
            people.map(({ first, last }, index) => ({
              id: index + 1,
              first,
              last,
              phone: `(217) 555-01${40 + index}`,
              email: `p${index}@example.org`,
              meter: `W-00${index}`,
            })),
          );
          await rebuildIndex(database);
          for (const [index, { renamed, moved, activity }] of people.entries()) {
            await database.transaction(async (db) => {
              await db
                .updateTable('customer')
                .set({ last_name: renamed })
                .where('id', '=', index + 1)
                .execute();
              await db
                .updateTable('location')
                .set({ line1: moved })
                .where('id', '=', index + 1)
                .execute();
              await db
                .updateTable('account')
                .set({ activity })
                .where('id', '=', index + 1)
                .execute();
              await reindexCustomer(db, index + 1);
              await reindexLocation(db, index + 1);
            });
          }
          const kept = await everything(database);
          await rebuildIndex(database);
          expect(kept).toEqual(await everything(database));
        },
      ),
      { numRuns: process.env.METERDESK_TEST_POSTGRES ? 3 : 20 },
    );
  });
});
