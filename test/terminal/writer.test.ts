import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hyperlink } from '#terminal/hyperlink.ts';
import { width } from '#terminal/width.ts';
import { Screen } from '#terminal/writer.ts';
import { Emulator } from '#test/support/emulator.ts';
import { anyText } from '#test/support/texts.ts';

const COLUMNS = 40;
const ROWS = 12;

/** Everything that the writer may send: text, SGR, cursor, erasing, scrolling, synchronised output, links. */
const ALLOWED =
  /^(?:[^\x00-\x1f\x7f-\x9f]|\r\n|\r|\x08|\x1b\[[0-9;]*[mHABCDGKMLr]|\x1b\[2J|\x1b\[\?25[hl]|\x1b\[\?2026[hl]|\x1b\]8;;(?:https:[!-~]*)?\x1b\\)*$/;

function open(columns = COLUMNS, rows = ROWS) {
  const emulator = new Emulator(columns, rows);
  emulator.terminal.write('\x1b[?7l');
  return { emulator, screen: new Screen({ columns, rows, sink: emulator }) };
}

/** The same lines painted on a fresh terminal, without any cleverness. */
async function plainly(lines: readonly string[], columns = COLUMNS, rows = ROWS): Promise<Emulator> {
  const emulator = new Emulator(columns, rows);
  emulator.terminal.write('\x1b[?7l');
  lines.forEach((line, y) => emulator.terminal.write(`\x1b[${y + 1}H${line}\x1b[m`));
  await emulator.drawn();
  return emulator;
}

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', ' '), maxLength: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom('漢字', 'é', '│', '──', 'Ω', '10,023.40', '한글', 'e\u0301') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\x1b[1m',
      '\x1b[2m',
      '\x1b[22m',
      '\x1b[7m',
      '\x1b[27m',
      '\x1b[4m',
      '\x1b[24m',
      '\x1b[0m',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\x1b[31m',
      '\x1b[39m',
      '\x1b[44m',
      '\x1b[49m',
      '\x1b[97m',
      '\x1b[38;5;200m',
      '\x1b[48;2;1;2;3m',
    ),
  },
);

/** A line no wider than the screen: SGR as Ink closes it, at the end of the line. */
/** A frame is never wider than the screen: with the mark of the selected row, two cells more. */
const line = fc
  .array(piece, { maxLength: 5 })
  .map((parts) => parts.join(''))
  .filter((text) => width(stripVTControlCharacters(text)) <= COLUMNS - 2)
  .map((text) => `${text}\x1b[0m`);
const list = fc.array(line, { minLength: ROWS * 3, maxLength: ROWS * 3 });

/** Frames as an application makes them: windows on one list that moves, and wholly other ones. */
const frames = fc
  .tuple(
    list,
    list,
    fc.array(fc.tuple(fc.nat(ROWS * 2), fc.nat(ROWS), fc.nat(ROWS), fc.boolean()), { minLength: 1, maxLength: 8 }),
  )
  .map(([first, second, steps]) =>
    steps.map(([from, top, selected, other]) => {
      const source = other ? second : first;
      return Array.from({ length: ROWS }, (_, y) => {
        const text = y < top / 2 || y === ROWS - 1 ? (first[y] ?? '') : (source[from + y] ?? '');
        return y === selected ? `\x1b[7m> ${text}` : text;
      });
    }),
  );

describe('the screen shows the frame', () => {
  test('after any sequence of frames, cell by cell, and nothing else was sent', async () => {
    await fc.assert(
      fc.asyncProperty(frames, async (sequence) => {
        const { emulator, screen } = open();
        for (const lines of sequence) screen.write(lines.join('\n'));
        await emulator.drawn();
        const expected = await plainly(sequence.at(-1) ?? []);
        expect(emulator.cells()).toEqual(expected.cells());
        for (const data of emulator.writes) expect(data).toMatch(ALLOWED);
      }),
      { numRuns: 400 },
    );
  });

  test('when frames were dropped because the line was busy', async () => {
    await fc.assert(
      fc.asyncProperty(frames, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), async (sequence, releases) => {
        const { emulator, screen } = open();
        emulator.slow = true;
        sequence.forEach((lines, index) => {
          screen.write(lines.join('\n'));
          if (releases[index]) emulator.release();
        });
        emulator.slow = false;
        emulator.release();
        await emulator.drawn();
        expect(emulator.cells()).toEqual((await plainly(sequence.at(-1) ?? [])).cells());
      }),
      { numRuns: 200 },
    );
  });

  test('after the terminal changed its size', async () => {
    const { emulator, screen } = open();
    const lines = Array.from({ length: ROWS }, (_, y) => `row ${y} ${'x'.repeat(30)}`);
    screen.write(lines.join('\n'));
    emulator.terminal.resize(20, 6);
    screen.resize(20, 6);
    screen.write(lines.slice(0, 6).join('\n'));
    await emulator.drawn();
    expect(emulator.text()).toEqual(lines.slice(0, 6).map((text) => text.slice(0, 20)));
    emulator.terminal.resize(50, 14);
    screen.resize(50, 14);
    await screen.settled();
    await emulator.drawn();
    expect(emulator.text().slice(0, 6)).toEqual(lines.slice(0, 6));
  });

  test('after another program used the terminal', async () => {
    const { emulator, screen } = open();
    screen.write('one\ntwo');
    screen.suspend();
    emulator.terminal.write('\x1b[2J\x1b[HSOMETHING ELSE\x1b[31m');
    screen.write('one\nthree');
    expect(emulator.writes).toHaveLength(1);
    screen.resume();
    await emulator.drawn();
    expect(emulator.cells()).toEqual((await plainly(['one', 'three'])).cells());
  });

  test('what was painted before is not painted again', () => {
    const emulator = new Emulator(COLUMNS, ROWS);
    const screen = new Screen({
      columns: COLUMNS,
      rows: ROWS,
      sink: emulator,
      painted: ['┌──┐', '│\x1b[1mhi\x1b[22m│'],
    });
    screen.write('┌──┐\n│\x1b[1mhi\x1b[22m│\n\x1b[3A\x1b[2G\x1b[?25h');
    expect(emulator.writes.join('')).not.toContain('hi');
  });
});

describe('what Ink writes around a frame', () => {
  test('erasing and synchronised output lead to one write', () => {
    const { emulator, screen } = open();
    for (const chunk of ['\x1b[?25l', '\x1b[?2026h', 'one\ntwo\n', '\x1b[?2026l']) screen.write(chunk);
    const before = emulator.writes.length;
    for (const chunk of ['\x1b[?2026h', '\x1b[2K\x1b[1A\x1b[2K\x1b[1A\x1b[2K\x1b[Gone\ntwq\n', '\x1b[?2026l'])
      screen.write(chunk);
    expect(emulator.writes.slice(before)).toEqual(['\bq']);
  });

  test('the real cursor is where Ink wants it, also when only the cursor moved', async () => {
    const { emulator, screen } = open();
    const place = () => [emulator.terminal.buffer.active.cursorX, emulator.terminal.buffer.active.cursorY];
    screen.write('one\ntwo\nthree\n\x1b[2A\x1b[3G\x1b[?25h');
    await emulator.drawn();
    expect(place()).toEqual([2, 1]);
    screen.write('\x1b[?25l\x1b[2B\x1b[1G\x1b[3A\x1b[2G\x1b[?25h');
    await emulator.drawn();
    expect(place()).toEqual([1, 0]);
  });

  test('a bell, a copy or a repaint without any frame touches nothing else', () => {
    const { emulator, screen } = open();
    screen.control('\x07');
    screen.repaint();
    screen.suspend();
    screen.resume();
    expect(emulator.writes).toEqual(['\x07']);
  });

  test('an unchanged frame sends nothing', () => {
    const { emulator, screen } = open();
    screen.write('one\ntwo');
    const before = emulator.writes.length;
    screen.write('one\ntwo');
    screen.write('\x1b[2K\x1b[Gone\ntwo');
    expect(emulator.writes).toHaveLength(before);
  });

  test('waiting for a frame ends when the line has taken it', async () => {
    const { emulator, screen } = open();
    emulator.slow = true;
    let taken = false;
    screen.write('one');
    screen.write('two', () => (taken = true));
    await Promise.resolve();
    expect(taken).toBe(false);
    emulator.slow = false;
    emulator.release();
    await screen.settled();
    expect(emulator.writes.at(-1)).toContain('t');
  });
});

describe('bytes', () => {
  const rows = (from: number, selected: number, columns = 120, count = 36): string[] => [
    'header',
    ...Array.from({ length: count }, (_, y) => {
      const number = from + y;
      const text =
        `${10_000 + number}  ${'Name'.padEnd(20)} ${number * 37} ${'Alder St'.padEnd(40)} ${(number * 7919) % 9973}`.padEnd(
          columns,
        );
      return y === selected ? `\x1b[7m${text}\x1b[27m` : text;
    }),
    'footer',
  ];
  const sent = (before: string[], after: string[]): number => {
    const { emulator, screen } = open(120, 38);
    screen.write(before.join('\n'));
    emulator.writes.length = 0;
    screen.write(after.join('\n'));
    expect(emulator.writes).toHaveLength(1);
    return Buffer.byteLength(emulator.writes.join(''));
  };
  const bar = 120 + 120;

  test('a cursor move costs the two rows whose look changed', () => {
    expect(sent(rows(0, 3), rows(0, 4))).toBeLessThan(bar * 1.1);
  });

  test('scrolling by one row costs the new row and the two that changed', () => {
    expect(sent(rows(0, 35), rows(1, 35))).toBeLessThan(bar * 1.3);
    expect(sent(rows(5, 0), rows(4, 0))).toBeLessThan(bar * 1.3);
  });

  test('scrolling by a few rows moves the rest', () => {
    expect(sent(rows(0, 35), rows(5, 30))).toBeLessThan(6 * 120);
  });
});

describe('hostile text', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        '\x1b',
        '[',
        ']',
        '8',
        ';',
        'm',
        'H',
        '\x07',
        '\\',
        'P',
        '\x9b',
        '\x9d',
        '?',
        '2',
        'J',
        'c',
        '\r',
        '\b',
        '\t',
        'https://x',
        '\u202E',
        '\u200B',
        '🙂',
        '\x1b]52;c;aGk=\x07',
        '\x1b[2J',
        '\x1b[8m',
      ),
      anyText({ minLength: 1, maxLength: 1 }),
    ),
    maxLength: 30,
  });

  test('whatever is in a frame, only the allowed is sent', () => {
    fc.assert(
      fc.property(fc.array(fc.array(hostile, { maxLength: 4 }), { maxLength: 5 }), (sequence) => {
        const { emulator, screen } = open();
        for (const lines of sequence) screen.write(`x${lines.join('\n')}`);
        for (const data of emulator.writes) expect(data).toMatch(ALLOWED);
        expect(emulator.writes.join('')).not.toContain('\x1b]8;');
      }),
      { numRuns: 2000 },
    );
  });

  test('links are kept when the program composed them, and only then', () => {
    const { emulator, screen } = open();
    screen.write(
      `${hyperlink('Map', 'https://maps.example/?q=118%20Alder')} \x1b]8;;https://evil.example\x1b\\bill\x1b]8;;\x1b\\`,
    );
    const data = emulator.writes.join('');
    expect(data).toContain('\x1b]8;;https://maps.example/?q=118%20Alder\x1b\\Map');
    expect(data).toMatch(/Map[^b]*\x1b\]8;;\x1b\\[^b]*bill/);
    expect(data).not.toContain('evil');
    expect(hyperlink('x', 'https://a\x07b')).toBe('x');
    expect(hyperlink('x', 'javascript:alert(1)')).toBe('x');
    expect(hyperlink('ana@example.com', 'mailto:ana@example.com')).toContain('mailto:ana@example.com');
  });
});

test('characters whose width terminals disagree on do not shift what follows', async () => {
  const { emulator, screen } = open();
  screen.write('🙂|a\nxx|b\n👨‍👩‍👧|c');
  screen.write('xx|a\n🙂|b\n漢|c');
  await emulator.drawn();
  for (const [y, letter] of ['a', 'b', 'c'].entries()) {
    expect(emulator.terminal.buffer.active.getLine(y)?.getCell(2)?.getChars()).toBe('|');
    expect(emulator.terminal.buffer.active.getLine(y)?.getCell(3)?.getChars()).toBe(letter);
  }
});

test('what a terminal draws of a joined character beyond its cells is gone with the next text', async () => {
  const { emulator, screen } = open();
  screen.write('Yes👨‍👩‍👧');
  screen.write('Yes x');
  await emulator.drawn();
  expect(emulator.terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('Yes x');
});

test('at the end it waits for answers that the terminal owes: later they would be typed into a shell', async () => {
  const screen = new Screen({ columns: 20, rows: 3, sink: { write: (_, done) => done() }, paced: true });
  let answered = false;
  await screen.answered();
  screen.write('one\ntwo\nthree');
  const all = screen.answered().then(() => {
    answered = true;
  });
  await screen.settled();
  expect(answered).toBe(false);
  expect(screen.report('\x1b[0n')).toBe(true);
  await all;
  expect(answered).toBe(true);
});
