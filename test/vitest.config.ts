import { defineConfig } from 'vitest/config';
import { common, jsx } from './vitest.common.ts';

/** The default suite: everything that is fast. Longer suites have their own configuration. */
export default defineConfig({
  oxc: { jsx },
  test: {
    ...common,
    // Files of one worker share what they import: loading the ORM and the widgets anew for each took a third of the time.
    isolate: false,
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/journeys/**', 'test/faults/**', 'test/long/**'],
  },
});
