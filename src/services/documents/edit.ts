import { z } from 'zod';
import type { Database } from '#db/database.ts';
import { sweepThese } from '#db/files/sweep.ts';
import { may } from '../actor.ts';
import { command, type CommandContext, type Preparation } from '../operation.ts';
import { assertLevel, type DocumentReceipt, typeChanged } from './attach.ts';
import { changeable, described } from './changeable.ts';
import { assertStored } from './files.ts';
import { id, secureRefusal } from './read.ts';
import { SECURE } from './rows.ts';
import { type Sealing, sealingsOf } from './seal.ts';
import { knownType } from './types.ts';
import { factsInput } from './write.ts';

/** Files that become sealed, because the new type is secure. */
interface Sealed {
  readonly database: Database;
  readonly sealings: readonly Sealing[];
}

/** Seals what the document has before the transaction that gives it a secure type. */
async function sealed(documentId: number, type: string, { database, vault, actor, db }: Preparation): Promise<Sealed> {
  const row = await db.selectFrom('document').select('type').where('id', '=', documentId).executeTakeFirst();
  const { secure } = await knownType(db, type, row?.type ?? null);
  if (secure === 0) return { database, sealings: [] };
  if (!may(actor, SECURE)) throw secureRefusal();
  return { database, sealings: await sealingsOf(database, await vault.unlock(), documentId) };
}

/**
 * Changes what is said of a document. A secure type seals its files; what was sealed once stays so
 * whatever its type becomes.
 */
export const editDocument = command({
  name: 'document.edit',
  summary: 'Change type, description or readers of a document',
  permission: 'documents.edit',
  input: z.object({ documentId: id, /** The version that was read. */ version: id, ...factsInput }),
  subject: ({ documentId }) => ({ documentId }),
  prepare: (input, aids) => sealed(input.documentId, input.type, aids),
  run: async (ctx, { documentId, version, ...facts }, { sealings }: Sealed): Promise<DocumentReceipt> => {
    const before = await changeable(ctx, documentId, version);
    const { secure } = await knownType(ctx.db, facts.type, before.type);
    assertLevel(ctx, facts.accessLevel);
    const files = secure === 1 ? await takeSealed(ctx, documentId, sealings) : 0;
    const names = ['type', 'description', 'accessLevel'] as const;
    const changes = Object.fromEntries(
      names.filter((name) => before[name] !== facts[name]).map((name) => [name, [before[name], facts[name]] as const]),
    );
    if (Object.keys(changes).length === 0 && files === 0) return { documentId, version };
    const { type, description, accessLevel } = facts;
    await described(
      ctx,
      before,
      { type, description, access_level: accessLevel },
      { ...changes, ...(files === 0 ? {} : { sealed: [0, files] as const }) },
    );
    return { documentId, version: version + 1 };
  },
  committed: async (receipt, { database, sealings }) => {
    // What stays behind the timer takes away.
    await sweepThese(
      database,
      sealings.map(({ from }) => from),
    ).catch(() => {});
    return receipt;
  },
});

/** @returns how many files were sealed @throws Failure `conflict` when another file came meanwhile */
async function takeSealed(ctx: CommandContext, documentId: number, sealings: readonly Sealing[]): Promise<number> {
  const open = await ctx.db
    .selectFrom('document_version')
    .select(['id', 'address'])
    .where('document_id', '=', documentId)
    .where('sealed', '=', 0)
    .execute();
  for (const { id: versionId, address } of open) {
    const sealing = sealings.find((one) => one.versionId === versionId && one.from === address);
    if (!sealing) throw typeChanged();
    const { file } = sealing;
    assertStored(ctx.files, file.address);
    await ctx.db
      .updateTable('document_version')
      .set({ address: file.address, digest: file.digest, sealed: 1, key_id: file.keyId })
      .where('id', '=', versionId)
      .execute();
  }
  return open.length;
}
