import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The demo utility that every journey begins with a copy of. */
    demo: string;
    /** The key file of its sensitive numbers. */
    demoKey: string;
  }
}

const root = new URL('../..', import.meta.url).pathname;

/** Builds the program and makes one demo utility for all journeys. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-journeys-'));
  const demoKey = join(folder, 'keys', 'demo');
  const run = (argv: string[]): void => {
    const env = { ...process.env, METERDESK_KEY_FILE: demoKey };
    execFileSync(process.execPath, argv, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const demo = join(folder, 'demo.db');
  run(['src/build/bundle.ts']);
  run(['dist/meterdesk.cjs', 'demo', '--customers', '400', '--seed', '7', '--db', demo]);
  project.provide('demo', demo);
  project.provide('demoKey', demoKey);
  return () => rmSync(folder, { recursive: true, force: true });
}
