import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '#cli/paths.ts';

/** History of a million customers is kept shorter, as the promises say. */
const MONTHS_OF_A_MILLION = 12;
const MANY = 100_000;

const entry = new URL('../support/run-cli.ts', import.meta.url).pathname;

/**
 * The demo utility of that size, made once and kept in the cache; or the file that
 * METERDESK_BENCH_DB names.
 */
export async function benchDatabase(customers: number, say: (text: string) => void): Promise<string> {
  const given = process.env.METERDESK_BENCH_DB;
  if (given) return given;
  const folder = cacheFolder();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `bench-${customers}.db`);
  if (existsSync(file)) return file;
  say(`making a utility of ${customers.toLocaleString('en')} customers in ${file}`);
  const unfinished = `${file}.new`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  const months = customers >= MANY ? ['--months', String(MONTHS_OF_A_MILLION)] : [];
  await demo(join(folder, 'keys', 'bench'), [
    'demo',
    '--db',
    unfinished,
    '--customers',
    String(customers),
    '--seed',
    '1',
    ...months,
  ]);
  renameSync(unfinished, file);
  return file;
}

function demo(keyFile: string, argv: readonly string[]): Promise<void> {
  const env = { ...process.env, METERDESK_KEY_FILE: keyFile };
  const child = spawn(process.execPath, [entry, ...argv], { env, stdio: ['ignore', 2, 2] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`demo ended with ${code}`))));
  });
}
