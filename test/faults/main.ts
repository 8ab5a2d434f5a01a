import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, notTaken } from '#test/bench/figure.ts';
import { PROMISES, type Promised } from './promises.ts';
import type { Recorded } from './record.ts';

/*
 * Runs the tests of this folder and ends with a table of what they found:
 * `npm run test:faults -- [--full] [--json] [--only PART-OF-A-FILE'S-NAME]`
 */
const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: process.env.METERDESK_FAULTS === 'full' },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const root = new URL('../..', import.meta.url).pathname;
const engine = process.env.METERDESK_TEST_POSTGRES ? 'postgresql' : 'sqlite';

/** Runs the tests; their report goes to standard error when the figures alone are wanted. */
function tests(figures: string): Promise<number> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const argv = [vitest, 'run', '--config', 'test/faults.config.ts', ...(options.only ? [options.only] : [])];
  const env = {
    ...process.env,
    METERDESK_FAULTS_FIGURES: figures,
    METERDESK_FAULTS: options.full ? 'full' : 'small',
  };
  const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ['ignore', options.json ? 2 : 'inherit', 2] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A promise with what was found, or why nothing was. */
function figureOf({ unit, atMost, engine: needed }: Promised, found: Recorded | undefined): Figure {
  const target = atMost === 0 ? '0' : `≤ ${atMost} ${unit}`;
  if (needed && needed !== engine) return notTaken(unit, target, `taken on ${needed} only`);
  if (!found) return notTaken(unit, target, 'its test did not come so far');
  if (found.value === null) return notTaken(unit, target, found.remark);
  const { value, spread, remark } = found;
  return { value, unit, baseline: null, ratio: null, target, holds: value <= atMost, spread, why: remark };
}

function line(name: string, figure: Figure): string {
  const verdict = figure.holds === null ? 'not taken' : figure.holds ? 'holds' : 'MISSED';
  const value = figure.value === null ? '–' : `${Number(figure.value.toPrecision(3))} ${figure.unit}`;
  return `${name.padEnd(62)}${value.padStart(18)}${figure.target.padStart(14)}  ${verdict.padEnd(11)}${figure.why ?? ''}`;
}

const folder = mkdtempSync(join(tmpdir(), 'meterdesk-figures-'));
const file = join(folder, 'figures');
process.exitCode = await tests(file);
const recorded = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((text) => JSON.parse(text) as Recorded)
  : [];
rmSync(folder, { recursive: true });
const foundOf = (name: string): Recorded | undefined => recorded.findLast((one) => one.name === name);
const figures = Object.fromEntries(
  Object.entries(PROMISES)
    .filter(([name]) => options.only === '' || foundOf(name))
    .map(([name, promised]) => [name, figureOf(promised, foundOf(name))]),
);
if (options.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
else {
  const head = `${'promise'.padEnd(62)}${'value'.padStart(18)}${'target'.padStart(14)}  ${'verdict'.padEnd(11)}over`;
  process.stdout.write(`\n${options.full ? 'full' : 'small'} size, ${engine}\n${head}\n`);
  for (const [name, figure] of Object.entries(figures)) process.stdout.write(`${line(name, figure)}\n`);
}
