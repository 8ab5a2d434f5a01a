import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { waitInWords } from '#domain/sign-in-delay.ts';
import { appendAudit } from '../audit.ts';
import { Failure } from '../failure.ts';
import { type Occasion, sessionFacts, sessionTransaction } from './trail.ts';
import { blockedUntil, type Candidate, countFailure, forgetFailures } from './tries.ts';

/** What came of looking at what was typed. */
export interface Look {
  readonly right: boolean;
  /** By what means, or why not, for the audit. */
  readonly how: string;
  /** Settles it in the transaction that records the try; false: not right after all, such as a code used before. */
  readonly settle?: (db: Db) => Promise<boolean>;
  /** Nothing more is asked for: failures are forgotten and the audit tells of the success. */
  readonly complete: boolean;
}

export interface Attempt {
  readonly database: Database;
  /** Null: the name is nobody's. */
  readonly user: { readonly id: number; readonly username: string } | null;
  /** As typed. */
  readonly name: string;
  readonly occasion: Occasion;
  /** Said when it is wrong. */
  readonly words: string;
  /** The fields at which it is said; of several any may be the wrong one, which nobody is told. */
  readonly at?: readonly string[];
}

/**
 * One try of somebody to prove who they are. After too many wrong ones it is not even looked at;
 * tries at the same moment count one after the other, as each is recorded.
 * @throws Failure `forbidden`
 */
export async function attempt({ database, user, name, occasion, words, at = [] }: Attempt, look: () => Promise<Look>) {
  const { now } = occasion;
  const who: Candidate = user ? { userId: user.id } : { unknownName: name };
  const early = await blockedUntil(database.db, who, now);
  const seen = early > now ? null : await look();
  const verdict = await sessionTransaction(database, async (db): Promise<'right' | 'wrong' | number> => {
    const until = Math.max(early, await blockedUntil(db, who, now));
    if (seen === null || until > now) {
      await appendAudit(db, [sessionFacts(occasion, user, 'refused', 'too many wrong tries')]);
      return until;
    }
    const right = seen.right && (await (seen.settle?.(db) ?? true));
    if (!right) await countFailure(db, who, now);
    else if (seen.complete && user) await forgetFailures(db, user.id);
    if (!right || seen.complete) {
      const how = seen.right && !right ? `${seen.how} not valid or used before` : seen.how;
      await appendAudit(db, [sessionFacts(occasion, user, right ? 'done' : 'refused', how)]);
    }
    return right ? 'right' : 'wrong';
  });
  if (verdict === 'right') return;
  const said = verdict === 'wrong' ? words : waitInWords(verdict, now);
  throw new Failure('forbidden', said, Object.fromEntries(at.map((field) => [field, said])));
}
