import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ImportProblem } from '#db/import/problem.ts';
import { stageFiles } from '#db/import/stage.ts';
import { loadProfile } from '#services/imports/profiles.ts';
import { freshDatabase } from '#test/support/database.ts';
import { fileWith, SAMPLES, sampleText } from './support.ts';
import { writeFileSync } from 'node:fs';
import { anyText } from '#test/support/texts.ts';

const bills = Buffer.from(sampleText('water-bills.csv'));
const header = sampleText('water-bills.csv').split('\n')[0]!;

/** Bytes that confuse readers of CSV. */
const NASTY = [
  '"',
  '""',
  ',',
  ';',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\u001b[2J',
  '\ufeff',
  '\u2028',
  '=1+1',
  '-',
  'é',
  '\ud83d',
];

async function staged(path: string) {
  const { db } = await freshDatabase();
  const profile = await loadProfile('nycha-water');
  return async (content: Uint8Array): Promise<string | null> => {
    writeFileSync(path, content);
    try {
      const result = await stageFiles(profile, [path], { db, rejectsPath: null });
      result.close();
      expect(result.rejects.every(({ row, reason }) => row >= 2 && reason !== '')).toBe(true);
      return null;
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      return error.message;
    }
  };
}

test('any bytes at all are rejected row by row, or refused with a row; nothing crashes', async () => {
  const stage = await staged(fileWith('any.csv', ''));
  const cell = fc.oneof(fc.constantFrom(...NASTY), anyText({ maxLength: 12 }));
  const body = fc.array(fc.oneof(cell, fc.constantFrom(',', '\n')), { maxLength: 120 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const message = await stage(Buffer.from(`${header}\n${text}`));
      expect(message === null || /, row \d+: /.test(message)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a good file with some bytes changed is taken, rejected by rows, or refused with a row', async () => {
  const stage = await staged(fileWith('changed.csv', ''));
  const change = fc.tuple(fc.nat(bills.length - 1), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const content = Buffer.from(bills);
      for (const [at, byte] of changes) content[at] = byte;
      const message = await stage(content);
      expect(message === null || /row \d+: | is empty/.test(message)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a row longer than a million characters is refused before it fills the memory', async () => {
  const stage = await staged(fileWith('long.csv', ''));
  const long = Buffer.from(`${header}\n"${'x'.repeat(3_000_000)}`);
  expect(await stage(long)).toMatch(/row 2: a row is longer than a million characters/);
});

test('every sample stages without a reject', async () => {
  const { db } = await freshDatabase();
  for (const { profile, files } of Object.values(SAMPLES)) {
    const result = await stageFiles(await loadProfile(profile), files, { db, rejectsPath: null });
    expect(result.rejects).toEqual([]);
    result.close();
  }
});
