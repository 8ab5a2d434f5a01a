import type { TestUserConfig } from 'vitest/config';

const report = process.env.METERDESK_TEST_REPORT;

/** What all suites share. With METERDESK_TEST_REPORT their counts go to that file as well. */
export const common: TestUserConfig & { root: string } = {
  root: new URL('..', import.meta.url).pathname,
  env: { NODE_ENV: 'production' },
  // A server is asked over a socket, and makes a database for each test.
  testTimeout: process.env.METERDESK_TEST_POSTGRES ? 60_000 : 20_000,
  maxWorkers: 2,
  reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
};

/** JSX for React's production build, which is the one that runs. */
export const jsx = { runtime: 'automatic', development: false } as const;
