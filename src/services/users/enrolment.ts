import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command, type CommandContext, type Preparation, query } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { dropSecret, putSecret } from '../secrets/store.ts';
import { shortText } from '#domain/typed-text.ts';
import { userNamed } from './change.ts';
import { givenPassword, needsCode, username } from './policy.ts';
import { confirmIdentity } from './reauthenticate.ts';
import { newRecoveryCodes, readSeed, recoveryHash, secondFactorSince, seedPlace, takeStep } from './second-factor.ts';
import { base32, otpauthUri, stepOf } from './totp.ts';

/** 160 bits, as RFC 4226 §4 recommends. */
const SEED_BYTES = 20;

const ALREADY = 'You sign in with a second factor already. Remove it first.';

/** Since when the actor signs in with a second factor, epoch ms; null: not. */
export const secondFactorState = query({
  name: 'user.secondFactor',
  summary: 'Whether you sign in with a second factor',
  permission: null,
  input: z.object({}),
  run: async ({ db, actor }) => ({ since: await secondFactorSince(db, actor.userId) }),
});

/** Begins to give the actor a second factor: it is asked for once {@link confirmTotp} has seen a code of it. */
export const beginTotp = command({
  name: 'user.totpBegin',
  summary: 'Make the secret of your second factor; it is shown once',
  permission: null,
  secret: true,
  input: z.object({}),
  prepare: async (_, { actor, db, vault }) => {
    if ((await secondFactorSince(db, actor.userId)) !== null) throw new Failure('refused', ALREADY);
    return { vault: await vault.unlock(), seed: randomBytes(SEED_BYTES), issuer: (await loadOptions(db)).companyName };
  },
  run: async (ctx, _, { vault, seed, issuer }) => {
    const { userId } = ctx.actor;
    if ((await secondFactorSince(ctx.db, userId)) !== null) throw new Failure('refused', ALREADY);
    const row = { id: ctx.newId(), now: ctx.now };
    await putSecret(ctx.db, vault, seedPlace(userId), seed.toString('base64'), {}, row);
    ctx.audit({ entity: 'AppUser', entityId: userId, changes: { secondFactor: [null, 'begun'] } });
    const secret = base32(seed);
    return { secret, uri: otpauthUri(secret, ctx.actor.username, issuer) };
  },
});

/** From now on sign-in asks for a code. The recovery codes are in the answer and nowhere else. */
export const confirmTotp = command({
  name: 'user.totpConfirm',
  summary: 'Take your second factor into use with a code of it; answers with recovery codes, shown once',
  permission: null,
  secret: true,
  input: z.object({ code: shortText(20) }),
  prepare: async (input, { actor, database, now }) => {
    const seed = await readSeed(database, actor.userId);
    if (!seed) throw new Failure('refused', 'Begin with the second factor first.');
    const step = stepOf(seed, input.code, now);
    if (step === null) throw wrongCode();
    const codes = newRecoveryCodes();
    const hashes: string[] = [];
    for (const code of codes) hashes.push(await recoveryHash(actor.userId, code, database.hashCost));
    return { step, codes, hashes };
  },
  run: async (ctx, _, { step, codes, hashes }) => {
    const { userId } = ctx.actor;
    if ((await secondFactorSince(ctx.db, userId)) !== null) throw new Failure('refused', ALREADY);
    if (!(await takeStep(ctx.db, userId, step))) throw wrongCode();
    await ctx.db.updateTable('app_user').set({ totp_since: ctx.now }).where('id', '=', userId).execute();
    await ctx.db.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
    await ctx.db
      .insertInto('recovery_code')
      .values(hashes.map((code_hash) => ({ id: ctx.newId(), user_id: userId, code_hash, used_at: null })))
      .execute();
    ctx.audit({ entity: 'AppUser', entityId: userId, changes: { secondFactor: [null, 'in use'] } });
    return { recoveryCodes: codes };
  },
});

const wrongCode = (): Failure => {
  const words = 'The code is not right. Does the clock of the telephone agree?';
  return new Failure('invalid', words, { code: words });
};

const passwordAndCode = { password: givenPassword, code: shortText(40).optional() };

/** Takes the actor's own second factor away, for another telephone or for good. */
export const removeOwnTotp = command({
  name: 'user.totpRemove',
  summary: 'Remove your second factor',
  permission: null,
  secret: true,
  input: z.object(passwordAndCode),
  prepare: (input, aids) => confirmed(input, aids),
  run: async (ctx) => {
    const { userId } = ctx.actor;
    await remove(ctx, userId);
    return { mustEnrolAgain: await needsCode(ctx.db, userId) };
  },
});

/** Takes another's second factor away: a telephone was lost, and the recovery codes with it. */
export const resetTotp = command({
  name: 'user.totpReset',
  summary: 'Remove the second factor of another user',
  permission: 'users.manage',
  input: z.object({ username }),
  run: async (ctx, input) => {
    const user = await userNamed(ctx, input.username);
    if (user.id === ctx.actor.userId) {
      throw new Failure('refused', 'Your own you remove yourself, with your password and a code.');
    }
    await remove(ctx, user.id);
    return { username: user.username };
  },
});

async function confirmed(credentials: { password: string; code?: string }, aids: Preparation): Promise<void> {
  await confirmIdentity(aids.database, aids.actor, credentials, aids.now, 'session.reauthenticate');
}

async function remove(ctx: CommandContext, userId: number): Promise<void> {
  if ((await secondFactorSince(ctx.db, userId)) === null) throw new Failure('refused', 'There is no second factor.');
  await dropSecret(ctx.db, seedPlace(userId));
  await ctx.db.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
  await ctx.db
    .updateTable('app_user')
    .set({ totp_since: null, totp_last_step: null })
    .where('id', '=', userId)
    .execute();
  ctx.audit({ entity: 'AppUser', entityId: userId, changes: { secondFactor: ['in use', null] } });
}
