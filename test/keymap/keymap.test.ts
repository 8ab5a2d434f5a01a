import { describe, expect, test } from 'vitest';
import { bindAll, keyClashes, resolveKey } from '#keymap/bind.ts';
import type { Command } from '#keymap/command.ts';
import { fuzzyRank } from '#keymap/fuzzy.ts';
import { commandEntries, filterHelp } from '#keymap/help.ts';
import { footerHints } from '#keymap/hints.ts';
import { keyName } from '#keymap/names.ts';

interface Ctx {
  readonly tab: 'a' | 'b';
}

const command = (id: `${string}.${string}`, more: Partial<Command<Ctx>> = {}): Command<Ctx> => ({
  id,
  title: `Do ${id}`,
  group: 'record',
  run: () => {},
  ...more,
});

const bound = (commands: readonly Command<Ctx>[], ctx: Ctx = { tab: 'a' }, rights: readonly string[] = []) =>
  bindAll(commands, ctx, (permission) => rights.includes(permission));

describe('binding', () => {
  test('leaves out what one may not do and what belongs to another part of the screen', () => {
    const commands = [
      command('x.free'),
      command('x.guarded', { permission: 'money' }),
      command('x.b', { applies: (ctx) => ctx.tab === 'b' }),
    ];
    expect(bound(commands).map(({ id }) => id)).toEqual(['x.free']);
    expect(bound(commands, { tab: 'b' }, ['money']).map(({ id }) => id)).toEqual(['x.free', 'x.guarded', 'x.b']);
  });

  test('a key means the command that is possible; when none is, its reason is there to be said', () => {
    const commands = bound([
      command('x.one', { keys: ['k'], when: () => 'not now' }),
      command('x.two', { keys: ['k'] }),
      command('x.three', { keys: ['l'], when: () => 'never' }),
    ]);
    expect(resolveKey(commands, 'k')?.id).toBe('x.two');
    expect(resolveKey(commands, 'l')?.when()).toBe('never');
    expect(resolveKey(commands, 'z')).toBeNull();
  });

  test('a clash is two commands on one key that can be there together', () => {
    const on = (tab: Ctx['tab']) => ({ keys: ['k'], applies: (ctx: Ctx) => ctx.tab === tab });
    expect(keyClashes([command('x.a', on('a')), command('x.b', on('b'))])).toEqual([]);
    expect(keyClashes([command('x.a', { keys: ['k'] }), command('x.b', on('b'))])).toEqual(['k: x.a, x.b']);
  });
});

describe('the footer', () => {
  const commands = bound([
    command('x.save', { keys: ['f9'], hint: 'Save', footer: 9 }),
    command('x.note', { keys: ['n'], hint: 'Add note', footer: 5 }),
    command('x.off', { keys: ['o'], hint: 'Off', footer: 8, when: () => 'no' }),
    command('x.quiet', { keys: ['q'] }),
  ]);
  const first = [{ key: 'F1', label: 'Help' }];

  test('shows what is possible, the most important first, as far as it fits', () => {
    expect(footerHints([commands], 80, first).hints.map(({ label }) => label)).toEqual(['Help', 'Save', 'Add note']);
    const narrow = footerHints([commands], 18, first);
    expect(narrow.hints.map(({ label }) => label)).toEqual(['Help', 'Save']);
    expect(narrow.more).toBe(true);
  });

  test('does not offer a key that means something else here', () => {
    const outer = bound([command('app.note', { keys: ['n'], hint: 'New', footer: 99 })]);
    expect(footerHints([commands, outer], 80).hints.map(({ label }) => label)).toEqual(['Save', 'Add note']);
  });
});

describe('help', () => {
  const sections = [
    {
      title: 'Here',
      entries: commandEntries(
        bound([
          command('x.pay', { title: 'Take a payment', keys: ['p', 'f6'] }),
          command('x.note', { title: 'Add note', keys: ['n'] }),
        ]),
      ),
    },
  ];

  test('is found by words and by the key itself', () => {
    const texts = (filter: string) =>
      filterHelp(sections, filter).flatMap(({ entries }) => entries.map(({ text }) => text));
    expect(texts('')).toHaveLength(2);
    expect(texts('pay')).toEqual(['Take a payment']);
    expect(texts('n')).toContain('Add note');
    expect(texts('f6')).toEqual(['Take a payment']);
    expect(texts('zzz')).toEqual([]);
  });
});

test('what was typed ranks whole beginnings before inner parts, accents or not', () => {
  const rank = (typed: string, ...items: string[]) => fuzzyRank(typed, items, (item) => item);
  expect(rank('note', 'Denote', 'Add note', 'Notes')).toEqual(['Notes', 'Add note', 'Denote']);
  expect(rank('jose', 'José Ruiz', 'Joan')).toEqual(['José Ruiz']);
  expect(rank('add no', 'Add note', 'Add phone')).toEqual(['Add note']);
});

test.each([
  ['ctrl+s', 'Ctrl+S'],
  ['f9', 'F9'],
  ['g', 'g'],
  ['G', 'G'],
  ['escape', 'Esc'],
  ['shift+tab', 'Shift+Tab'],
  ['ctrl++', 'Ctrl++'],
  ['pagedown', 'PgDn'],
])('%s is called %s', (key, name) => expect(keyName(key)).toBe(name));
