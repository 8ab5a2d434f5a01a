import { defineConfig } from 'vitest/config';
import { common, jsx } from './vitest.common.ts';

/** Journeys of a user through the running program, one after the other. */
export default defineConfig({
  oxc: { jsx },
  test: {
    ...common,
    include: ['test/journeys/**/*.test.ts'],
    globalSetup: ['test/journeys/setup.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 180_000,
  },
});
