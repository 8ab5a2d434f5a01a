import { Command } from 'commander';
import { Ended, EXIT } from './exit.ts';
import { say, tell } from './output.ts';
import type { Database } from '#db/database.ts';
import { type GlobalOptions, withDatabase } from './session.ts';

/** `maintain`: what a timer does every ten minutes. */
export const maintainCommand = (): Command =>
  new Command('maintain')
    .summary('empty the log of the database, discard old answers; for a timer')
    .description(
      'Put the log beside a SQLite database into the database and empty it. Run it every ten minutes or so; ' +
        'ends with 1 when the log stays large, because something reads without end. Answers that were kept for ' +
        'repeated commands are discarded after the days of the option keptAnswerDays. Files that no document has ' +
        'are removed after a day, and what types were made secure meanwhile is sealed.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await withDatabase(options, async (database) => {
        const { discardOldAnswers } = await import('#services/kept-answers.ts');
        const { answers, days } = await discardOldAnswers(database, Date.now());
        say(`Answers to repeated commands are kept for ${days} days: ${answers} older one(s) discarded.`);
        await tendDocuments(database);
        const { maintain } = await import('#db/maintain.ts');
        const { LARGE_LOG, megabytes } = await import('#db/safe-file.ts');
        const done = await maintain(database);
        if (done === null) return say('PostgreSQL looks after its log itself.');
        const { before, after, busy } = done;
        if (!busy) return say(`The log held ${megabytes(before)} and is empty now.`);
        say(`Others were at work all the time; the log holds ${megabytes(after)}.`);
        if (after <= LARGE_LOG) return;
        tell('The log is large: something has been reading for long. End it, then run this again.');
        throw new Ended(EXIT.failed);
      });
    });

/** Seals what is to be sealed, then takes away what no document has. */
async function tendDocuments(database: Database): Promise<void> {
  const { sealPending } = await import('#services/documents/seal.ts');
  const { renewed, damaged } = await sealPending(database);
  if (renewed > 0) say(`${renewed} file(s) of documents sealed: their types are secure.`);
  if (damaged > 0) tell(`${damaged} file(s) of documents cannot be sealed: meterdesk check names them.`);
  const { sweepFiles } = await import('#db/files/sweep.ts');
  const { megabytes } = await import('#db/safe-file.ts');
  const { files, bytes } = await sweepFiles(database, Date.now());
  if (files > 0) say(`${files} file(s) that no document has removed, ${megabytes(bytes)}.`);
}
