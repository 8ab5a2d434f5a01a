import { clean } from '#terminal/sanitize.ts';
import type { DocumentReceipt } from '#services/documents/attach.ts';
import { listDocuments } from '#services/documents/read.ts';
import type { DocumentRow } from '#services/documents/rows.ts';
import {
  addDocumentTo,
  addFileTo,
  deleteIn,
  deletion,
  editIn,
  openFile,
  openVersion,
  restoreIn,
} from '../../../../documents/actions.ts';
import { takingBack } from '#ui/undo.ts';
import { documentFacts, documentTitle } from '../../../../documents/text.ts';
import { fact } from '../../../../document/lines.ts';
import type { DocLine } from '../../../../document/model.ts';
import { type CustomerPart, type PartCommand, type PartContext, recordOf } from '../part.ts';

type Rows = readonly DocumentRow[];

const NOT_HERE = 'There is no document on this line.';
const SECURE = 'It is secure: you may not open or change it (documents.secure).';

const under = (rows: Rows, lineId: string | null): DocumentRow | undefined =>
  rows.find(({ id }) => id === recordOf(lineId));

/** Type and what was said of it; below it file, size, day, person, and how often it was replaced. */
const documentLines = (rows: Rows): DocLine[] =>
  rows.flatMap((row): DocLine[] => {
    const title = clean(documentTitle(row));
    const copy = { label: 'the document', value: title };
    const mark = row.secure === 1 ? ({ tone: 'warning' } as const) : {};
    return [
      { ...fact(`documents.${row.id}`, row.typeName, title, { labelWidth: 18, ...mark }), copy },
      { id: `documents.${row.id}.file`, pieces: ['  ', [clean(documentFacts(row)), 'dim']], hang: 2, copy },
    ];
  });

async function saved(ctx: PartContext, receipt: DocumentReceipt | null, told: string): Promise<void> {
  if (receipt === null) return;
  await ctx.refresh();
  ctx.reveal(`documents.${receipt.documentId}`);
  ctx.toast(told, 'good');
}

const add = async (ctx: PartContext): Promise<void> =>
  saved(
    ctx,
    await addDocumentTo(ctx, { customerId: ctx.customerId }, ctx.draft('documents.add', ctx.customerId)),
    'Document added.',
  );

async function edit(ctx: PartContext, row: DocumentRow): Promise<void> {
  const receipt = await editIn(ctx, row, ctx.draft('documents.edit', row.id));
  if (receipt?.version === row.version) return;
  await saved(ctx, receipt, 'Document saved.');
}

const openable = (rows: Rows, lineId: string | null): true | string => {
  const row = under(rows, lineId);
  if (!row) return NOT_HERE;
  return row.opens ? true : SECURE;
};

/** A command on the document of the line. */
const onDocument = (
  record: Pick<PartCommand<Rows>, 'id' | 'title' | 'keys' | 'hint' | 'footer' | 'permission'>,
  run: (ctx: PartContext, row: DocumentRow) => Promise<void>,
): PartCommand<Rows> => ({
  ...record,
  inPart: true,
  background: true,
  when: (_, rows, lineId) => openable(rows, lineId),
  run: (ctx, rows, lineId) => run(ctx, under(rows, lineId)!),
});

const commands: readonly PartCommand<Rows>[] = [
  onDocument({ id: 'openDocument', title: 'Open the document', keys: ['o'], hint: 'Open', footer: 46 }, openFile),
  onDocument({ id: 'documentVersions', title: 'Open a version of the document', keys: ['v'] }, openVersion),
  onDocument(
    {
      id: 'newDocumentFile',
      title: 'Give the document a new version',
      keys: ['n'],
      hint: 'New version',
      footer: 31,
      permission: 'documents.edit',
    },
    async (ctx, row) => saved(ctx, await addFileTo(ctx, row), 'New version added; those before are kept.'),
  ),
];

/** Documents of the customer and of its accounts. */
export const documentsPart: CustomerPart<Rows> = {
  id: 'documents',
  title: 'Documents',
  short: 'Docs',
  permission: 'documents.read',
  edit: 'documents.edit',
  load: ({ call }, customerId) => call(listDocuments, { customerId }),
  alert: (rows) => rows.length > 0,
  lines: documentLines,
  open: async (ctx, rows, lineId) => {
    const row = under(rows, lineId);
    if (row?.opens) await edit(ctx, row);
    else if (rows.length === 0) await add(ctx);
    else ctx.toast(row ? SECURE : NOT_HERE, 'warning');
  },
  addTitle: 'a document',
  add,
  remove: (ctx, rows, lineId) => {
    const row = under(rows, lineId);
    if (!row) return NOT_HERE;
    if (!row.opens) return SECURE;
    return {
      ...deletion(row),
      run: async () => {
        const kept = await deleteIn(ctx, row);
        const undo = takingBack(`document ${row.id}`, kept.version, (version, how) =>
          restoreIn(ctx, { ...kept, version }, how),
        );
        return { told: 'Document deleted.', kept, undo: { ...undo, from: row.version } };
      },
    };
  },
  restore: async (ctx, kept) => {
    await restoreIn(ctx, kept as DocumentReceipt);
    return 'The document is back.';
  },
  commands,
  forms: {
    'documents.add': async (ctx) => {
      await add(ctx);
      return true;
    },
    'documents.edit': async (ctx, documentId) => {
      const rows = await ctx.call(listDocuments, { customerId: ctx.customerId });
      const row = rows.find(({ id, opens }) => id === documentId && opens);
      if (row) await edit(ctx, row);
      return row !== undefined;
    },
  },
};
