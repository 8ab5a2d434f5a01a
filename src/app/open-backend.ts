import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { carriers } from '#cli/carriers.ts';
import { hostedCards } from '#cli/hosted-cards.ts';
import { keySourceOf } from '#cli/key-source.ts';
import { ownOrigin } from '#cli/origin.ts';
import { ownOsUser } from '#cli/os-user.ts';
import { databaseAddress, filesFolderOf, isDefaultDatabase } from '#cli/paths.ts';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { civilDateOf } from '#domain/civil-date.ts';
import type { CompanyOptions } from '#domain/company-options.ts';
import type { Carriers } from '#gateways/delivery.ts';
import type { Exchange } from '#gateways/exchange.ts';
import { pdfPress } from '#gateways/press/pdf-press.ts';
import { loadOptions } from '#services/options/operations.ts';
import { createRunner, type Clock } from '#services/runner.ts';
import { type FaultSink, inOperatorWords } from '#services/trouble.ts';
import { beginSignIn } from '#services/users/begin-sign-in.ts';
import { type OsUserSource, trustedUser } from '#services/users/os-sign-in.ts';
import { confirmIdentity } from '#services/users/reauthenticate.ts';
import { hasNoUsers, sessionRules } from '#services/users/session.ts';
import { recordSession } from '#services/users/trail.ts';
import type { Backend } from './surroundings/backend.ts';
import type { Progress } from './sign-in/state.ts';

export interface BackendOptions {
  /** As given on the command line; null: the default. */
  readonly database: string | null;
  /** Business date given on the command line. */
  readonly today: string | null;
  /** Where files of documents come in. */
  readonly exchange: Exchange;
  readonly onProgress: (progress: Progress) => void;
  /** Told what people should know of the database while it is opened. */
  readonly onNotice: (text: string) => void;
  /** Told of errors that nobody expected. */
  readonly onFault: FaultSink;
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
  const database = await openReady(address, {
    keys: keySourceOf(address),
    filesFolder: filesFolderOf(),
    onNotice: options.onNotice,
  }).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'NewerSchemaError' ? error : inOperatorWords(error);
  });
  const company = await loadOptions(database.db);
  return backendOf(database, company, {
    today: options.today,
    origin: ownOrigin(),
    osUser: ownOsUser,
    fault: options.onFault,
    exchange: options.exchange,
    ...(hasNetwork() && { carriers }),
  });
}

/** What surrounds the database where the program runs. */
export interface Surroundings {
  /** Business date given on the command line. */
  readonly today: string | null;
  readonly now?: () => number;
  /** From where the operator works, for the audit. */
  readonly origin?: string | null;
  /** Whom the operating system vouches for. */
  readonly osUser?: OsUserSource;
  readonly fault?: FaultSink;
  readonly exchange?: Exchange;
  /** Ways out for mail and print jobs; none where the network is closed to this process. */
  readonly carriers?: Carriers;
}

/** A confined session on a file has no network: what it queues is sent by the timer. */
const hasNetwork = (): boolean => !process.permission || process.permission.has('net');

/** The shell's view of an open database. */
export function backendOf(database: Database, company: CompanyOptions, surroundings: Surroundings): Backend {
  const { today: given, now = Date.now, origin = null, osUser, fault, exchange, carriers } = surroundings;
  const clock: Clock = { now, today: () => given ?? (company.businessDate || civilDateOf(now())) };
  const entrance = { database, now, source: 'screen', origin, fault } as const;
  const recorded = new Set<Promise<unknown>>();
  return {
    signIn: (username, password) => beginSignIn(entrance, { username, password }),
    trusted: async () =>
      osUser && company.osSignIn !== 'off' ? trustedUser(entrance, company.osSignIn, osUser) : null,
    isNew: () => hasNoUsers(database),
    addFirst: async (user) => {
      const { addFirstUser } = await import('#services/users/add.ts');
      const { installer } = await import('#services/users/installer.ts');
      await createRunner({ database, actor: { ...installer('screen'), origin }, clock, fault })(addFirstUser, user);
      return beginSignIn(entrance, user);
    },
    unlock: (actor, credentials) => confirmIdentity(database, actor, credentials, now(), 'session.unlock'),
    record: (actor, event) => {
      // A lock or an end must not fail because the audit cannot be written now.
      const writing = recordSession(database, actor, event, now()).catch(() => {});
      recorded.add(writing);
      return writing.finally(() => recorded.delete(writing));
    },
    callAs: (actor, changed) =>
      createRunner({
        database,
        actor,
        clock,
        fault,
        exchange,
        press: pdfPress,
        cards: hostedCards,
        ...(changed && { changed }),
      }),
    today: clock.today,
    demoUsers: async () => {
      const password = company.demoPassword;
      return company.demo ? company.demoUsers.map((user) => ({ ...user, password })) : [];
    },
    limits: (actor) => sessionRules(database, actor),
    ...(carriers && { deliver: deliverer(database, clock, carriers, recorded) }),
    changeCounter: database.changeCounter,
    presence: database.presence,
    warm: async () => void (await database.orm()),
    close: async () => {
      await Promise.all(recorded);
      await database.close();
    },
  };
}

/** Sends what this session queued; the end of the session waits for what is on the line, as long as it waits for anything. */
function deliverer(database: Database, clock: Clock, carriers: Carriers, work: Set<Promise<unknown>>) {
  return async (only: readonly number[]) => {
    if ((await loadOptions(database.db)).sendFrom === 'job') return null;
    const [{ courier }, { deliver }] = await Promise.all([
      import('#services/communications/courier.ts'),
      import('#services/communications/deliver.ts'),
    ]);
    const sending = deliver(createRunner({ database, actor: courier('screen'), clock }), carriers, { only });
    const followed = sending.catch(() => {}).finally(() => work.delete(followed));
    work.add(followed);
    return sending;
  };
}
