import type { Database } from '#db/database.ts';
import { beginTotp, confirmTotp } from '#services/users/enrolment.ts';
import { loadActor } from '#services/users/load-actor.ts';
import { readSeed } from '#services/users/second-factor.ts';
import { codeOf, stepAt } from '#services/users/totp.ts';
import { createRunner } from '#services/runner.ts';
import { TODAY } from './database.ts';

/** What the telephone of a user shows at that time. */
export async function codeFor(database: Database, userId: number, now: number): Promise<string> {
  const seed = await readSeed(database, userId);
  return codeOf(seed!, stepAt(now));
}

/** Gives a user a second factor; answers with the recovery codes. */
export async function enrol(database: Database, userId: number, now: number): Promise<readonly string[]> {
  const actor = await loadActor(database.db, userId, 'screen');
  const call = createRunner({ database, actor, clock: { now: () => now, today: () => TODAY } });
  await call(beginTotp, {});
  const { recoveryCodes } = await call(confirmTotp, { code: await codeFor(database, userId, now) });
  return recoveryCodes;
}
