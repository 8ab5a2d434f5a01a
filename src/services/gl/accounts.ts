import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { type GlAccount, glAccount } from '#domain/gl-account.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext, query } from '../operation.ts';

/** Every account of the general ledger, by code. */
export const glAccounts = (db: Db): Promise<GlAccount[]> =>
  db.selectFrom('gl_account').select(['code', 'name', 'kind']).orderBy('code').execute();

/** Adds an account in the caller's transaction. @throws Failure `invalid` when its code is taken */
export async function putGlAccount(ctx: CommandContext, account: GlAccount): Promise<GlAccount> {
  const same = (await glAccounts(ctx.db)).find(({ code }) => code.toLowerCase() === account.code.toLowerCase());
  if (same) throw new Failure('invalid', `There is an account ${same.code} ${same.name} already.`, { code: 'Taken' });
  await ctx.db.insertInto('gl_account').values(account).execute();
  told(ctx, { code: [null, account.code], name: [null, account.name], kind: [null, account.kind] });
  return account;
}

/** Calls an account otherwise. @throws Failure `refused` when its kind would be another */
export async function renameGlAccount(ctx: CommandContext, before: GlAccount, account: GlAccount): Promise<void> {
  if (before.kind !== account.kind)
    throw new Failure('refused', `${before.code} is of kind ${before.kind}, for good.`, { kind: 'It cannot change' });
  const { code, name } = account;
  await ctx.db.updateTable('gl_account').set({ name }).where('code', '=', code).execute();
  told(ctx, { code: [code, code], name: [before.name, name] });
}

/** Accounts have no number of their own in the audit trail: their code is among what it tells. */
const told = (ctx: CommandContext, changes: Record<string, [unknown, unknown]>): void =>
  ctx.audit({ entity: 'GlAccount', entityId: 0, changes });

export const listGlAccounts = query({
  name: 'gl.accounts',
  summary: 'Accounts of the general ledger',
  permission: 'options.read',
  input: z.object({}),
  run: ({ db }): Promise<GlAccount[]> => glAccounts(db),
});

export const addGlAccount = command({
  name: 'gl.addAccount',
  summary: 'Add an account to the general ledger',
  permission: 'options.edit',
  input: glAccount,
  run: (ctx, account): Promise<GlAccount> => putGlAccount(ctx, account),
});
