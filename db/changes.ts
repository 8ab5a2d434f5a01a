import type { Db } from './schema.ts';

/** What tells a commit that people see from one that only kept somebody's draft. */
interface Stamp {
  readonly trail: number | null;
  readonly draft: number | null;
  readonly drafts: number;
}

type Token = number | string;

/** Newest place of the audit trail, and which drafts there are: three look-ups in indexes. */
async function stampOf(db: Db): Promise<Stamp> {
  const { trail, draft, drafts } = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('audit_entry')
        .select((of) => of.fn.max('seq').as('n'))
        .as('trail'),
      eb
        .selectFrom('draft')
        .select((of) => of.fn.max('id').as('n'))
        .as('draft'),
      eb
        .selectFrom('draft')
        .select((of) => of.fn.countAll<number>().as('n'))
        .as('drafts'),
    ])
    .executeTakeFirstOrThrow();
  return { trail, draft, drafts: Number(drafts) };
}

const onlyDrafts = (before: Stamp, now: Stamp): boolean =>
  before.trail === now.trail && (before.draft !== now.draft || before.drafts !== now.drafts);

const same = (before: Stamp, now: Stamp): boolean => before.trail === now.trail && !onlyDrafts(before, now);

/**
 * Counts commits by a token of the engine that changes with each of them. Drafts are left out:
 * what is half typed on one screen is no reason for all others to fetch anew. A token that becomes
 * a text, or a number again, comes from another source and says nothing by itself.
 */
export function countChanges(db: Db, token: () => Token | Promise<Token>): () => Promise<number> {
  let seen: Token | null = null;
  let stamp: Stamp | null = null;
  let count = 0;
  return async () => {
    const now = await token();
    if (now === seen) return count;
    const stampNow = await stampOf(db);
    if (stamp !== null) {
      const nothing = typeof now === typeof seen ? onlyDrafts(stamp, stampNow) : same(stamp, stampNow);
      if (!nothing) count += 1;
    }
    seen = now;
    stamp = stampNow;
    return count;
  };
}
