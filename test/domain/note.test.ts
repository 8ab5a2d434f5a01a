import { describe, expect, test } from 'vitest';
import { noteProblems, noteSubject, type NoteFacts } from '#domain/note.ts';

const note = (facts: Partial<NoteFacts> = {}): NoteFacts => ({
  level: 'account',
  type: 'general',
  subject: '',
  body: 'Called about the bill.',
  messageCenter: 0,
  paymentCenter: 0,
  graceOn: null,
  usedFor: null,
  expiresOn: null,
  accessLevel: 1,
  ...facts,
});
const fields = (facts: Partial<NoteFacts>) => Object.keys(noteProblems(note(facts), '2026-11-21'));

describe('the rules of a note', () => {
  test('the subject is what was typed, or else the beginning of the text', () => {
    expect(noteSubject('  Leak  ', 'text')).toBe('Leak');
    expect(noteSubject('', 'First line\nsecond')).toBe('First line');
    const long = noteSubject('', 'word '.repeat(40));
    expect(long.length).toBeLessThanOrEqual(60);
    expect(long).toMatch(/word…$/);
    expect(noteSubject('', '👩‍👩‍👧'.repeat(80))).toBe(`${'👩‍👩‍👧'.repeat(59)}…`);
  });

  test('a plain note is fine; an empty one, or one with a card number, is not', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ body: '  \n ' })).toEqual(['body']);
    expect(fields({ body: 'x'.repeat(8001) })).toEqual(['body']);
    expect(fields({ body: 'card 4111 1111 1111 1111' })).toEqual(['body']);
    expect(fields({ subject: '4111111111111111' })).toEqual(['subject']);
  });

  test('location notes take neither flags nor a grace date: they always show, and hold no penalty back', () => {
    const all = { messageCenter: 1, paymentCenter: 1, graceOn: '2026-12-01' } as const;
    expect(fields(all)).toEqual([]);
    expect(fields({ level: 'location', ...all })).toEqual(['messageCenter', 'paymentCenter', 'graceOn']);
  });

  test('an expiration needs a use, and no date lies before the note', () => {
    expect(fields({ expiresOn: '2026-12-01' })).toEqual(['expiresOn']);
    expect(fields({ expiresOn: '2026-12-01', usedFor: 'statement' })).toEqual([]);
    expect(fields({ expiresOn: '2026-11-20', usedFor: 'statement' })).toEqual(['expiresOn']);
    expect(fields({ graceOn: '2026-11-20' })).toEqual(['graceOn']);
    expect(fields({ graceOn: '2026-11-21' })).toEqual([]);
    expect(fields({ graceOn: '2026-02-30' })).toEqual(['graceOn']);
  });
});
