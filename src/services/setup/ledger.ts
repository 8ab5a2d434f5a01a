import { glAccount } from '#domain/gl-account.ts';
import { Failure } from '../failure.ts';
import { glAccounts, putGlAccount, renameGlAccount } from '../gl/accounts.ts';
import type { Importing } from './plan.ts';
import type { SaidSetup } from './read.ts';

/** Accounts of the general ledger, before the tables that name them; those that the file does not name stay. */
export async function importLedger(importing: Importing, { ledger }: SaidSetup): Promise<void> {
  const { ctx } = importing;
  const there = new Map((await glAccounts(ctx.db)).map((account) => [account.code, account]));
  for (const [index, said] of ledger.entries()) {
    await importing.one(['ledger', index], async () => {
      const read = glAccount.safeParse(said);
      if (!read.success) {
        const { path, message } = read.error.issues[0]!;
        throw new Failure('invalid', message, { [String(path[0])]: message });
      }
      const before = there.get(read.data.code);
      const same = before?.name === read.data.name && before.kind === read.data.kind;
      if (before && !same) await renameGlAccount(ctx, before, read.data);
      else if (!before) await putGlAccount(ctx, read.data);
      importing.did('ledger', read.data.code, before ? (same ? 'unchanged' : 'changed') : 'added');
    });
  }
}
