import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';

type Table = keyof Schema & string;

/** What every table holds, as a digest by table; the audit trail, which tells of refusals too, left out. */
export async function contentsOf({ db }: Database): Promise<Readonly<Record<string, string>>> {
  const tables = (await db.introspection.getTables()).filter((table) => !table.isView);
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    if (name === 'audit_entry' || name === 'schema_migration') continue;
    const rows = await db
      .selectFrom(name as Table)
      .selectAll()
      .execute();
    const text = rows.map((row) => JSON.stringify(row)).sort();
    contents[name] = createHash('sha256').update(text.join('\n')).digest('hex');
  }
  return contents;
}
