import { z } from 'zod';
import { PAPER_KINDS, type PaperKind } from '#domain/paper-kinds.ts';
import type { Db } from '#db/schema.ts';
import type { PaperLayout } from '#domain/paper-layout.ts';
import { Failure } from '../failure.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { command, query } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { checkedLayout, fieldsOf } from './check-layout.ts';

const kind = z.enum(PAPER_KINDS, 'There is no such kind of paper');
const code = z
  .string()
  .trim()
  .min(1, 'Enter a code')
  .max(40, 'Use at most 40 characters')
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'Use small letters, digits and hyphens');

/** A format as it is chosen from a list. */
export interface FormatRow {
  readonly code: string;
  readonly kind: PaperKind;
  readonly name: string;
  readonly standard: boolean;
  readonly active: boolean;
  readonly system: boolean;
  readonly version: number;
}

export const listFormats = query({
  name: 'paper.formats',
  summary: 'Formats of a kind of paper, the standard one first',
  permission: 'paper.print',
  input: z.object({ kind: kind.optional(), all: z.boolean().default(false) }),
  run: async ({ db }, { kind: wanted, all }): Promise<FormatRow[]> => {
    const rows = await db
      .selectFrom('paper_format')
      .select(['code', 'kind', 'name', 'standard', 'active', 'system', 'version'])
      .$if(wanted !== undefined, (q) => q.where('kind', '=', wanted!))
      .$if(!all, (q) => q.where('active', '=', 1))
      .orderBy('kind')
      .orderBy('standard', 'desc')
      .orderBy('system')
      .orderBy('code')
      .execute();
    return rows.map(({ standard, active, system, ...row }) => ({
      ...row,
      standard: standard === 1,
      active: active === 1,
      system: system === 1,
    }));
  },
});

export const readFormat = query({
  name: 'paper.format',
  summary: 'One format of paper with its layout, and who changed it last',
  permission: 'paper.formats',
  input: z.object({ code }),
  run: async ({ db }, input): Promise<FormatRow & LastChange & { readonly layout: unknown }> => {
    const row = await db
      .selectFrom('paper_format')
      .select(['id', 'code', 'kind', 'name', 'version', 'layout', 'standard', 'active', 'system'])
      .where('code', '=', input.code)
      .executeTakeFirst();
    if (!row) throw new Failure('not_found', 'There is no such format.');
    const { id, layout, standard, active, system, ...facts } = row;
    return {
      ...facts,
      standard: standard === 1,
      active: active === 1,
      system: system === 1,
      layout: JSON.parse(layout) as unknown,
      ...(await lastChange(db, 'PaperFormat', id)),
    };
  },
});

export const paperFields = query({
  name: 'paper.fields',
  summary: 'Names that the layouts of a kind of paper may use, with an example of each',
  permission: 'paper.formats',
  input: z.object({ kind }),
  run: async (_, input) => fieldsOf(input.kind),
});

export const saveFormat = command({
  name: 'paper.saveFormat',
  summary: 'Add a format of paper, or change one; those of the program are copied instead',
  permission: 'paper.formats',
  input: z.object({
    code,
    kind,
    name: shortText(80).trim().min(1, 'Name the format'),
    /** JSON, as `paper export` writes it. */
    layout: typedText(200_000).min(1, 'Give the layout'),
    standard: z.boolean().default(false),
    active: z.boolean().default(true),
    /** The version that was read; 0 for a new one, left out by a script that knows what it wants. */
    version: z.int().nonnegative().optional(),
  }),
  run: async (ctx, input): Promise<{ code: string; version: number }> => {
    const { em, e } = ctx;
    const layout = JSON.stringify(checkedLayout(input.kind, parsedJson(input.layout)));
    const before = await em.findOne(e.PaperFormat, { code: input.code });
    assertSavable(before, input);
    const { name, kind: own } = input;
    const values = { kind: own, name, layout, standard: input.standard ? 1 : 0, active: input.active ? 1 : 0 } as const;
    if (input.standard) await noOtherStandard(ctx.db, input.kind, input.code);
    const row = before ?? em.create(e.PaperFormat, { id: ctx.newId(), code: input.code, ...values });
    const was = before ? { name: before.name, standard: before.standard, active: before.active } : null;
    if (before) em.assign(before, values);
    await em.flush();
    ctx.audit({
      entity: 'PaperFormat',
      entityId: row.id,
      changes: {
        code: [before ? input.code : null, input.code],
        name: [was?.name ?? null, name],
        standard: [was?.standard ?? null, values.standard],
        active: [was?.active ?? null, values.active],
      },
    });
    return { code: input.code, version: row.version };
  },
});

export const setFormat = command({
  name: 'paper.setFormat',
  summary: 'Make a format the standard one of its kind, take it out of use, or take it back',
  permission: 'paper.formats',
  input: z.object({ code, standard: z.boolean().optional(), active: z.boolean().optional() }),
  run: async (ctx, input): Promise<{ code: string }> => {
    const row = await ctx.em.findOne(ctx.e.PaperFormat, { code: input.code });
    if (!row) throw new Failure('not_found', 'There is no such format.');
    const active = input.active ?? row.active === 1;
    const standard = active && (input.standard ?? row.standard === 1);
    if (input.standard && !active)
      throw new Failure('refused', 'A format that is out of use cannot be the standard one.');
    if (standard) await noOtherStandard(ctx.db, row.kind, row.code);
    ctx.audit({
      entity: 'PaperFormat',
      entityId: row.id,
      changes: { standard: [row.standard, standard ? 1 : 0], active: [row.active, active ? 1 : 0] },
    });
    ctx.em.assign(row, { standard: standard ? 1 : 0, active: active ? 1 : 0 });
    return { code: row.code };
  },
});

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('invalid', 'The layout is not JSON.', { layout: 'This is not JSON.' });
  }
}

function assertSavable(
  before: { readonly system: 0 | 1; readonly kind: PaperKind; readonly version: number } | null,
  { version, kind: wanted }: { readonly version?: number | undefined; readonly kind: PaperKind },
): void {
  if (version !== undefined && version !== (before?.version ?? 0)) {
    throw new Failure('conflict', 'Somebody else has changed this format meanwhile. Nothing was saved.');
  }
  if (before?.system === 1)
    throw new Failure('refused', 'This format belongs to the program. Save it under another code.');
  if (before && before.kind !== wanted)
    throw new Failure('refused', 'A format keeps its kind. Save it under another code.');
}

const noOtherStandard = (db: Db, ofKind: PaperKind, but: string): Promise<unknown> =>
  db
    .updateTable('paper_format')
    .set((eb) => ({ standard: 0, version: eb('version', '+', 1) }))
    .where('kind', '=', ofKind)
    .where('standard', '=', 1)
    .where('code', '<>', but)
    .execute();

/** The layout to print with: the one named, else the standard one. @throws Failure */
export async function layoutFor(db: Db, ofKind: PaperKind, named: string | undefined): Promise<PaperLayout> {
  const row = await db
    .selectFrom('paper_format')
    .select(['layout'])
    .where('kind', '=', ofKind)
    .where('active', '=', 1)
    .$if(named !== undefined, (q) => q.where('code', '=', named!))
    .orderBy('standard', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!row)
    throw new Failure('refused', 'There is no such format in use.', { format: 'There is no such format in use.' });
  return checkedLayout(ofKind, JSON.parse(row.layout));
}
