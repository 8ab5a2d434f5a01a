import type { Db } from '#db/schema.ts';

/** Takes the next number of a series (receipt, account, …); the row stays locked until the transaction ends. */
export async function nextNumber(db: Db, series: string): Promise<number> {
  const row = await db
    .updateTable('counter')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', series)
    .returning('value')
    .executeTakeFirst();
  if (row) return row.value;
  await db.insertInto('counter').values({ name: series, value: 1 }).execute();
  return 1;
}
