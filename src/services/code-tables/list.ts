import { z } from 'zod';
import { CODE_TABLES } from '#domain/code-tables/index.ts';
import { GENERAL_LEDGER } from '#domain/code-tables/table.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { query } from '../operation.ts';
import { codeField, tableField } from './input.ts';
import { type CodeRow, codeRow, codeRows, entityOf, plain, tableNamed } from './store.ts';
import { type CodeUseCount, usesOf } from './uses.ts';

/** A table with how many codes it has. */
export interface CodeTableCount {
  readonly table: string;
  readonly codes: number;
  /** Of these, no longer offered. */
  readonly retired: number;
}

export const listCodeTables = query({
  name: 'codeTable.list',
  summary: 'All code tables with how many codes they have',
  permission: 'options.read',
  input: z.object({}),
  run: async ({ db }): Promise<CodeTableCount[]> => {
    const rows = await db
      .selectFrom('code_value')
      .select((eb) => ['table_name', eb.fn.countAll<number>().as('codes'), eb.fn.sum<number>('active').as('active')])
      .groupBy('table_name')
      .execute();
    const counts = new Map(rows.map((row) => [row.table_name, { all: Number(row.codes), active: Number(row.active) }]));
    for (const { name, stored } of CODE_TABLES) {
      if (!stored) continue;
      const row = await plain(db)
        .selectFrom(stored.table)
        .select((eb) => [eb.fn.countAll<number>().as('codes'), eb.fn.sum<number>('active').as('active')])
        .executeTakeFirstOrThrow();
      counts.set(name, { all: Number(row.codes), active: Number(row.active ?? 0) });
    }
    return CODE_TABLES.map(({ name }) => {
      const { all, active } = counts.get(name) ?? { all: 0, active: 0 };
      return { table: name, codes: all, retired: all - active };
    });
  },
});

export const readCodeTable = query({
  name: 'codeTable.read',
  summary: 'All codes of a table with their attributes, retired ones included',
  permission: 'options.read',
  input: z.object({ table: tableField }),
  run: ({ db }, { table }): Promise<CodeRow[]> => codeRows(db, tableNamed(table)),
});

export const readCode = query({
  name: 'codeTable.code',
  summary: 'One code with its attributes, its version and who changed it last',
  permission: 'options.read',
  input: z.object({ table: tableField, code: codeField }),
  run: async ({ db }, { table: name, code }): Promise<CodeRow & LastChange> => {
    const table = tableNamed(name);
    const row = await codeRow(db, table, code);
    return { ...row, ...(await lastChange(db, entityOf(table), row.id)) };
  },
});

export const whereUsed = query({
  name: 'codeTable.whereUsed',
  summary: 'Where a code is used, with counts',
  permission: 'options.read',
  input: z.object({ table: tableField, code: codeField }),
  run: async ({ db }, { table: name, code }): Promise<CodeUseCount[]> => {
    const table = tableNamed(name);
    return usesOf(db, table, await codeRow(db, table, code));
  },
});

/** Codes that attributes may refer to: of a code table, or of the general ledger. */
export const listCodeSource = query({
  name: 'codeTable.source',
  summary: 'Codes that an attribute may refer to: of a code table or the general ledger',
  permission: 'options.read',
  input: z.object({ source: tableField }),
  run: async ({ db }, { source }): Promise<{ readonly code: string; readonly name: string }[]> => {
    if (source === GENERAL_LEDGER)
      return db.selectFrom('gl_account').select(['code', 'name']).orderBy('code').execute();
    return (await codeRows(db, tableNamed(source))).filter(({ active }) => active === 1);
  },
});
