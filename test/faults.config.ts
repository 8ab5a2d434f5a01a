import { defineConfig } from 'vitest/config';
import { common } from './vitest.common.ts';

/** Processes that work at the same time, are killed, and must leave nothing wrong behind. */
export default defineConfig({
  test: { ...common, include: ['test/faults/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000 },
});
