import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { InputEvent } from '#keymap/keys.ts';
import { Input } from '#terminal/input.ts';
import type { InputOptions } from '#terminal/input.ts';

class FakeTerminal extends EventEmitter {
  raw = false;
  reading = false;
  setEncoding(): void {}
  setRawMode(on: boolean): void {
    this.raw = on;
  }
  resume(): void {
    this.reading = true;
  }
  pause(): void {
    this.reading = false;
  }
  type(text: string): void {
    this.emit('data', text);
  }
}

function open(options: Partial<InputOptions> = {}) {
  const stream = new FakeTerminal();
  const keys: string[] = [];
  const note = (event: InputEvent) => keys.push(event.type === 'key' ? event.key : `paste:${event.text}`);
  const input = new Input({ stream, onEvent: note, ...options });
  input.attach();
  return { stream, keys, input };
}

describe('input', () => {
  test('reads in raw mode and gives it back', () => {
    const { stream, input, keys } = open();
    expect([stream.raw, stream.reading]).toEqual([true, true]);
    stream.type('ab');
    input.detach();
    expect([stream.raw, stream.reading, stream.listenerCount('data')]).toEqual([false, false, 0]);
    expect(keys).toEqual(['a', 'b']);
  });

  test('keeps what is typed while something loads, in order, and no more than the limit', () => {
    const dropped: number[] = [];
    const { stream, input, keys } = open({ limit: 4, onDropped: (count) => dropped.push(count) });
    input.pause();
    stream.type('12\r');
    stream.type('ab');
    expect(keys).toEqual([]);
    input.resume();
    expect(keys).toEqual(['1', '2', 'enter', 'a']);
    expect(dropped).toEqual([1]);
  });

  test('a pause in the middle of a chunk holds back the rest of it', () => {
    const keys: string[] = [];
    const { stream, input } = open({
      onEvent: (event) => {
        if (event.type !== 'key') return;
        keys.push(event.key);
        if (event.key === 'enter') input.pause();
      },
    });
    stream.type('7\rj');
    expect(keys).toEqual(['7', 'enter']);
    expect(input.discard()).toBe(1);
    input.resume();
    expect(keys).toEqual(['7', 'enter']);
  });

  test('Escape gives up what was typed ahead', () => {
    const { stream, input, keys } = open();
    input.pause();
    stream.type('dd\x1b[24~x');
    input.resume();
    expect(keys).toEqual(['f12', 'x']);
  });

  test('an Escape waits for the rest of its sequence, and is the key after that', () => {
    vi.useFakeTimers();
    try {
      const { stream, keys } = open({ escapeTimeout: 60 });
      stream.type('\x1b');
      vi.advanceTimersByTime(50);
      stream.type('[A');
      expect(keys).toEqual(['up']);
      stream.type('\x1b');
      vi.advanceTimersByTime(60);
      expect(keys).toEqual(['up', 'escape']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a paste that never ends does not freeze the keyboard', () => {
    vi.useFakeTimers();
    try {
      const { stream, keys, input } = open();
      stream.type('\x1b[200~lost');
      vi.advanceTimersByTime(2000);
      stream.type('q');
      expect(keys).toEqual(['paste:lost', 'q']);
      expect(input.lastPaste).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    } finally {
      vi.useRealTimers();
    }
  });

  test('text read before is taken as typed', () => {
    const { input, keys } = open();
    input.feed('ab\t');
    expect(keys).toEqual(['a', 'b', 'tab']);
  });

  test('answers of the terminal go elsewhere', () => {
    const reports: string[] = [];
    const { stream, keys } = open({ onReport: (sequence) => reports.push(sequence) });
    stream.type('a\x1b[0nb');
    expect([keys, reports]).toEqual([['a', 'b'], ['\x1b[0n']]);
  });
});
