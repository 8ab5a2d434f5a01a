import { join } from 'node:path';
import { render } from 'ink';
import { databaseAddress, stateFolder } from '#cli/paths.ts';
import type { Exchange } from '#gateways/exchange.ts';
import { writeDocumentFile, writeListFile } from '#gateways/files.ts';
import { ReceiptFolder } from '#gateways/receipts.ts';
import { hasShellBehind } from '#terminal/job-control.ts';
import { openTerminal } from '#terminal/terminal.ts';
import { INK_OPTIONS } from '#terminal/writer.ts';
import { spokenGlyphs } from '#ui/theme/glyphs.ts';
import { createTheme } from '#ui/theme/themes.ts';
import type { Theme } from '#ui/theme/tokens.ts';
import type { Backend } from './surroundings/backend.ts';
import { describeFault } from './fault-report.ts';
import { endInOrder } from './last-action.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { Outside } from './surroundings/outside.ts';
import { OperatorShell } from './operator-shell.ts';
import { systemTimers } from './surroundings/timers.ts';
import { App } from './view/app.tsx';

/** An operator who leaves waits at most so long for a database that others keep busy, ms. */
const CLOSING_MS = 5000;

/** Runs the interactive program; resolves to the exit code when the operator has left. */
export async function start(options: LaunchOptions): Promise<number> {
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const terminal = openTerminal({
    modes: options.modes,
    painted: options.painted,
    onEvent: (event) => shell.dispatch(event),
    awake: async () => {
      if (shell.lock.review()) await ink.waitUntilRenderFlush();
    },
  });
  const { screen } = terminal;
  const shell = new OperatorShell({
    screens: [],
    timers: systemTimers,
    theme: themeOf(options),
    size: { columns: screen.columns, rows: screen.rows },
    screenReader: options.screenReader,
    find: async (...asked) => (await import('./find/records.ts')).lookUp(...asked),
    outside: {
      copy: terminal.copy,
      beep: terminal.bell,
      repaint: () => screen.repaint(),
      suspend: terminal.suspend,
      // What waits behind a confined session is sudo, which takes over for nobody.
      canSuspend: options.confined ? () => false : hasShellBehind,
      exit: () => end(0),
      writeList: writeListFile,
      readLines: async (request) => (await import('#gateways/bank-file.ts')).readLines(request),
      writeDocument: writeDocumentFile,
      ...exportsOf(options),
      exchange: () => exchangeOf(options),
      receipts: new ReceiptFolder(join(stateFolder(), 'receipts'), JSON.stringify(databaseAddress(options.database))),
      log: options.log,
      report: (error) => options.log('screen.error', { ...describeFault(error) }),
    },
  });
  let opening = Promise.resolve<Backend | null>(null);
  const close = closing(() => opening, options.log);
  options.modes.use({ release: () => {}, reclaim: () => {}, ending: () => endInOrder(shell, terminal.input, close) });
  screen.on('resize', () => shell.resize({ columns: screen.columns, rows: screen.rows }));
  // Before the first frame, so that it shows what was typed while the program was loaded.
  terminal.input.attach();
  terminal.input.feed(options.takeInput());
  const ink = render(<App shell={shell} />, {
    ...INK_OPTIONS,
    stdout: options.screenReader ? process.stdout : screen.stream,
    isScreenReaderEnabled: options.screenReader,
  });
  ink.waitUntilExit().catch((error: unknown) => {
    throw error;
  });
  // Loading keeps the process busy: what is to be seen first must be on its way.
  opening = ink.waitUntilRenderFlush().then(() => openData(shell, options, ink.waitUntilRenderFlush));
  const code = await ended;
  void shell.leave();
  await terminal.close();
  ink.unmount();
  // Whatever is still at work then ends with the process, which closes the file.
  if (!(await isDoneWithin(CLOSING_MS, close()))) process.exit(code);
  return code;
}

/** Closes the database once it is open, once; a failure is for the log only: nobody is there any more. */
function closing(opening: () => Promise<Backend | null>, log: LaunchOptions['log']): () => Promise<void> {
  let closed: Promise<void> | null = null;
  return () =>
    (closed ??= opening()
      .then((backend) => backend?.close())
      .catch((error: unknown) => log('database.close-failed', { ...describeFault(error) })));
}

async function isDoneWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, ms, false);
  const done = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return done;
}

/** Where files of documents come in: the same places. */
async function exchangeOf(options: LaunchOptions): Promise<Exchange> {
  const { exportFolder: folder, exportLimit: limit } = exportsOf(options);
  const { openExchange } = await import('#gateways/exchange.ts');
  return openExchange({ folder, ...(limit ? { limit } : {}) });
}

/** Where exports go: anywhere by default from where the program was started. */
function exportsOf({ confined }: LaunchOptions): Pick<Outside, 'exportFolder' | 'exportLimit'> {
  if (!confined) return { exportFolder: process.cwd() };
  return { exportFolder: confined.exports ?? '/', exportLimit: confined.exports ? 'folder' : 'none' };
}

function themeOf(options: LaunchOptions): Theme {
  const theme = createTheme(options.theme, options.glyphs);
  return options.screenReader ? { ...theme, glyphs: spokenGlyphs } : theme;
}

/** Opens the database and loads the screens behind the sign-in screen, which takes keys meanwhile. */
async function openData(
  shell: OperatorShell,
  options: LaunchOptions,
  painted: () => Promise<void>,
): Promise<Backend | null> {
  try {
    const { openBackend } = await import('./open-backend.ts');
    const backend = await openBackend({
      database: options.database,
      today: options.today,
      exchange: await exchangeOf(options),
      onProgress: (progress) => shell.signIn.progress(progress),
      onNotice: (text) => {
        shell.signIn.say(text);
        options.log('database.notice', { text });
      },
      onFault: (operation, error) => options.log('operation.fault', { operation, ...describeFault(error) }),
    });
    shell.signIn.offer(await backend.demoUsers());
    await painted();
    const { screens } = await import('#screens/index.ts');
    shell.install(screens);
    await shell.ready(backend);
    await painted();
    await backend.warm();
    options.log('ready', { afterMs: Math.round(performance.now()) });
    return backend;
  } catch (error) {
    options.log('database.failed', { ...describeFault(error) });
    shell.signIn.failed(error instanceof Error ? error.message : 'The database cannot be opened.');
    return null;
  }
}
