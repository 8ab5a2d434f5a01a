import { mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readArguments } from '../../src/launcher/arguments.ts';
import type { ScreenRequest } from '../../src/launcher/arguments.ts';
import { createLog, logPath } from '../../src/launcher/log.ts';
import { findNode, isNewEnough } from '../../src/launcher/node-26.ts';
import { chooseGlyphs, chooseTheme, refusal, wantsScreenReader } from '../../src/launcher/surroundings.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'meterdesk-launcher-'));
  folders.push(made);
  return made;
}

const request: ScreenRequest = {
  theme: null,
  ascii: false,
  screenReader: false,
  database: null,
  today: null,
  confined: null,
};

describe('arguments', () => {
  test('none, and the options of the screen, start the full-screen program', () => {
    expect(readArguments([])).toEqual({ kind: 'screen', ...request });
    expect(
      readArguments(['--db', 'town.db', '--today=2026-11-21', '--theme', 'mono', '--ascii', '--screen-reader']),
    ).toEqual({
      kind: 'screen',
      theme: 'mono',
      ascii: true,
      screenReader: true,
      database: 'town.db',
      today: '2026-11-21',
      confined: null,
    });
  });

  test('the version needs nothing else', () => {
    expect([readArguments(['--version']).kind, readArguments(['-V']).kind]).toEqual(['version', 'version']);
  });

  test.each([
    [['check']],
    [['--help']],
    [['--db', 'x.db', 'check']],
    [['--db']],
    [['--theme', 'pink']],
    [['--today', 'soon']],
    [['--unknown']],
  ])('%j is for the headless verbs to do or to refuse', (argv) => {
    expect(readArguments(argv)).toEqual({ kind: 'verb' });
  });
});

describe('surroundings', () => {
  test('the theme asked for wins, then NO_COLOR, then what the terminal says', () => {
    expect(chooseTheme({ ...request, theme: 'contrast' }, { NO_COLOR: '1' })).toBe('contrast');
    expect(chooseTheme(request, { NO_COLOR: '1', COLORFGBG: '0;15' })).toBe('mono');
    expect(chooseTheme(request, { TERM: 'vt220' })).toBe('mono');
    expect(chooseTheme(request, { COLORFGBG: '0;15' })).toBe('light');
    expect(chooseTheme(request, { COLORFGBG: '15;0', TERM: 'xterm-256color' })).toBe('dark');
    expect(chooseTheme(request, { NO_COLOR: '' })).toBe('dark');
  });

  test('signs are Unicode unless the locale cannot or the operator does not want them', () => {
    expect(chooseGlyphs(request, { LANG: 'en_US.UTF-8' })).toBe('unicode');
    expect(chooseGlyphs(request, {})).toBe('unicode');
    expect(chooseGlyphs(request, { LANG: 'de_DE.ISO-8859-1' })).toBe('ascii');
    expect(chooseGlyphs(request, { LC_ALL: 'C', LANG: 'en_US.UTF-8' })).toBe('ascii');
    expect(chooseGlyphs({ ...request, ascii: true }, { LANG: 'en_US.UTF-8' })).toBe('ascii');
  });

  test('a screen reader is announced by flag or environment', () => {
    expect(wantsScreenReader(request, {})).toBe(false);
    expect(wantsScreenReader(request, { ACCESSIBLE: '0' })).toBe(false);
    expect(wantsScreenReader(request, { ACCESSIBLE: '1' })).toBe(true);
    expect(wantsScreenReader({ ...request, screenReader: true }, {})).toBe(true);
  });

  test('without a terminal that can place text it says so', () => {
    expect(refusal({ input: true, output: true }, { TERM: 'xterm' })).toBe(null);
    expect(refusal({ input: true, output: false }, {})).toContain('output goes elsewhere');
    expect(refusal({ input: false, output: true }, {})).toContain('input comes from elsewhere');
    expect(refusal({ input: true, output: true }, { TERM: 'dumb' })).toContain('TERM=dumb');
  });
});

describe('the log', () => {
  test('is private, one JSON object a line, and cannot move the cursor of who reads it', () => {
    const path = join(folder(), 'state', 'meterdesk.log');
    const log = createLog(path);
    log('start', { rows: 40 });
    log('crash', { kind: 'Bad\x1b[2J\u009b\u202e' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ event }) => event)).toEqual(['start', 'crash']);
    expect(lines[1]?.['kind']).toBe('Bad\x1b[2J\u009b\u202e');
  });

  test('that grew large is put aside', () => {
    const path = join(folder(), 'meterdesk.log');
    writeFileSync(path, 'x'.repeat(5_000_001));
    createLog(path)('start');
    expect(statSync(`${path}.1`).size).toBe(5_000_001);
    expect(statSync(path).size).toBeLessThan(500);
  });

  test('that cannot be written stops nothing', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => createLog(join(file, 'meterdesk.log'))('start')).not.toThrow();
  });

  test('lies in the state folder', () => {
    expect(logPath({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/meterdesk/meterdesk.log');
    expect(logPath({ XDG_STATE_HOME: 'relative', HOME: '/home/ann' })).toBe(
      '/home/ann/.local/state/meterdesk/meterdesk.log',
    );
  });
});

describe('the right Node', () => {
  test('is 26 or newer', () => {
    expect(['20.19.1', '26.10.0', '30.0.0'].map(isNewEnough)).toEqual([false, true, true]);
  });

  test('is found beside the program, and where a package manager puts it further up', () => {
    const root = folder();
    const node = join(root, 'node_modules', 'node', 'bin', 'node');
    mkdirSync(join(node, '..'), { recursive: true });
    writeFileSync(node, '');
    expect(findNode(join(root, 'node_modules', 'meterdesk', 'dist'))).toBe(node);
    expect(findNode(join(root, 'dist'))).toBe(node);
    expect(findNode('/nowhere/at/all')).toBe(null);
  });
});
