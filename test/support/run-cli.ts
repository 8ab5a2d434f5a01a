import { run } from '#cli/index.ts';

// The headless verbs as a process, from the sources, for tests of their exit codes and streams.
process.exitCode = await run(process.argv.slice(2));
