import { expect, test } from 'vitest';
import { clipboardSequence, multiplexer } from '#terminal/clipboard.ts';

const decoded = (sequence: string) => Buffer.from(/52;c;([^\x07]*)/.exec(sequence)?.[1] ?? '', 'base64').toString();

test('a text arrives as it was, in any script', () => {
  expect(decoded(clipboardSequence('10023\tJosé 王\n') ?? '')).toBe('10023\tJosé 王\n');
});

test('tmux is asked in both of its ways', () => {
  expect(clipboardSequence('hi', 'tmux')).toBe('\x1b]52;c;aGk=\x07\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\');
  expect(multiplexer({ TMUX: '/tmp/tmux-1/default,1,0' })).toBe('tmux');
});

test('screen gets pieces that it passes on', () => {
  const sequence = clipboardSequence('x'.repeat(3000), 'screen') ?? '';
  const parts = sequence.split('\x1b\\').filter(Boolean);
  expect(parts.every((part) => part.startsWith('\x1bP') && part.length < 768)).toBe(true);
  expect(decoded(parts.map((part) => part.slice(2)).join(''))).toBe('x'.repeat(3000));
  expect(multiplexer({ TERM: 'screen.xterm-256color' })).toBe('screen');
});

test('what terminals would cut is refused', () => {
  expect(clipboardSequence('x'.repeat(56_000))).not.toBe(null);
  expect(clipboardSequence('x'.repeat(57_000))).toBe(null);
});
