import { z } from 'zod';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';
import { username } from './policy.ts';

const MOST = 200;

/** Sign-ins, ends, locks and refused tries of a user, the newest first: the user's own, or anybody's for who sees users. */
export const sessionHistory = query({
  name: 'session.history',
  summary: 'Sign-ins and refused tries of yourself, or of another user',
  permission: null,
  input: z.object({
    /** Left out: the actor. */
    username: username.optional(),
    limit: z.int().min(1).max(MOST, `At most ${MOST}`).default(50),
  }),
  run: async ({ db, actor }, input) => {
    const name = input.username ?? actor.username;
    if (name !== actor.username && !may(actor, 'users.read')) {
      throw new Failure('forbidden', 'You may see your own sign-ins only. Ask an administrator.');
    }
    const user = await db.selectFrom('app_user').select('id').where('username', '=', name).executeTakeFirst();
    if (!user) throw new Failure('not_found', `There is no user ${name}.`);
    const rows = await db
      .selectFrom('audit_entry')
      .select(['at', 'operation', 'outcome', 'changes', 'origin', 'source'])
      .where('entity', '=', 'AppUser')
      .where('entity_id', '=', user.id)
      .where('operation', 'like', 'session.%')
      .orderBy('seq', 'desc')
      .limit(input.limit)
      .execute();
    return rows.map((row) => ({
      at: new Date(row.at).toISOString(),
      event: row.operation.slice('session.'.length),
      outcome: row.outcome,
      how: howOf(row.changes),
      origin: row.origin,
      source: row.source,
    }));
  },
});

/** By what means, or why not, as `trail.ts` wrote it. */
function howOf(changes: string | null): string | null {
  if (changes === null) return null;
  const { how } = JSON.parse(changes) as { how?: [null, string] };
  return how?.[1] ?? null;
}
