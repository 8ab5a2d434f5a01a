import { describe, expect, test } from 'vitest';
import { freshDatabase, TODAY } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { type AppOptions, type Operator, signedInApp } from '#test/support/tty.tsx';

/** A long form with a date at its end, and a date that is not shown; what it saves. */
async function form(options: Omit<AppOptions, 'database'> = {}, due = '') {
  const op = await signedInApp({ database: await freshDatabase(), ...options });
  const { desk } = op.shell.session;
  const saved: unknown[] = [];
  void desk.form({
    title: 'Note',
    fields: [
      { name: 'text', label: 'Text', kind: 'multiline', rows: 12 },
      { name: 'due', label: 'Grace date', kind: 'date', help: 'The last day.' },
      { name: 'born', label: 'Birth date', kind: 'secret', date: true },
    ],
    initial: { text: '', due, born: '' },
    today: desk.today,
    save: async (values) => void saved.push(values),
  });
  await op.settled();
  await op.press('tab');
  const press = async (...keys: string[]): Promise<void> => op.press(...keys);
  return { op, saved, press };
}

/** The row of the picture that has this day, without the frame. */
const rowOf = (op: Operator, day: string): string => op.lines().find((line) => line.includes(day)) ?? '';
const dayAt = (op: Operator): string => /day, (\d{4}-\d\d-\d\d)/.exec(op.text())?.[1] ?? 'none';

describe.each(SIZES)('the calendar of a date field, %i×%i', (...size) => {
  test('opens by F4, as the footer says, at the business date, and what is picked goes in', async () => {
    const { op, saved, press } = await form({ size });
    expect(op.text()).toContain('F4 Calendar');
    expect(op.text()).toContain('F4 calendar; today, +30, 12/1');
    await press('f4');
    expect(op.text()).toContain('┌ Grace date ');
    expect(op.text()).toContain('└');
    expect(op.text()).toContain('November 2026');
    expect(op.text()).toContain(`Saturday, ${TODAY}: today`);
    expect(rowOf(op, '[21]')).toContain('[21]*');
    expect(op.text()).toContain('Enter Take');
    await press('right', 'down', 'enter');
    expect(op.text()).not.toContain('November 2026');
    await press('f9');
    expect(saved).toEqual([{ text: '', due: '2026-11-29', born: '' }]);
  });
});

describe('the calendar', () => {
  test('moves by day, week, month and year, to the ends of the month and to today', async () => {
    const { op, press } = await form({}, '2024-02-29');
    await press('f4');
    expect(dayAt(op)).toBe('2024-02-29');
    expect(op.text()).toContain('in the field');
    const moves = [
      ['>', '2025-02-28'],
      ['<', '2024-02-28'],
      ['pagedown', '2024-03-28'],
      ['pageup', '2024-02-28'],
      ['left', '2024-02-27'],
      ['up', '2024-02-20'],
      ['home', '2024-02-01'],
      ['end', '2024-02-29'],
      ['right', '2024-03-01'],
      ['t', TODAY],
    ] as const;
    for (const [key, date] of moves) {
      await press(key);
      expect(dayAt(op)).toBe(date);
    }
  });

  test('tells the day in the field and the business date apart from the cursor without colour', async () => {
    const { op, press } = await form({}, '2026-11-18');
    await press('f4', 'right');
    expect(rowOf(op, '[19]')).toMatch(/\(18\) +\[19\] +20 +21 \*/);
  });

  test('goes to a year that is typed, where a month can be chosen, and takes a date that is typed whole', async () => {
    const { op, saved, press } = await form();
    await press('f4');
    await op.type('1961');
    expect(op.text()).toContain('November 1961');
    await press('enter');
    expect(op.text()).toContain('November 1961');
    await press('pageup', 'home', 'enter', 'shift+tab', 'f4');
    expect(dayAt(op)).toBe('1961-10-01');
    await op.type('4/7/1961');
    expect(op.text()).toContain('April 1961');
    await press('enter', 'f9');
    expect(saved).toEqual([{ text: '', due: '1961-04-07', born: '' }]);
  });

  test('says when what is typed leads nowhere, and goes on', async () => {
    const { op, press } = await form();
    await press('f4');
    await op.type('13/1');
    await press('enter');
    expect(op.text()).toContain('Not a year or a date');
    await press('ctrl+u');
    expect(op.text()).not.toContain('Not a year or a date');
    expect(dayAt(op)).toBe(TODAY);
  });

  test('left by Esc, what was typed stays as it was', async () => {
    const { op, saved, press } = await form();
    await op.type('12/1');
    await press('f4');
    expect(dayAt(op)).toBe('2026-12-01');
    await press('down', 'escape');
    expect(op.text()).toMatch(/Grace date +12\/1/);
    await press('f9');
    expect(saved).toEqual([{ text: '', due: '2026-12-01', born: '' }]);
  });

  test('does not tell a date that is hidden', async () => {
    const { op, saved, press } = await form();
    await press('tab');
    await op.type('4/7/1961');
    await press('f4');
    expect(op.text()).not.toContain('1961');
    expect(dayAt(op)).toBe(TODAY);
    await op.type('4/8/1961');
    await press('enter');
    expect(op.text()).not.toContain('1961');
    await press('f9');
    expect(saved).toEqual([{ text: '', due: '', born: '1961-04-08' }]);
  });

  test('has the terminal cursor on the day, and stands whole on the smallest terminal', async () => {
    const { op, press } = await form({ size: [60, 16] });
    await press('f4');
    const { x, y } = op.cursor();
    expect(op.lines()[y]!.slice(x - 1, x + 3)).toBe('[21]');
    expect(op.text()).toContain('└');
  });

  test('is read aloud as the day in words', async () => {
    const { op, press } = await form({ screenReader: true });
    await press('f4', 'right');
    expect(op.text()).toContain('Sunday, 2026-11-22');
  });
});
