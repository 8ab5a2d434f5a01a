import type { ReadFile } from '#gateways/bank-file.ts';
import type { ScannedFile } from '#gateways/exchange.ts';
import { FileRefused } from '#gateways/files.ts';
import { Failure } from '#services/failure.ts';
import type { ListExport } from '#ui/dialogs.ts';
import type { Desk } from '../shell/desk.ts';
import type { Shell } from '../shell/shell.ts';
import { takenCell } from './taken.ts';

/** What the file's name says goes before the format chosen: a CSV named `.xlsx` no program opens. */
function formatOf({ path, format }: { readonly path: string; readonly format: string }): 'csv' | 'xlsx' {
  const named = /\.(csv|xlsx)$/i.exec(path.trim())?.[1]?.toLowerCase();
  return (named ?? format) === 'xlsx' ? 'xlsx' : 'csv';
}

/**
 * Reads a file of the operator's: any, or in a confined session one of the folder for exports.
 * @throws Failure `refused`, at the field `path`
 */
export async function readFile(shell: Shell, path: string): Promise<ReadFile> {
  const { exportFolder: folder, exportLimit, readLines } = shell.options.outside;
  try {
    if (exportLimit === 'none') throw new FileRefused('No files are read in this session.');
    return await readLines({ path, folder, onlyHere: exportLimit === 'folder' });
  } catch (error) {
    if (error instanceof FileRefused) throw new Failure('refused', error.message, { path: error.message });
    throw error;
  }
}

/** What the scanner left, the newest first. @throws Failure `refused` */
export async function listScans(shell: Shell, folder: string): Promise<readonly ScannedFile[]> {
  try {
    return (await (await shell.options.outside.exchange?.())?.scans(folder)) ?? [];
  } catch (error) {
    if (error instanceof FileRefused) throw new Failure('refused', error.message, {});
    throw error;
  }
}

/** Asks for a file, writes the list and says where it is. */
export async function exportList(shell: Shell, desk: Desk, list: ListExport): Promise<void> {
  const { outside } = shell.options;
  if (outside.exportLimit === 'none') return shell.toast('No files are written from this session.', 'warning');
  const named = outside.exportLimit === 'folder';
  const written = await desk.form<{ path: string; format: string; replace: boolean }, { path: string; count: number }>({
    title: 'Export',
    verb: 'Write',
    today: desk.today,
    initial: { path: `${list.name}-${desk.today}`, format: 'csv', replace: false },
    fields: [
      {
        name: 'path',
        label: 'File',
        kind: 'text',
        required: true,
        maxLength: 1000,
        help: named
          ? 'A name; the file goes into the folder for exports.'
          : `A name goes into ${outside.exportFolder}; or type a path.`,
      },
      {
        name: 'format',
        label: 'Format',
        kind: 'code',
        required: true,
        choices: [
          { value: 'csv', label: 'CSV, for any spreadsheet' },
          { value: 'xlsx', label: 'Excel workbook' },
        ],
      },
      {
        name: 'replace',
        label: 'Replace a file',
        kind: 'flag',
        help: 'A file of that name that is there already is replaced.',
      },
    ],
    save: async (values) => {
      const rows = await list.rows();
      try {
        const format = formatOf(values);
        const { recordExport } = await import('#services/audit/export.ts');
        await desk.call(recordExport, { list: list.name, rows: rows.length, format, file: values.path });
        const path = await outside.writeList({
          path: values.path,
          folder: outside.exportFolder,
          ...(named ? { onlyHere: true } : {}),
          format,
          replace: values.replace,
          columns: list.columns,
          rows: rows.map((row) => row.map(takenCell)),
        });
        return { path, count: rows.length };
      } catch (error) {
        if (error instanceof FileRefused) throw new Failure('refused', error.message, { path: error.message });
        throw error;
      }
    },
  });
  if (written)
    shell.toast(`${written.count === 1 ? '1 row' : `${written.count} rows`} written to ${written.path}`, 'good');
}
