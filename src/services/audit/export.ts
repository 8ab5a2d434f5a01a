import { z } from 'zod';
import { command } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';

/** Says that a list leaves the program; asked for before the file is written, so that none leaves untold. */
export const recordExport = command({
  name: 'list.export',
  summary: 'Put in the audit trail that a list is written to a file',
  permission: 'lists.export',
  input: z.object({
    list: shortText(120).min(1, 'Name the list'),
    rows: z.int().min(0),
    format: z.enum(['csv', 'xlsx'], 'Choose csv or xlsx'),
    file: shortText(1000),
  }),
  run: async (ctx, { list, rows, format, file }): Promise<Record<string, never>> => {
    ctx.audit({
      entity: 'List',
      entityId: 0,
      changes: { list: [null, list], rows: [null, rows], format: [null, format], file: [null, file] },
    });
    return {};
  },
});
