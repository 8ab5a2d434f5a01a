#!/usr/bin/env node
import { accessSync, constants } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { describeFault } from './app/fault-report.ts';
import type { ScreenRequest } from './launcher/arguments.ts';
import { readArguments } from './launcher/arguments.ts';
import { confine } from './launcher/confinement.ts';
import { createCrash } from './launcher/crash.ts';
import { firstFrame } from './launcher/first-frame.ts';
import { holdInput } from './launcher/held-input.ts';
import { createLog, logPath } from './launcher/log.ts';
import { isNewEnough, runUnderNode26 } from './launcher/node-26.ts';
import { chooseGlyphs, chooseTheme, refusal, wantsScreenReader } from './launcher/surroundings.ts';
import { TerminalModes } from './terminal/modes.ts';
import { writeAtOnce } from './terminal/sink.ts';

/** Put in place by the build. */
declare const METERDESK_VERSION: string;

const USAGE_CODE = 2;
const FAULT_CODE = 1;
const INTERRUPTED_CODE = 130;
/** The launcher is built as a CommonJS module; links to it are followed. */
const here = __filename;

/** Compiled code is kept beside the program, or in the user's cache where that cannot be written. */
function cacheFolder(): string {
  const beside = join(dirname(here), '.cache');
  try {
    accessSync(dirname(here), constants.W_OK);
    return beside;
  } catch {
    const given = process.env['XDG_CACHE_HOME'];
    const cache = given && isAbsolute(given) ? given : join(process.env['HOME'] || homedir(), '.cache');
    return join(cache, 'meterdesk', 'compiled');
  }
}

async function runVerb(argv: readonly string[]): Promise<number> {
  const { run } = await import('./cli/index.ts');
  return run(argv, (error) => {
    const path = logPath(process.env);
    createLog(path)('verb.fault', { ...describeFault(error) });
    return path;
  });
}

function refuse(reason: string, code: number): number {
  process.stderr.write(`meterdesk: ${reason}\n`);
  return code;
}

async function runScreen(request: ScreenRequest): Promise<number> {
  const { env, stdin, stdout } = process;
  const refused = refusal({ input: stdin.isTTY, output: stdout.isTTY }, env);
  if (refused !== null) return refuse(refused, USAGE_CODE);
  const screenReader = wantsScreenReader(request, env);
  const theme = chooseTheme(request, env);
  const glyphs = chooseGlyphs(request, env);
  const modes = new TerminalModes({ linear: screenReader, mayStop: request.confined === null });
  const path = logPath(env);
  const log = createLog(path);
  const crash = createCrash({ log, logPath: request.confined ? null : path, modes });
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  modes.enter();
  const takeInput = holdInput(() => void modes.end(INTERRUPTED_CODE));
  const first = screenReader
    ? { painted: [], output: 'meterdesk\r\n' }
    : firstFrame(stdout.columns || 80, stdout.rows || 24, theme, glyphs);
  writeAtOnce(1, first.output);
  const { start } = await import('./app/start.tsx');
  const { database, today, confined } = request;
  const code = await start({
    theme,
    glyphs,
    screenReader,
    database,
    today,
    confined,
    modes,
    painted: first.painted,
    takeInput,
    log,
  });
  modes.leave();
  return code;
}

async function main(argv: readonly string[]): Promise<number> {
  // Whatever this program writes is about people: for its owner only.
  process.umask(0o077);
  if (!isNewEnough(process.versions.node)) return runUnderNode26(here, argv);
  const request = readArguments(argv);
  if (request.kind === 'version') {
    process.stdout.write(`${METERDESK_VERSION}\n`);
    return 0;
  }
  if (request.kind === 'refused') return refuse(request.reason, USAGE_CODE);
  if (request.kind === 'screen' && request.confined) {
    const { confined } = request;
    const open = confine(here, argv, { ...request, confined });
    if (open !== null) return refuse(`this session cannot be confined: ${open}`, FAULT_CODE);
  }
  // The styles of the program say themselves what has colour; Ink's own switch would take bold and inverse too.
  Object.assign(process.env, { NODE_ENV: 'production', FORCE_COLOR: '1' });
  module.enableCompileCache(cacheFolder());
  return request.kind === 'verb' ? runVerb(argv) : runScreen(request);
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
