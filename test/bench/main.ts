import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDatabase } from './database.ts';
import { type BenchSetting, type Figure, type Figures, type Measure, notTaken } from './figure.ts';

const MILLION = 1_000_000;
const SMALL = 2_000;
const SUPPORT = ['main.ts', 'figure.ts', 'database.ts'];

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    customers: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** The files of this folder that measure something. */
async function parts(): Promise<[name: string, measure: Measure][]> {
  const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((file) => !SUPPORT.includes(file));
  const found: [string, Measure][] = [];
  for (const file of files.sort()) {
    if (!file.includes(options.only)) continue;
    const module = (await import(`./${file}`)) as { measure?: Measure };
    if (module.measure) found.push([basename(file, '.ts'), module.measure]);
  }
  return found;
}

/** A part's figures, or one that says why there are none: a fault in one part leaves the others standing. */
async function taken(name: string, measure: Measure, setting: BenchSetting): Promise<Figures> {
  say(`measuring ${name} …`);
  try {
    return await measure(setting);
  } catch (error) {
    return { [name]: notTaken('', '', error instanceof Error ? (error.stack ?? error.message) : String(error)) };
  }
}

const short = (value: number | null): string => {
  if (value === null) return '–';
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
};

function line(name: string, figure: Figure): string {
  const verdict = figure.holds === null ? 'not taken' : figure.holds ? 'holds' : 'MISSED';
  const spread = figure.spread === null ? '' : `±${Math.round(figure.spread * 100)} %`;
  const ratio = figure.ratio === null ? '' : `${short(figure.ratio)} ×`;
  const cells = [
    name.padEnd(52),
    `${short(figure.value)} ${figure.unit}`.padStart(14),
    spread.padStart(7),
    short(figure.baseline).padStart(10),
    ratio.padStart(9),
    figure.target.padStart(20),
    `  ${verdict}`,
  ];
  return cells.join('') + (figure.why ? `\n    ${figure.why.split('\n').join('\n    ')}` : '');
}

const customers = Number(options.customers ?? (options.smoke ? SMALL : MILLION));
const database = await benchDatabase(customers, say);
const all: Record<string, Figure> = {};
for (const [name, measure] of await parts()) {
  Object.assign(all, await taken(name, measure, { database, customers, smoke: options.smoke }));
}

if (options.json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
else {
  const head = ['figure'.padEnd(52), 'value'.padStart(14), 'spread'.padStart(7), 'baseline'.padStart(10)];
  process.stdout.write(`${[...head, 'ratio'.padStart(9), 'target'.padStart(20)].join('')}\n`);
  for (const [name, figure] of Object.entries(all)) process.stdout.write(`${line(name, figure)}\n`);
}
process.exitCode = Object.values(all).some((figure) => figure.holds === null) ? 1 : 0;
