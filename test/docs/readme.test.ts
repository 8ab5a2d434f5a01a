import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXIT_MEANINGS } from '#cli/exit.ts';
import { keyTable } from '#test/support/key-table.ts';

const file = new URL('../../README.md', import.meta.url).pathname;

const exitTable = (): string =>
  ['| code | meaning |', '| --- | --- |', ...EXIT_MEANINGS.map(([code, meaning]) => `| ${code} | ${meaning} |`)].join(
    '\n',
  );

const PARTS: Readonly<Record<string, () => string>> = { keys: keyTable, 'exit codes': exitTable };

/** The README with its generated parts made anew between their markers. */
function renewed(text: string): string {
  return Object.entries(PARTS).reduce((current, [name, make]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [before, rest] = current.split(begin);
    if (rest === undefined) throw new Error(`the README has no ${begin}`);
    return `${before}${begin}\n\n${make()}\n\n${end}${rest.split(end)[1]}`;
  }, text);
}

test('the tables of the README are those of the program (npm run docs renews them)', () => {
  const text = readFileSync(file, 'utf8');
  const current = renewed(text);
  if (process.env.METERDESK_RENEW_DOCS) writeFileSync(file, current);
  else expect(text).toBe(current);
});
