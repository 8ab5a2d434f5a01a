import headless from '@xterm/headless';
import { type IPty, spawn } from '@lydell/node-pty';

/** How a terminal is connected; without both it is the machine's own. */
export interface LineOptions {
  /** One way, in ms. */
  readonly delay?: number;
  /** From the program to the operator. */
  readonly bytesPerSecond?: number;
}

export interface LaunchOptions extends LineOptions {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

const PATIENCE_MS = 60_000;
/** No frame takes as long: output has ended. */
const QUIET_MS = 60;

/** A program at the far end of a line, and the terminal at this one. */
export class Line {
  readonly pty: IPty;
  readonly #terminal: InstanceType<typeof headless.Terminal>;
  readonly #delay: number;
  readonly #bytesPerSecond: number;
  #freeAt = 0;
  #received = 0;
  #lastArrival = 0;
  #arrived = new Set<() => void>();
  #ended = false;

  constructor({ argv, env = {}, columns = 120, rows = 40, delay = 0, bytesPerSecond = Infinity }: LaunchOptions) {
    this.#terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
    this.#delay = delay;
    this.#bytesPerSecond = bytesPerSecond;
    this.pty = spawn(process.execPath, [...argv], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      env: { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', CI: 'false', NODE_ENV: 'production', ...env },
    });
    this.pty.onData((data) => this.#transmit(data));
    this.pty.onExit(() => {
      this.#ended = true;
    });
    this.#terminal.onData((answer) => this.send(answer));
  }

  /** Bytes that have arrived. */
  get received(): number {
    return this.#received;
  }

  /** When the last byte arrived, by `performance.now()`. */
  get lastArrival(): number {
    return this.#lastArrival;
  }

  /** A key at this end. */
  send(data: string): void {
    const write = () => this.#ended || this.pty.write(data);
    if (this.#delay === 0) write();
    else setTimeout(write, this.#delay);
  }

  /** Resolves when the condition holds for what is on the screen; checked at every arrival. */
  async until(holds: (screen: string) => boolean, wanted: string): Promise<number> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!holds(this.screen())) {
      if (performance.now() > deadline || this.#ended) throw new Error(`waited for ${wanted}:\n${this.screen()}`);
      await this.#nextArrival(250);
    }
    return this.#lastArrival;
  }

  /** Resolves when nothing has arrived for a while. */
  async quiet(ms = QUIET_MS + 2 * this.#delay): Promise<void> {
    while (await this.#nextArrival(ms));
  }

  screen(): string {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      (active.getLine(active.baseY + y)?.translateToString(true) ?? '').trimEnd(),
    ).join('\n');
  }

  /** The screen cell by cell, character and look; for counting what changed. */
  cells(): string[][] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      Array.from({ length: this.#terminal.cols }, (_, x) => {
        const cell = active.getLine(active.baseY + y)?.getCell(x);
        if (!cell) return ' ';
        const look = `${cell.isInverse()},${cell.isBold()},${cell.isUnderline()},${cell.getFgColor()},${cell.getBgColor()}`;
        return `${cell.getChars() || ' '}${look}`;
      }),
    );
  }

  /** Ends the program as a closed line does: killed outright, its next start would look through the file. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const ended = new Promise((resolve) => this.pty.onExit(resolve));
    this.pty.kill('SIGHUP');
    const stuck = setTimeout(() => this.pty.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(stuck);
  }

  #transmit(data: string): void {
    const size = Buffer.byteLength(data);
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (size / this.#bytesPerSecond) * 1000;
    const wait = this.#freeAt - now + this.#delay;
    const arrive = () => {
      this.#received += size;
      this.#lastArrival = performance.now();
      this.#terminal.write(data, () => {
        for (const tell of this.#arrived) tell();
      });
    };
    if (wait < 1) arrive();
    else setTimeout(arrive, wait);
  }

  /** True when something arrived within the time. */
  #nextArrival(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (arrived: boolean) => {
        clearTimeout(timer);
        this.#arrived.delete(tell);
        resolve(arrived);
      };
      const tell = () => end(true);
      const timer = setTimeout(() => end(false), ms);
      this.#arrived.add(tell);
    });
  }
}

/**
 * Bytes of the plain way to change one screen into another: for every run of changed cells the
 * cursor is placed, the look is set and taken back, the characters are written.
 */
export function rewritingCost(before: readonly string[][], after: readonly string[][]): number {
  let bytes = 0;
  after.forEach((row, y) => {
    let look: string | null = null;
    let gap = Infinity;
    row.forEach((cell, x) => {
      if (cell === before[y]?.[x]) {
        gap += 1;
        return;
      }
      const character = /^(?:[\s\S])[^,a-z]*?(?=true|false)/.exec(cell)?.[0] ?? ' ';
      const newLook = cell.slice(character.length);
      if (gap > 0) bytes += `\x1b[${y + 1};${x + 1}H`.length;
      if (newLook !== look && newLook !== PLAIN_LOOK) bytes += '\x1b[7m\x1b[0m'.length;
      look = newLook;
      gap = 0;
      bytes += Buffer.byteLength(character);
    });
  });
  return bytes;
}

const PLAIN_LOOK = 'false,false,false,-1,-1';
