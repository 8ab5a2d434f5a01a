import { Command } from 'commander';
import { say } from './output.ts';
import { type GlobalOptions, withDatabase } from './session.ts';

/** `migrate`: makes a database, or brings an older one up to date. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .summary('make or update a database')
    .description('Make an empty database, or bring an older one up to date. Every start does this too.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await withDatabase(options, async (database) => say(`${database.name} is up to date.`), { create: true });
    });
