import { createHash, randomInt } from 'node:crypto';
import type { Database, HashCost } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import { findSealed } from '../secrets/store.ts';
import { type Place, vaultOf } from '../secrets/vault.ts';
import { hashPassword } from './password.ts';
import { stepOf } from './totp.ts';

/** Where a user's seed is sealed. */
export const seedPlace = (userId: number): Place => ({ entity: 'AppUser', entityId: userId, kind: 'totp' });

/** A code that was typed, looked at before the transaction that takes it. */
export interface TypedCode {
  readonly right: boolean;
  readonly how: string;
  /** Uses it up; false when it was used before. */
  readonly settle: (db: Db) => Promise<boolean>;
}

const WRONG: TypedCode = { right: false, how: 'wrong code', settle: async () => false };

/** Six digits are a code of the authenticator; all else may be a recovery code. */
export async function lookAtCode(database: Database, userId: number, typed: string, now: number): Promise<TypedCode> {
  return /^[\d\s]*$/.test(typed)
    ? authenticatorCode(database, userId, typed, now)
    : recoveryCode(database, userId, typed, now);
}

async function authenticatorCode(database: Database, userId: number, typed: string, now: number): Promise<TypedCode> {
  const seed = await readSeed(database, userId);
  const step = seed ? stepOf(seed, typed, now) : null;
  return step === null ? WRONG : { right: true, how: 'code', settle: (db) => takeStep(db, userId, step) };
}

/** @throws Failure `unavailable` without the key file, saying what the administrator must do */
export async function readSeed(database: Database, userId: number): Promise<Buffer | null> {
  const row = await findSealed(database.db, seedPlace(userId));
  if (!row) return null;
  const vault = await vaultOf(database).unlock();
  return Buffer.from(vault.open(row.sealed, seedPlace(userId)), 'base64');
}

/** Each time step is taken once (OWASP ASVS 6.5.1). */
export async function takeStep(db: Db, userId: number, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('app_user')
    .set({ totp_last_step: step })
    .where('id', '=', userId)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function recoveryCode(database: Database, userId: number, typed: string, now: number): Promise<TypedCode> {
  const hash = await recoveryHash(userId, typed, database.hashCost);
  return {
    right: true,
    how: 'recovery code',
    settle: async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('recovery_code')
        .set({ used_at: now })
        .where('user_id', '=', userId)
        .where('code_hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

/** Letters and figures that cannot be taken for one another. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const SIGNS_IN_CODE = 12;
const CODES = 10;
/** Argon2id at the floor of OWASP: a code of 60 random bits needs no more. */
const COST: HashCost = { memory: 19_456, passes: 2 };

/** A code as it is shown: `K7PM-2QXA-9HTD`. */
export function newRecoveryCodes(): string[] {
  const code = () => Array.from({ length: SIGNS_IN_CODE }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return Array.from({ length: CODES }, () => code().replaceAll(/.{4}(?=.)/g, '$&-'));
}

/** Salted by the user, so that one hash finds the code among all of the user's. */
export function recoveryHash(userId: number, code: string, cost: HashCost = COST): Promise<string> {
  const salt = createHash('sha256').update(`meterdesk recovery code ${userId}`).digest().subarray(0, 16);
  return hashPassword(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''), cost, salt);
}

/** Whether the user signs in with a second factor. @throws Failure `not_found` */
export async function secondFactorSince(db: Db, userId: number): Promise<number | null> {
  const user = await db.selectFrom('app_user').select('totp_since').where('id', '=', userId).executeTakeFirst();
  if (!user) throw new Failure('not_found', 'There is no such user.');
  return user.totp_since;
}
