import headless from '@xterm/headless';
import { type IPty, spawn } from '@lydell/node-pty';
import { bytesOf } from './keys.ts';

/** How long anything may take before a journey fails, on a machine that does other things too. */
const PATIENCE_MS = 60_000;
/** Output has ended when nothing came for so long; longer than the program waits after Esc. */
const QUIET_MS = 120;

export interface OperatorOptions {
  readonly command: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * Somebody at a terminal. Each step is queued behind the last, so that a journey reads
 * as prose; awaiting the operator awaits all of them:
 * `await op.press('f2').type('rivera').sees('Rivera, Ana')`
 */
export class Operator implements PromiseLike<void> {
  /** Everything that the program wrote. */
  written = '';
  exit: { readonly code: number; readonly signal: number } | null = null;
  readonly #pty: IPty;
  readonly #terminal: InstanceType<typeof headless.Terminal>;
  #steps: Promise<void> = Promise.resolve();
  #listeners = new Set<() => void>();

  constructor({ command, argv, env, cwd, columns = 80, rows = 24 }: OperatorOptions) {
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 });
    this.#pty = spawn(command, [...argv], { name: 'xterm-256color', cols: columns, rows, cwd, env: { ...env } });
    this.#pty.onData((data) => {
      this.written += data;
      this.#terminal.write(data, () => this.#tell());
    });
    this.#terminal.onData((answer) => this.exit ?? this.#pty.write(answer));
    this.#pty.onExit(({ exitCode, signal }) => {
      this.exit = { code: exitCode, signal: signal ?? 0 };
      this.#terminal.write('', () => this.#tell());
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  // Awaiting an operator is awaiting the queued steps.
  // oxlint-disable-next-line unicorn/no-thenable
  then<A = void, B = never>(
    done?: ((value: void) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    // oxlint-disable-next-line promise/no-callback-in-promise
    return this.#steps.then(done, failed);
  }

  /** Presses keys one after the other, letting the program answer each. */
  press(...keys: string[]): this {
    for (const key of keys) this.#step(() => this.#send(bytesOf(key)));
    return this;
  }

  /** Presses the key that the screen shows: the first group of the pattern. */
  pressShown(pattern: RegExp): this {
    this.sees(pattern);
    return this.#step(() => this.#send(bytesOf(pattern.exec(this.screen())![1]!)));
  }

  /** Answers a question that takes no keys in its first moment: presses until it is gone. */
  answers(question: string, key: string): this {
    this.sees(question);
    return this.#step(async () => {
      const deadline = Date.now() + PATIENCE_MS;
      while (contains(this.screen(), question) && !this.exit) {
        if (Date.now() > deadline) throw this.#disappointed(`an answer to ${question}`);
        await this.#send(bytesOf(key));
      }
    });
  }

  /** Types text key by key, as fast as hands do not: all of it is there before the program looks. */
  type(text: string): this {
    return this.#step(() => this.#send(text));
  }

  /** Several keys in one packet of the line. */
  burst(...keys: string[]): this {
    return this.#step(() => this.#send(keys.map(bytesOf).join('')));
  }

  paste(text: string): this {
    return this.#step(() => this.#send(`\x1b[200~${text}\x1b[201~`));
  }

  /** Waits until the text is on the screen. */
  sees(...texts: (string | RegExp)[]): this {
    for (const text of texts)
      this.#step(() => this.#until(() => contains(this.screen(), text), `to see ${String(text)}`));
    return this;
  }

  /** Waits until the text is gone from the screen. */
  seesNo(...texts: (string | RegExp)[]): this {
    for (const text of texts) {
      this.#step(() => this.#until(() => !contains(this.screen(), text), `to see no ${String(text)}`));
    }
    return this;
  }

  /** Waits until a line of the screen holds all of these texts. */
  seesLine(...texts: (string | RegExp)[]): this {
    const wanted = `a line with ${texts.map(String).join(' and ')}`;
    return this.#step(() =>
      this.#until(() => this.lines().some((line) => texts.every((one) => contains(line, one))), wanted),
    );
  }

  resize(columns: number, rows: number): this {
    return this.#step(async () => {
      this.#terminal.resize(columns, rows);
      this.#pty.resize(columns, rows);
      await this.#quiet();
    });
  }

  signal(name: string): this {
    return this.#step(async () => this.#pty.kill(name));
  }

  /** Waits until the program has ended, however. */
  gone(): this {
    return this.#step(() => this.#until(() => this.exit !== null, 'the program to end'));
  }

  /** Waits until the program has ended with that code. */
  ends(code: number): this {
    this.gone();
    return this.#step(async () => {
      if (this.exit!.code !== code) throw new Error(`ended with ${this.exit!.code}, not ${code}\n${this.screen()}`);
    });
  }

  /** Looks at something in between. */
  look(look: (operator: this) => void): this {
    return this.#step(async () => look(this));
  }

  lines(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      (active.getLine(active.viewportY + y)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  screen(): string {
    return this.lines().join('\n');
  }

  /** Which of the terminal's settings the program has left behind; empty when it is as it was. */
  leftBehind(): string[] {
    const { modes, buffer } = this.#terminal;
    const left: string[] = [];
    if (buffer.active.type !== 'normal') left.push('alternate screen');
    if (modes.bracketedPasteMode) left.push('bracketed paste');
    if (modes.mouseTrackingMode !== 'none') left.push('mouse');
    if (modes.sendFocusMode) left.push('focus reports');
    if (!modes.wraparoundMode) left.push('no line wrap');
    if (modes.applicationCursorKeysMode) left.push('application cursor keys');
    if (this.written.lastIndexOf('\x1b[?25l') > this.written.lastIndexOf('\x1b[?25h')) left.push('hidden cursor');
    return left;
  }

  /** Ends the program if it is still there. */
  close(): void {
    if (!this.exit) this.#pty.kill('SIGKILL');
  }

  #step(step: () => Promise<void>): this {
    this.#steps = this.#steps.then(step);
    // Awaited later, with the whole sentence.
    this.#steps.catch(() => {});
    return this;
  }

  async #send(data: string): Promise<void> {
    if (this.exit) throw new Error(`the program has ended (${this.exit.code})\n${this.screen()}`);
    this.#pty.write(data);
    await this.#quiet();
  }

  /** Resolves when the program has stopped writing. */
  #quiet(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => {
      this.#listeners.delete(again);
      resolve();
    };
    let timer = setTimeout(end, QUIET_MS);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, QUIET_MS);
    };
    this.#listeners.add(again);
    return promise;
  }

  #until(holds: () => boolean, wanted: string): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (!holds() && !this.exit) return;
        stop();
        if (holds()) resolve();
        else reject(this.#disappointed(wanted));
      };
      const timer = setTimeout(() => {
        stop();
        reject(this.#disappointed(wanted));
      }, PATIENCE_MS);
      const stop = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(check);
      };
      this.#listeners.add(check);
    });
  }

  #disappointed(wanted: string): Error {
    const ended = this.exit ? ` (the program has ended with ${this.exit.code})` : '';
    return new Error(`waited ${PATIENCE_MS / 1000} s ${wanted}${ended}; the screen:\n${this.screen()}`);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const contains = (text: string, part: string | RegExp): boolean =>
  typeof part === 'string' ? text.includes(part) : part.test(text);
