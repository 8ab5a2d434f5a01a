import { render } from 'ink';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorShell } from '#app/operator-shell.ts';
import { App } from '#app/view/app.tsx';
import { INK_OPTIONS, Screen } from '#terminal/writer.ts';
import { createTheme } from '#ui/theme/themes.ts';
import { firstFrame } from '../../src/launcher/first-frame.ts';
import { Emulator } from '#test/support/emulator.ts';
import { ManualTimers } from '#test/support/manual-timers.ts';

const outside = {
  copy: () => true,
  repaint: () => {},
  suspend: () => {},
  canSuspend: () => true,
  beep: () => {},
  exit: () => {},
  writeList: async () => '',
  readLines: async () => ({ name: '', lines: [] }),
  writeDocument: async () => '',
  exportFolder: '',
  report: () => {},
  log: () => {},
};

test.each([
  [60, 16, 'mono', 'ascii'],
  [80, 24, 'dark', 'unicode'],
  [120, 40, 'contrast', 'unicode'],
] as const)(
  'at %i×%i the first frame is the one that the launcher has painted',
  async (columns, rows, theme, glyphs) => {
    const emulator = new Emulator(columns, rows);
    const { painted } = firstFrame(columns, rows, theme, glyphs);
    const screen = new Screen({ columns, rows, painted, sink: emulator });
    const shell = new OperatorShell({
      screens: [],
      timers: new ManualTimers(0),
      theme: createTheme(theme, glyphs),
      size: { columns, rows },
      outside,
    });
    const ink = render(<App shell={shell} />, { ...INK_OPTIONS, stdout: screen.stream });
    onTestFinished(() => ink.unmount());
    await ink.waitUntilRenderFlush();
    await screen.settled();
    await emulator.drawn();
    expect(emulator.text().join('').trim()).toBe('');
  },
);
