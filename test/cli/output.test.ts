import { expect, test } from 'vitest';
import { safeJson } from '#cli/output.ts';
import { csvText, rowsOf } from '#cli/rows.ts';
import { tableText } from '#cli/table.ts';
import { width } from '#terminal/width.ts';

const HOSTILE = 'a\u001b[31mred\u001b]52;c;ZXZpbA==\u0007 \u202Eevil\u{E0041}\u009b2J';

test('JSON keeps every value and holds nothing that a terminal obeys', () => {
  const text = safeJson({ name: HOSTILE, more: ['漢字', null, 3] });
  expect(JSON.parse(text)).toEqual({ name: HOSTILE, more: ['漢字', null, 3] });
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

test('a table is ruled straight with wide and combining characters, and clean', () => {
  const text = tableText(
    rowsOf([{ name: '漢字', city: 'Springfield' }, { name: 'Zoe\u0308', city: HOSTILE }, { name: 'x' }]),
  );
  const lines = text.split('\n');
  expect(new Set(lines.map(width)).size).toBe(1);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(lines[1]).toMatch(/│ name\s+│ city\s+│/);
});

test('a long list of long texts is one table, all its rows between two rules', () => {
  const rows = rowsOf(Array.from({ length: 43 }, (_, n) => ({ n, text: 'long '.repeat(60) })));
  const lines = tableText(rows).split('\n');
  expect(lines).toHaveLength(2 * 43 + 3);
  expect(lines.filter((line) => line.startsWith('┌'))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('└'))).toHaveLength(1);
  expect(lines.filter((line) => /^│ \d+ /.test(line))).toHaveLength(43);
  expect(new Set(lines.map(width)).size).toBe(1);
});

test('an answer is the list that it is, the one that it holds, or its own fields', () => {
  expect(rowsOf({ total: 2, rows: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: '1' }, { a: '2' }]);
  expect(rowsOf({ name: 'x', on: true })).toEqual([
    { field: 'name', value: 'x' },
    { field: 'on', value: 'true' },
  ]);
  expect(rowsOf(7)).toEqual([{ value: '7' }]);
  expect(tableText([])).toBe('(nothing)');
});

test('CSV holds no formula that a spreadsheet would run', async () => {
  const text = await csvText(rowsOf([{ name: '=1+1', note: '@SUM(A1)', city: 'a,"b"' }]));
  expect(text).toBe(`name,note,city\r\n'=1+1,'@SUM(A1),"a,""b"""\r\n`);
});
