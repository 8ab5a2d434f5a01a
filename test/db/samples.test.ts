import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openReady } from '#db/ready.ts';
import { hasSamples, openSqliteFile } from '#db/sqlite-file.ts';

test('samples that ANALYZE left behind are gone after a start, its sums stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-samples-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'utility.db');
  await (await openReady({ file: path })).close();
  const other = openSqliteFile(path);
  other.exec('analyze');
  expect(hasSamples(other)).toBe(true);
  other.close();
  const database = await openReady({ file: path });
  expect(hasSamples(database.file!)).toBe(false);
  expect(database.file!.prepare('select count(*) from sqlite_stat1').pluck().get()).toBeGreaterThan(0);
  await database.close();
});
