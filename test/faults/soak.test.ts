import { readdirSync, statSync } from 'node:fs';
import headless from '@xterm/headless';
import { type IPty, spawn } from '@lydell/node-pty';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Desk, newDesk, PROGRAM } from '#test/journeys/desk.ts';
import { bytesOf } from '#test/support/keys.ts';
import { obeyed } from './hostile.ts';
import { LiveHeap } from './live-heap.ts';
import { server } from './office.ts';
import { cannot, record, sized } from './record.ts';

const MINUTES = sized(0.2, Number(process.env.METERDESK_FAULTS_SOAK_MINUTES ?? 60));
const SEED = Number(process.env.METERDESK_FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const BURST = 40;
/** What a key asks for: something copied to the clipboard, a beep for keys that found no room. */
const MEANT = /\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\x07/g;
const HOUR_MS = 3_600_000;
const ENDS_WITHIN_MS = 60_000;
const PAUSE_MS = 6_000;
const MOST_TRIES = 5;
const SIGINT = 2;
/** To the end of a field, and everything before it away. */
const CLEAR = '\x05\x15';
/** A slope of memory says something only over so long. */
const LEAST_MINUTES = 10;

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMED = ['up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end', 'tab', 'shift+tab', 'enter', 'esc'];
const FUNCTION = ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'f9', 'f10', 'f11', 'f12', 'backspace', 'delete'];
const WORDS = [
  '10001',
  'rivera',
  '=LUK\r',
  '=ACC\r',
  '118 alder',
  '\x1b[200~pasted\ntext\x1b[201~',
  '漢字',
  'e\u0301',
  '12/1',
];

/** A key as a cat on the keyboard presses it, or a word of somebody who knows what for. */
function randomKey(random: () => number): string {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const kind = random();
  if (kind < 0.45) return bytesOf(one(NAMED));
  if (kind < 0.6) return bytesOf(one(FUNCTION));
  if (kind < 0.7) return one(WORDS);
  if (kind < 0.74) return bytesOf(`ctrl+${String.fromCharCode(97 + Math.floor(random() * 26))}`);
  if (kind < 0.76) return String.fromCharCode(Math.floor(random() * 256));
  return String.fromCharCode(32 + Math.floor(random() * 95));
}

interface Sample {
  readonly at: number;
  readonly files: number;
}

interface HeapSample {
  readonly at: number;
  /** What is alive after a collection. */
  readonly memoryMb: number;
}

/** Bursts between two looks at the heap: a collection of everything takes a fraction of a second. */
const HEAP_EVERY = 10;
/** Of a life, for its growth. */
const SLICES = 12;

/** The program at a terminal that is pressed at random; begins anew when it was left. */
class Sitting {
  readonly #desk: Desk;
  readonly #columns: number;
  readonly #rows: number;
  readonly #terminal: InstanceType<typeof headless.Terminal>;
  #pty!: IPty;
  #alive = false;
  #lastOutput = 0;
  #output = '';
  keys = 0;
  starts = 0;
  crashes: string[] = [];
  beyond: string[] = [];
  forbidden: string[] = [];
  walBytes = 0;
  /** Of each life of the program. */
  lives: { readonly samples: Sample[]; readonly heap: HeapSample[] }[] = [];
  readonly #heap: LiveHeap;
  #bursts = 0;

  constructor(desk: Desk, columns: number, rows: number) {
    this.#desk = desk;
    this.#heap = new LiveHeap(desk.folder);
    this.#columns = columns;
    this.#rows = rows;
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 200 });
    this.#terminal.onData((answer) => this.#alive && this.#pty.write(answer));
  }

  async start(): Promise<void> {
    const size = { cols: this.#columns, rows: this.#rows };
    const env = { ...this.#desk.env, ...this.#heap.env };
    this.#pty = spawn(process.execPath, [...this.#heap.argv, PROGRAM], { name: 'xterm-256color', ...size, env });
    const mine = this.#pty;
    this.#alive = true;
    this.#output = '';
    this.starts += 1;
    this.lives.push({ samples: [], heap: [] });
    this.#pty.onData((data) => {
      // Of a life that has ended the line may still echo keys that nobody took any more.
      if (mine !== this.#pty) return;
      this.#lastOutput = performance.now();
      this.#output += data;
      this.#terminal.write(data);
    });
    this.#pty.onExit(({ exitCode, signal }) => {
      // Ended by the test itself.
      if (mine !== this.#pty || !this.#alive) return;
      this.#alive = false;
      // Ctrl+C typed after the terminal was given back ends what is about to end anyway.
      const left = this.#terminal.buffer.active.type === 'normal' && signal === SIGINT;
      if ((exitCode !== 0 || signal) && !left)
        this.crashes.push(`ended with ${exitCode}, signal ${signal}\n${this.screen()}`);
    });
    await this.#until(() => this.screen().includes('Sign in as'));
    await this.#signIn('');
    while (!this.screen().includes('Home')) {
      // Random keys may have tried passwords of their own before: then there is a pause to sit out.
      await this.#until(() => /Home|Too many wrong tries/.test(this.screen()));
      if (this.screen().includes('Home')) return;
      await sleep(PAUSE_MS);
      this.#pty.write('demo\r');
      await this.quiet();
    }
  }

  /** Types user and password; `first` brings the cursor to an empty field for the user. */
  async #signIn(first: string): Promise<void> {
    for (const typed of [first, 'alice\r', 'demo\r']) {
      this.#pty.write(typed);
      await this.quiet();
    }
  }

  /** After a sign-out the same life goes on with the next sign-in, wherever its cursor is; false when it does not work. */
  async #again(): Promise<boolean> {
    for (const first of [CLEAR, `${CLEAR}\t${CLEAR}`, `${CLEAR}\x1b[Z${CLEAR}`]) {
      if (!this.#alive) return false;
      await this.#signIn(first);
      if (this.screen().includes('Home')) return true;
    }
    return false;
  }

  #isLocked(): boolean {
    return this.screen().includes('has left the screen');
  }

  /** Random keys lock the screen, and are no password: after some tries there is a pause to sit out. */
  async #unlock(): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && this.#alive && this.#isLocked(); tries += 1) {
      this.#pty.write(`${CLEAR}demo\r`);
      await this.quiet();
      if (this.#isLocked()) await sleep(PAUSE_MS);
    }
  }

  /** Presses some keys, then looks at what is on the screen. */
  async burst(random: () => number): Promise<void> {
    for (let n = 0; n < BURST && this.#alive; n++) {
      const key = randomKey(random);
      // On the larger screen nobody leaves, so that one life of the program is long.
      this.#pty.write(this.#columns > 80 ? key.replaceAll('\x03', 'c') : key);
      this.keys += 1;
      if (n % 8 === 7) await sleep(5);
    }
    await this.quiet();
    await this.#ended();
    this.#look();
    this.#bursts += 1;
    if (this.#bursts % HEAP_EVERY === 0) await this.#weigh();
    if (this.#alive && this.#isLocked()) await this.#unlock();
    const out = this.#alive && this.screen().includes('Sign in as');
    if ((out && !(await this.#again())) || !this.#alive) {
      this.end();
      await this.start();
    }
  }

  /** When it was left, the terminal is given back before the process has ended: on a busy machine long before. */
  async #ended(): Promise<void> {
    const deadline = performance.now() + ENDS_WITHIN_MS;
    while (this.#alive && this.#terminal.buffer.active.type === 'normal') {
      if (performance.now() > deadline) return void this.crashes.push(`was left and did not end\n${this.screen()}`);
      await sleep(20);
    }
  }

  screen(): string {
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: this.#rows },
      (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '',
    ).join('\n');
  }

  end(): void {
    const alive = this.#alive;
    this.#alive = false;
    if (alive) this.#pty.kill('SIGKILL');
  }

  async quiet(): Promise<void> {
    do await sleep(60);
    while (performance.now() - this.#lastOutput < 60);
    await new Promise<void>((resolve) => this.#terminal.write('', resolve));
  }

  #look(): void {
    const output = this.#output.replaceAll(MEANT, '');
    this.#output = '';
    // Of one who was left, the end is the line's own echo of keys that nobody took any more.
    if (!this.#alive) return;
    this.forbidden.push(...obeyed(output));
    const { active } = this.#terminal.buffer;
    const screen = this.screen();
    const wrapped = Array.from({ length: this.#rows }, (_, y) => active.getLine(active.baseY + y)?.isWrapped ?? false);
    // The first line of a locked screen is empty.
    const begins = /^[ \n]/.test(screen);
    if (active.type !== 'alternate' || active.baseY > 0 || wrapped.includes(true) || !begins) {
      this.beyond.push(screen);
    }
    if (/went wrong inside the program/.test(screen)) this.crashes.push(screen);
    this.walBytes = Math.max(
      this.walBytes,
      statSync(`${this.#desk.database}-wal`, { throwIfNoEntry: false })?.size ?? 0,
    );
    const proc = `/proc/${this.#pty.pid}`;
    try {
      this.lives.at(-1)!.samples.push({ at: performance.now(), files: readdirSync(`${proc}/fd`).length });
    } catch {
      // It was left by the last key: its end is told by itself.
    }
  }

  /** What is alive in the program now. */
  async #weigh(): Promise<void> {
    const { heap } = this.lives.at(-1)!;
    const bytes = await this.#heap.weigh(this.#pty.pid, () => this.#alive);
    if (bytes !== null) heap.push({ at: performance.now(), memoryMb: bytes / 2 ** 20 });
  }

  async #until(holds: () => boolean): Promise<void> {
    const deadline = performance.now() + 60_000;
    while (!holds()) {
      if (performance.now() > deadline || !this.#alive) throw new Error(`the program did not start:\n${this.screen()}`);
      await sleep(20);
    }
    await this.quiet();
  }
}

/** The least of each slice: what the screen in front holds comes and goes, what is lost stays. */
function floorOf(samples: readonly HeapSample[]): HeapSample[] {
  const size = Math.max(1, Math.floor(samples.length / SLICES));
  return Array.from({ length: Math.floor(samples.length / size) }, (_, slice) =>
    samples
      .slice(slice * size, (slice + 1) * size)
      .reduce((least, one) => (one.memoryMb < least.memoryMb ? one : least)),
  );
}

/** Growth by the least squares, MB an hour, of a life once it has warmed up. */
function slope(samples: readonly HeapSample[]): number {
  const warm = floorOf(samples.slice(Math.floor(samples.length / 4)));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const at = mean(warm.map((one) => one.at));
  const memory = mean(warm.map((one) => one.memoryMb));
  const rise = warm.reduce((sum, one) => sum + (one.at - at) * (one.memoryMb - memory), 0);
  return (rise / warm.reduce((sum, one) => sum + (one.at - at) ** 2, 0)) * HOUR_MS;
}

/** Memory at each quarter of a life, MB. */
const quarters = (samples: readonly HeapSample[]): string =>
  [0, 0.25, 0.5, 0.75, 1]
    .map((at) => samples[Math.floor(at * (samples.length - 1))]?.memoryMb.toFixed(1) ?? '?')
    .join(', ');

/** Files open at the end that were not open once everything had been used. */
function leftOpen(samples: readonly Sample[]): number {
  const early = Math.max(...samples.slice(0, Math.ceil(samples.length / 2)).map((one) => one.files));
  return Math.max(0, (samples.at(-1)?.files ?? 0) - early);
}

const NO_LIFE: Sitting['lives'][number] = { samples: [], heap: [] };

describe.skipIf(server)('random keys for long', () => {
  test('end nothing, paint nothing beyond the screen, leave nothing open', async () => {
    const random = randomFrom(SEED);
    const sittings = [
      [80, 24],
      [120, 40],
    ].map(([columns, rows]) => new Sitting(newDesk(), columns!, rows!));
    onTestFinished(() => sittings.forEach((sitting) => sitting.end()));
    const seconds = (MINUTES * 60) / sittings.length;
    for (const sitting of sittings) {
      await sitting.start();
      const until = performance.now() + seconds * 1000;
      while (performance.now() < until) await sitting.burst(random);
      sitting.end();
    }
    const sum = (of: (sitting: Sitting) => number): number => sittings.reduce((total, one) => total + of(one), 0);
    const lives = sittings
      .flatMap((one) => one.lives)
      .filter(({ samples, heap }) => samples.length > 3 && heap.length > 3);
    const over = `${sum((one) => one.keys)} keys, ${sum((one) => one.starts)} starts, ${MINUTES} min, seed ${SEED}`;
    record(
      'random keys for long: crashes',
      sum((one) => one.crashes.length),
      over,
    );
    record(
      'random keys for long: frames beyond the screen',
      sum((one) => one.beyond.length),
      over,
    );
    record(
      'random keys for long: bytes that a terminal obeys',
      sum((one) => one.forbidden.length),
      over,
    );
    record(
      'random keys for long: write-ahead log, largest',
      Math.max(...sittings.map((one) => one.walBytes)) / 2 ** 20,
      over,
    );
    const { samples, heap } = lives.toSorted((a, b) => a.samples.length - b.samples.length).at(-1) ?? NO_LIFE;
    const minutes = ((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)) / 60_000;
    for (const [name, of] of [
      ['random keys for long: memory grows', () => slope(heap)],
      ['random keys for long: more files open at the end', () => leftOpen(samples)],
    ] as const) {
      const life = `${Math.round(minutes)} minutes of one life, live heap ${quarters(heap)} MB`;
      if (minutes < LEAST_MINUTES) cannot(name, `needs ${LEAST_MINUTES} minutes without leaving the program: ${life}`);
      else record(name, of(), life);
    }
    expect(sittings.flatMap((one) => one.crashes)).toEqual([]);
    expect(sittings.flatMap((one) => one.beyond)).toEqual([]);
    expect(sittings.flatMap((one) => one.forbidden)).toEqual([]);
  });
});
