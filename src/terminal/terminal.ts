import type { InputEvent } from '#keymap/keys.ts';
import { clipboardSequence, multiplexer } from './clipboard.ts';
import { Input } from './input.ts';
import type { TerminalModes } from './modes.ts';
import { DescriptorSink } from './sink.ts';
import { Screen } from './writer.ts';

export interface TerminalOptions {
  readonly modes: TerminalModes;
  /** Rows that the launcher painted. */
  readonly painted: readonly string[];
  /** The one dispatcher of keys and pastes. */
  readonly onEvent: (event: InputEvent) => void;
  readonly escapeTimeout?: number;
  /** The program goes on after a stop: what must happen before anything is painted or read. */
  readonly awake?: () => Promise<void>;
}

/** The operator's terminal, in use: what Ink draws on, what is typed, and the few things besides. */
export interface OperatorTerminal {
  /** Ink's `stdout` is `screen.stream`, with `INK_OPTIONS`. */
  readonly screen: Screen;
  readonly input: Input;
  /** To the clipboard by OSC 52; false when the text is too long for it. */
  copy(text: string): boolean;
  bell(): void;
  /** Stops the program as Ctrl+Z would (which is a key here). */
  suspend(): void;
  /** Takes no more keys; resolves when the line has taken the last frame and the terminal has answered. */
  close(): Promise<void>;
}

/** Time that a line may take for the last frame and its answer at the end, in ms. */
const LAST_FRAME_MS = 250;

/** True on lines where output may pile up unseen: SSH takes megabytes without complaint. */
const mayBeSlow = (env: NodeJS.ProcessEnv): boolean => Boolean(env['SSH_CONNECTION'] ?? env['SSH_TTY']);

/** Takes the terminal of this process into use. */
export function openTerminal(options: TerminalOptions): OperatorTerminal {
  const { stdin, stdout } = process;
  const screen = new Screen({
    columns: stdout.columns || 80,
    rows: stdout.rows || 24,
    sink: new DescriptorSink(1, options.modes.gone),
    painted: options.painted,
    paced: mayBeSlow(process.env),
  });
  let closing = false;
  const bell = () => screen.control('\x07');
  const input = new Input({
    stream: stdin as never,
    onEvent: (event) => {
      if (!closing) options.onEvent(event);
    },
    onReport: (sequence) => screen.report(sequence),
    onDropped: bell,
    ...(options.escapeTimeout === undefined ? {} : { escapeTimeout: options.escapeTimeout }),
  });
  const resized = () => screen.resize(stdout.columns, stdout.rows);
  stdout.on('resize', resized);
  options.modes.use({
    release: () => {
      input.detach();
      screen.suspend();
    },
    reclaim: async () => {
      // Stopped by a signal from outside, nobody has let go.
      screen.suspend();
      await options.awake?.();
      resized();
      input.attach();
      screen.resume();
    },
  });
  return {
    screen,
    input,
    bell,
    suspend: options.modes.suspend,
    copy: (text) => {
      const sequence = clipboardSequence(text, multiplexer(process.env));
      if (sequence === null) return false;
      screen.control(sequence);
      return true;
    },
    close: async () => {
      stdout.off('resize', resized);
      closing = true;
      const limit = new Promise<void>((resolve) => setTimeout(resolve, LAST_FRAME_MS).unref());
      await Promise.race([screen.settled().then(() => screen.answered()), limit]);
      input.detach();
    },
  };
}
