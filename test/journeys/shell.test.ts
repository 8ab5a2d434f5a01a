import { describe, expect, test } from 'vitest';
import { newDesk, signIn, sitDown } from './desk.ts';

/** Whether one of the styles that were written sets a colour. */
function hasColour(written: string): boolean {
  const styles = written.split('\x1b[').map((rest) => /^([\d;]*)m/.exec(rest)?.[1] ?? '');
  const numbers = styles.flatMap((style) => style.split(';').map(Number));
  return numbers.some((n) => (n >= 30 && n <= 38) || (n >= 40 && n <= 48) || n >= 90);
}

describe.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
])('at $columns×$rows', (size) => {
  test('a wrong password is refused, the right one lets in', async () => {
    const op = sitDown(newDesk(), size);
    await op.sees('User').type('alice\twrong\r').sees('User or password is not right');
    await op.type('demo\r').sees('Home', 'F1 Help');
  });

  test('help explains the keys of where one is, and is left with Esc', async () => {
    const op = sitDown(newDesk(), size);
    await signIn(op).sees('Go to').press('f1').sees('Help', 'Everywhere', 'Find anything');
    await op.press('esc').seesNo('Everywhere');
  });

  test('any command runs from the palette by its name; a locked screen shows nothing and opens again', async () => {
    const op = sitDown(newDesk(), size);
    await signIn(op).sees('Go to').press('f2').type('>lock').sees('Lock the screen').press('enter');
    await op
      .sees('Locked')
      .seesNo('Go to')
      .type('nonsense\r')
      .sees(/not right|wrong/i);
    await op.type('demo\r').sees('Go to');
  });
});

test('keys typed before the program is ready are not lost', async () => {
  const op = sitDown(newDesk());
  await op.type('alice\tdemo\r').sees('Home', 'Go to');
});

test('resized again and again, every frame fits and the last is right', async () => {
  const op = sitDown(newDesk(), { columns: 120, rows: 40 });
  await signIn(op).sees('Go to');
  for (const [columns, rows] of [
    [80, 24],
    [60, 16],
    [200, 50],
    [50, 10],
    [240, 70],
    [80, 24],
  ] as const) {
    await op.resize(columns, rows).look(() => expect(op.lines()).toHaveLength(rows));
    if (columns >= 60) await op.seesLine('F1').sees('Home');
    else await op.sees('meterdesk needs 60x16');
  }
});

test('NO_COLOR leaves marks, bold and reverse, and no colour at all', async () => {
  const op = sitDown(newDesk(), { env: { NO_COLOR: '1' } });
  await signIn(op).sees('Go to').press('f2', 'esc', 'f1').sees('Everywhere');
  expect(hasColour(op.written)).toBe(false);
  const coloured = sitDown(newDesk());
  await signIn(coloured);
  expect(hasColour(coloured.written)).toBe(true);
});

test('with --ascii nothing but ASCII is drawn', async () => {
  const desk = newDesk();
  const op = sitDown(desk, { argv: [`${process.cwd()}/dist/meterdesk.cjs`, '--ascii'] });
  await signIn(op).sees('Go to').press('f1').sees('Everywhere');
  expect(op.screen()).toMatch(/^[\x20-\x7e\n]*$/);
});
