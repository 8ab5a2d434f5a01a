import { render } from 'ink';
import { onTestFinished } from 'vitest';
import type { Backend } from '#app/surroundings/backend.ts';
import type { FindSource } from '#app/surroundings/find-source.ts';
import { lookUp } from '#app/find/records.ts';
import { backendOf } from '#app/open-backend.ts';
import { OperatorShell } from '#app/operator-shell.ts';
import { oneLine } from '#ui/width.ts';
import { App } from '#app/view/app.tsx';
import type { Database } from '#db/database.ts';
import type { Carriers } from '#gateways/delivery.ts';
import type { Exchange } from '#gateways/exchange.ts';
import { type DocumentFile, FileRefused, type ListFile } from '#gateways/files.ts';
import type { InputEvent } from '#keymap/keys.ts';
import { screens as allScreens } from '#screens/index.ts';
import type { Actor } from '#services/actor.ts';
// Loaded by the program at the first export; here before, so that no step has to wait for it.
import '#app/takings/export.ts';
import '#services/audit/export.ts';
import type { Call } from '#services/operation.ts';
import { loadOptions } from '#services/options/operations.ts';
import { Decoder } from '#terminal/decode.ts';
import { INK_OPTIONS, Screen } from '#terminal/writer.ts';
import type { AnyScreen } from '#ui/screen.ts';
import type { Theme } from '#ui/theme/tokens.ts';
import { createTheme } from '#ui/theme/themes.ts';
import { actor as someActor, clock, TODAY } from './database.ts';
import { Emulator, type ShownCell } from './emulator.ts';
import { ManualTimers } from './manual-timers.ts';

export interface AppOptions {
  /** Who signs in; an administrator unless said otherwise. */
  readonly actor?: Actor;
  readonly database: Database;
  /** Columns and rows. */
  readonly size?: readonly [number, number];
  readonly theme?: Theme['name'];
  readonly glyphs?: Theme['glyphs']['name'];
  /** In place of the program's own; the first must be `home`. */
  readonly screens?: readonly AnyScreen[];
  readonly find?: FindSource;
  readonly screenReader?: boolean;
  /** Ways out for mail and print jobs. */
  readonly carriers?: Carriers;
  /** Where files of documents come in; nowhere unless said. */
  readonly exchange?: Exchange;
}

/** An operator at a terminal, for tests: presses keys and reads the screen as a terminal shows it. */
export class Operator {
  readonly shell: OperatorShell;
  readonly timers = new ManualTimers(clock.now());
  readonly copied: string[] = [];
  readonly written: ListFile[] = [];
  /** Files that can be read, by name. */
  readonly files = new Map<string, readonly string[]>();
  readonly documents: DocumentFile[] = [];
  readonly unexpected: unknown[] = [];
  left = false;
  /** Counted up, it tells that somebody else has changed something. */
  changes = 0;
  /** Lets the next password be right, whatever it is. */
  unlocks = false;
  /** Who is signed in. */
  actor: Actor = someActor();
  #emulator: Emulator;
  #pending = 0;
  readonly #screen: Screen;
  readonly #ink: ReturnType<typeof render>;

  constructor(options: AppOptions) {
    const [columns, rows] = options.size ?? [80, 24];
    this.#emulator = new Emulator(columns, rows);
    this.#screen = new Screen({ columns, rows, sink: { write: (data, done) => this.#emulator.write(data, done) } });
    this.shell = new OperatorShell({
      screens: options.screens ?? allScreens,
      timers: this.timers,
      theme: createTheme(options.theme ?? 'mono', options.glyphs),
      size: { columns, rows },
      find: options.find ?? lookUp,
      screenReader: options.screenReader,
      outside: {
        copy: (text) => this.copied.push(text) > 0,
        repaint: () => this.#screen.repaint(),
        suspend: () => {},
        canSuspend: () => true,
        beep: () => {},
        exit: () => {
          this.left = true;
        },
        writeList: async (file) => {
          this.written.push(file);
          return `/exports/${file.path}.${file.format}`;
        },
        readLines: async ({ path }) => {
          const lines = this.files.get(path);
          if (!lines) throw new FileRefused('There is no such file.');
          return { name: path, lines };
        },
        writeDocument: async (file) => {
          this.documents.push(file);
          return `/exports/${file.path}`;
        },
        ...(options.exchange && { exchange: async () => this.#watchedFiles(options.exchange!) }),
        exportFolder: '/exports',
        report: (error) => this.unexpected.push(error),
        log: () => {},
      },
    });
    this.#screen.on('resize', () => this.shell.resize({ columns: this.#screen.columns, rows: this.#screen.rows }));
    this.#ink = render(<App shell={this.shell} />, {
      ...INK_OPTIONS,
      stdout: this.#screen.stream,
      isScreenReaderEnabled: options.screenReader,
    });
    this.#ink.waitUntilExit().catch((error: unknown) => this.unexpected.push(error));
  }

  /** Counts what is on its way, so that `settled` knows when all has come back. */
  async #counted<T>(work: Promise<T>): Promise<T> {
    this.#pending += 1;
    try {
      return await work;
    } finally {
      this.#pending -= 1;
    }
  }

  #watchedFiles(exchange: Exchange): Exchange {
    return {
      ...exchange,
      browse: (typed) => this.#counted(exchange.browse(typed)),
      scans: (folder) => this.#counted(exchange.scans(folder)),
    };
  }

  /** The data side, with every call counted. */
  watched(backend: Backend): Backend {
    const counted = <T,>(work: Promise<T>): Promise<T> => this.#counted(work);
    return {
      ...backend,
      unlock: (who, credentials) => counted(this.unlocks ? Promise.resolve() : backend.unlock(who, credentials)),
      callAs: (who, changed): Call => {
        const call = backend.callAs(who, changed);
        return (operation, input, more) => counted(call(operation, input, more));
      },
    };
  }

  /** Keys by name, one after the other, each after the screen has answered the one before. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const text = key === 'space' ? ' ' : key.length === 1 ? key : undefined;
      this.shell.dispatch({ type: 'key', key, text });
      await this.settled();
    }
  }

  /** Characters, as fast as they come. */
  async type(text: string): Promise<void> {
    for (const character of text) {
      this.shell.dispatch({ type: 'key', key: character === ' ' ? 'space' : character, text: character });
    }
    await this.settled();
  }

  /** What the terminal sends, in one piece. */
  async send(bytes: string): Promise<void> {
    const decoder = new Decoder();
    const decoded = [...decoder.feed(bytes), ...decoder.flush()];
    for (const event of decoded) if (event.type !== 'report') this.shell.dispatch(event as InputEvent);
    await this.settled();
  }

  /** Time passes. */
  async wait(ms: number): Promise<void> {
    this.timers.advance(ms);
    await this.settled();
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.#emulator.terminal.resize(columns, rows);
    this.#screen.resize(columns, rows);
    await this.settled();
  }

  /** Resolves when every call and sign-in has come back and its answer is on the screen. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#pending === 0 && !this.shell.signIn.checking ? quiet + 1 : 0;
    }
    await this.#ink.waitUntilRenderFlush();
    await this.#screen.settled();
    await this.#emulator.drawn();
  }

  /** The rows of the screen, without trailing spaces. */
  lines(): string[] {
    return this.#emulator.text();
  }

  /** The whole screen as text. */
  text(): string {
    return this.lines().join('\n');
  }

  cells(): ShownCell[][] {
    return this.#emulator.cells();
  }

  /** Where the terminal's own cursor stands. */
  cursor(): { readonly x: number; readonly y: number } {
    const { cursorX, cursorY } = this.#emulator.terminal.buffer.active;
    return { x: cursorX, y: cursorY };
  }

  /** What the line at the bottom says, with the lines above it that a long message takes. */
  message(): string {
    const lines = this.lines()
      .slice(0, -1)
      .map((line) => line.trim());
    const { message } = this.shell.store.getState();
    for (let count = 1; message && count <= 4; count += 1) {
      const said = lines.slice(-count).join(' ');
      if (said.includes(oneLine(message.text))) return said;
    }
    return lines.at(-1) ?? '';
  }

  footer(): string {
    return (this.lines().at(-1) ?? '').trim();
  }

  header(): string {
    return (this.lines()[0] ?? '').trim();
  }

  /** Everything written to the terminal since this was asked last. */
  output(): string {
    return this.#emulator.writes.splice(0).join('');
  }

  unmount(): void {
    this.#ink.unmount();
  }
}

/** The program before anybody has signed in, its database open. */
export async function startedApp(options: AppOptions): Promise<Operator> {
  const operator = new Operator(options);
  onTestFinished(() => operator.unmount());
  const company = await loadOptions(options.database.db);
  const backend = backendOf(options.database, company, {
    today: TODAY,
    now: operator.timers.now,
    ...(options.carriers && { carriers: options.carriers }),
    ...(options.exchange && { exchange: options.exchange }),
  });
  await operator.shell.ready(
    operator.watched({ ...backend, changeCounter: async () => operator.changes, close: async () => {} }),
  );
  await operator.settled();
  return operator;
}

/** The program with somebody signed in and Home open. */
export async function signedInApp(options: AppOptions): Promise<Operator> {
  const operator = await startedApp(options);
  operator.actor = { ...(options.actor ?? someActor()), source: 'screen' };
  operator.shell.enter(operator.actor);
  await operator.settled();
  return operator;
}
