import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { keySourceOf } from '#cli/key-source.ts';
import { databaseAddress, isDefaultDatabase } from '#cli/paths.ts';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { civilDateOf } from '#domain/civil-date.ts';
import type { CompanyOptions } from '#domain/company-options.ts';
import { loadOptions } from '#services/options/operations.ts';
import { createRunner, type Clock } from '#services/runner.ts';
import { inOperatorWords } from '#services/trouble.ts';
import { signIn } from '#services/users/sign-in.ts';
import type { Backend } from './backend.ts';
import type { Progress } from './sign-in/sign-in.ts';

export interface BackendOptions {
  /** As given on the command line; null: the default. */
  readonly database: string | null;
  /** Business date given on the command line. */
  readonly today: string | null;
  readonly onProgress: (progress: Progress) => void;
  /** Told what people should know of the database while it is opened. */
  readonly onNotice: (text: string) => void;
}

/** Opens the utility's database; a first start without one makes the demo utility. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const address = databaseAddress(options.database);
  if ('file' in address) {
    mkdirSync(dirname(address.file), { recursive: true, mode: 0o700 });
    if (isDefaultDatabase(options.database) && !existsSync(address.file)) {
      const { makeFirstDemo } = await import('./first-run.ts');
      await makeFirstDemo(address.file, options.today, options.onProgress);
    }
  }
  const database = await openReady(address, { keys: keySourceOf(address), onNotice: options.onNotice }).catch(
    (error: unknown) => {
      throw error instanceof Error && error.name === 'NewerSchemaError' ? error : inOperatorWords(error);
    },
  );
  const company = await loadOptions(database.db);
  return backendOf(database, company, options.today);
}

/** The shell's view of an open database. */
export function backendOf(database: Database, company: CompanyOptions, given: string | null, now = Date.now): Backend {
  const clock: Clock = { now, today: () => given ?? (company.businessDate || civilDateOf(now())) };
  return {
    signIn: (username, password) => signIn(database, { username, password }, now(), 'screen'),
    callAs: (actor, changed) => createRunner({ database, actor, clock, ...(changed && { changed }) }),
    today: clock.today,
    demoUsers: async () => {
      const password = company.demoPassword;
      return company.demo ? company.demoUsers.map((user) => ({ ...user, password })) : [];
    },
    limits: () => loadOptions(database.db),
    changeCounter: database.changeCounter,
    presence: database.presence,
    warm: async () => void (await database.orm()),
    close: database.close,
  };
}
