import type { Db } from '#db/schema.ts';
import {
  isCommonInDisguise,
  LONGEST,
  passwordFault,
  passwordLength,
  SHORTEST,
  SHORTEST_WITH_CODE,
} from '#domain/password.ts';
import { Failure } from '../failure.ts';
import { loadOptions } from '../options/operations.ts';
import { shortText } from '#domain/typed-text.ts';
import { commonPasswords } from './common-passwords.ts';

/** A password set by somebody else opens the door once within this time, ms. */
export const FIRST_PASSWORD_MS = 24 * 3_600_000;

/** User names as typed: lower case, short, nothing that a shell or a log could misread. */
export const username = shortText()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{1,31}$/, 'Use 2 to 32 letters, digits, dots, dashes; begin with a letter');

/** A new password as far as it can be judged by itself; {@link assertGoodPassword} does the rest. */
export const password = shortText(1000)
  .refine(
    (text) => passwordLength(text) >= SHORTEST_WITH_CODE,
    `Use at least ${SHORTEST} characters, ${SHORTEST_WITH_CODE} with a second factor`,
  )
  .refine((text) => passwordLength(text) <= LONGEST, `Use at most ${LONGEST} characters`);

/** A password that is only checked: of any quality. */
export const givenPassword = shortText(1000);

/** Whose password it will be. */
export interface PasswordOwner {
  readonly username: string;
  readonly displayName: string;
  /** Signs in with a second factor, or has to. */
  readonly withCode: boolean;
}

/**
 * Holds a new password against rules, names and the list of common ones; before a transaction.
 * @throws Failure `invalid` at the field
 */
export async function assertGoodPassword(db: Db, text: string, owner: PasswordOwner, field = 'password') {
  const { companyName } = await loadOptions(db);
  const fault = passwordFault(text, { ...owner, companyName }) ?? (await commonFault(text));
  if (fault) throw new Failure('invalid', `${field}: ${fault}`, { [field]: fault });
}

async function commonFault(text: string): Promise<string | null> {
  const common = await commonPasswords();
  return isCommonInDisguise(text, (form) => common.has(form))
    ? 'Guessing begins with this one: use several words'
    : null;
}

/** Who a user is to the rules for passwords; undefined when there is no such user. */
export async function passwordOwner(db: Db, user: { id: number } | { username: string }) {
  const row = await db
    .selectFrom('app_user')
    .select(['id', 'username', 'display_name', 'totp_since'])
    .where((eb) => ('id' in user ? eb('id', '=', user.id) : eb('username', '=', user.username)))
    .executeTakeFirst();
  if (!row) return undefined;
  const withCode = row.totp_since !== null || (await needsCode(db, row.id));
  return { username: row.username, displayName: row.display_name, withCode };
}

/** Whether one of the user's groups asks for a second factor. */
export async function needsCode(db: Db, userId: number): Promise<boolean> {
  const group = await db
    .selectFrom('group_member as m')
    .innerJoin('user_group as g', 'g.id', 'm.group_id')
    .select('g.id')
    .where('m.user_id', '=', userId)
    .where('g.needs_totp', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return group !== undefined;
}
