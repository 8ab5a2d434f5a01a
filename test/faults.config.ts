import { defineConfig } from 'vitest/config';
import { common, jsx } from './vitest.common.ts';

const HOUR = 3_600_000;
const full = process.env.METERDESK_FAULTS === 'full';

/** What must not go wrong when other things do: processes killed, locks, full disks, lost lines, hostile input. */
export default defineConfig({
  oxc: { jsx },
  test: {
    ...common,
    include: ['test/faults/**/*.test.{ts,tsx}'],
    // The program and a demo utility, for tests at a terminal.
    globalSetup: process.env.METERDESK_TEST_POSTGRES ? [] : ['test/journeys/setup.ts'],
    fileParallelism: false,
    testTimeout: full ? 3 * HOUR : 300_000,
    hookTimeout: 180_000,
  },
});
