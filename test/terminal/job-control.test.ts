import { describe, expect, test } from 'vitest';
import { hasShellBehind, type ProcessPlace } from '#terminal/job-control.ts';

const system = (processes: Readonly<Record<number, ProcessPlace>>) => (id: number) => processes[id] ?? null;

describe('whether a shell waits behind the program', () => {
  test('a job of an interactive shell has one, also through npm', () => {
    const place = system({
      1: { parent: 0, group: 1, session: 1 },
      10: { parent: 1, group: 10, session: 10 },
      20: { parent: 10, group: 20, session: 10 },
      21: { parent: 20, group: 20, session: 10 },
    });
    expect([hasShellBehind(20, place), hasShellBehind(21, place)]).toEqual([true, true]);
  });

  test('a command of ssh and a window of tmux have none', () => {
    const place = system({
      1: { parent: 0, group: 1, session: 1 },
      10: { parent: 1, group: 10, session: 10 },
      11: { parent: 10, group: 10, session: 10 },
    });
    expect([hasShellBehind(10, place), hasShellBehind(11, place)]).toEqual([false, false]);
  });

  test('where the system does not tell, the key is left to it', () => {
    expect(hasShellBehind(5, () => null)).toBe(true);
  });
});
