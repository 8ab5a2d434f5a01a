import type { CodeTable } from '#domain/code-tables/table.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';
import { type CodeRow, codeRow, entityOf } from './store.ts';

/** A code that is about to be changed, at the version that was read. @throws Failure `not_found`, `conflict` */
export async function codeAt(ctx: CommandContext, table: CodeTable, code: string, version: number): Promise<CodeRow> {
  const row = await codeRow(ctx.db, table, code);
  if (row.version === version) return row;
  const last = await ctx.db
    .selectFrom('audit_entry')
    .select('username')
    .where('entity', '=', entityOf(table))
    .where('entity_id', '=', row.id)
    .where('outcome', '=', 'done')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const who = last?.username ?? 'Somebody';
  throw new Failure('conflict', `${who} has changed ${table.one} ${code} meanwhile. Nothing was saved.`);
}

/** @throws Failure `refused` for what belongs to the program */
export function assertOwn(table: CodeTable, { code, system }: CodeRow, verb: 'changed' | 'deleted' | 'retired'): void {
  if (system === 0) return;
  const words = table.settable ? ' Its settings can be changed, its name cannot.' : '';
  throw new Failure(
    'refused',
    `${code} is a system ${table.one}: the program relies on it. It cannot be ${verb}.${words}`,
  );
}
