import type { Db } from '#db/schema.ts';

/** Takes the next number of a series (receipt, account, …); the row stays locked until the transaction ends. */
export const nextNumber = (db: Db, series: string): Promise<number> => nextNumbers(db, series, 1);

/** Takes so many numbers of a series, which follow one another; answers the first. */
export async function nextNumbers(db: Db, series: string, count: number): Promise<number> {
  const row = await db
    .updateTable('counter')
    .set((eb) => ({ value: eb('value', '+', count) }))
    .where('name', '=', series)
    .returning('value')
    .executeTakeFirst();
  if (row) return row.value - count + 1;
  await db.insertInto('counter').values({ name: series, value: count }).execute();
  return 1;
}
