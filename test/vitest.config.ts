import { defineConfig } from 'vitest/config';

/** The default suite: everything that is fast. Longer suites have their own configuration. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/journeys/**', 'test/faults/**', 'test/long/**'],
    env: { NODE_ENV: 'production' },
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
