import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { common, jsx } from './vitest.common.ts';

const tests = globSync('test/**/*.test.{ts,tsx}', { cwd: common.root });

/** Tests on files of real utilities, which lie in the folder METERDESK_REAL_DATA. */
export default defineConfig({
  oxc: { jsx },
  test: {
    ...common,
    include: tests.filter((file) => readFileSync(`${common.root}/${file}`, 'utf8').includes('METERDESK_REAL_DATA')),
    passWithNoTests: true,
    testTimeout: 180_000,
  },
});
