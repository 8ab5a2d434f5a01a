import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReady } from '#db/ready.ts';
import { openSqliteFile } from '#db/sqlite-file.ts';
import { setOption } from '#services/options/operations.ts';
import { runnerFor } from '#test/support/database.ts';
import { freshFolder } from '#test/support/folder.ts';

test('a database that another program keeps locked is said to be busy, reads go on, and then so does writing', async () => {
  const file = join(freshFolder(), 'utility.db');
  const database = await openReady({ file });
  const call = runnerFor(database);
  await call(setOption, { name: 'companyName', value: 'Before' });
  const other = openSqliteFile(file);
  other.exec('begin immediate');
  const rename = (): Promise<unknown> => call(setOption, { name: 'companyName', value: 'After' });
  const waiting = rename();
  expect(await database.db.selectFrom('audit_entry').select('seq').execute()).toHaveLength(1);
  await expect(waiting).rejects.toMatchObject({
    code: 'busy',
    message: expect.stringContaining('Nothing was changed'),
  });
  other.exec('rollback');
  other.close();
  await rename();
  expect(await database.db.selectFrom('audit_entry').select('seq').execute()).toHaveLength(2);
  await database.close();
});
