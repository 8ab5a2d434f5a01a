import headless from '@xterm/headless';
import type { Terminal } from '@xterm/headless';
import type { Sink } from '#terminal/sink.ts';

/** One cell as a terminal shows it. */
export interface ShownCell {
  readonly text: string;
  readonly style: string;
}

/** A terminal emulator that takes what the program writes, for tests of what an operator sees. */
export class Emulator implements Sink {
  readonly terminal: Terminal;
  /** Every write, in order. */
  readonly writes: string[] = [];
  /** Set to hold back the acknowledgement of writes, as a slow line does. */
  slow = false;
  #held: (() => void)[] = [];

  constructor(columns: number, rows: number) {
    this.terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  }

  write(data: string, done: () => void): void {
    this.writes.push(data);
    this.terminal.write(data);
    if (this.slow) this.#held.push(done);
    else done();
  }

  /** The line has taken what was written. */
  release(): void {
    for (const done of this.#held.splice(0)) done();
  }

  /** Resolves when everything written has been drawn. */
  drawn(): Promise<void> {
    return new Promise((resolve) => this.terminal.write('', resolve));
  }

  /** The screen's rows as text, without trailing spaces. */
  text(): string[] {
    const { active } = this.terminal.buffer;
    return Array.from(
      { length: this.terminal.rows },
      (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '',
    );
  }

  /** The screen cell by cell, with what can be seen of its style. */
  cells(): ShownCell[][] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, y) =>
      Array.from({ length: this.terminal.cols }, (_, x) => {
        const cell = active.getLine(active.baseY + y)?.getCell(x);
        if (!cell) return { text: '', style: '' };
        const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
        const underline = cell.isUnderline() ? 'u' : '';
        const inverse = cell.isInverse() ? 'i' : '';
        const strike = cell.isStrikethrough() ? 's' : '';
        const background = cell.isBgDefault() ? '' : `b${cell.getBgColor()}`;
        const onSpace = `${underline}${inverse}${strike}${background}`;
        const weight = `${cell.isBold() ? 'B' : ''}${cell.isDim() ? 'D' : ''}${cell.isItalic() ? 'I' : ''}`;
        const foreground = cell.isFgDefault() ? '' : `f${cell.getFgColor()}`;
        const plainSpace = text === ' ' && onSpace === '';
        return { text, style: plainSpace ? '' : `${onSpace}${weight}${foreground}` };
      }),
    );
  }
}
