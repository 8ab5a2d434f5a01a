import { FileRefused } from '#gateways/files.ts';
import { Failure } from '#services/failure.ts';
import type { ToWrite } from '#services/paper/send.ts';
import type { Desk } from '../../shell/desk.ts';
import type { Shell } from '../../shell/shell.ts';

interface Answer {
  readonly paths: readonly string[];
}

/** Why no file is written, at its field. */
const refused = (error: unknown): unknown =>
  error instanceof FileRefused ? new Failure('refused', error.message, { path: error.message }) : error;

/** Asks for a file, and hands over what is to be written under that name. */
async function askFile(
  shell: Shell,
  desk: Desk,
  { title, initial }: { readonly title: string; readonly initial: string },
  save: (file: { readonly path: string; readonly replace: boolean }, key: string) => Promise<Answer>,
): Promise<void> {
  const { outside } = shell.options;
  if (outside.exportLimit === 'none') return shell.toast('No files are written from this session.', 'warning');
  const written = await desk.form<{ path: string; replace: boolean }, Answer>({
    title,
    verb: 'Write',
    today: desk.today,
    initial: { path: initial, replace: false },
    fields: [
      {
        name: 'path',
        label: 'File',
        kind: 'text',
        required: true,
        maxLength: 1000,
        help:
          outside.exportLimit === 'folder'
            ? 'A name; the file goes into the folder for exports.'
            : `A name goes into ${outside.exportFolder}; or type a path.`,
      },
      {
        name: 'replace',
        label: 'Replace a file',
        kind: 'flag',
        help: 'A file of that name that is there already is replaced.',
      },
    ],
    save: (values, _, key) =>
      save(values, key).catch((error: unknown) => {
        throw refused(error);
      }),
  });
  if (!written) return;
  const [first, ...more] = written.paths;
  shell.toast(`Written to ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`, 'good');
}

const place = (shell: Shell, path: string, replace: boolean) => {
  const { exportFolder, exportLimit } = shell.options.outside;
  return {
    path,
    folder: exportFolder,
    format: 'pdf',
    replace,
    ...(exportLimit === 'folder' ? { onlyHere: true } : {}),
  };
};

/** Makes documents for a file and writes them; each communication is told how that went. */
export function writeDocuments(
  shell: Shell,
  desk: Desk,
  what: string,
  make: (file: string, key: string) => Promise<ToWrite[]>,
): Promise<void> {
  return askFile(shell, desk, { title: what, initial: fileName(what) }, async ({ path, replace }, key) => {
    const { freePlace } = await import('#gateways/files.ts');
    await freePlace(place(shell, path, replace));
    const made = await make(path, key);
    const paths: string[] = [];
    for (const document of made) paths.push(await writeOne(shell, desk, document, replace));
    return { paths };
  });
}

async function writeOne(shell: Shell, desk: Desk, document: ToWrite, replace: boolean): Promise<string> {
  const { fileWritten } = await import('#services/communications/change.ts');
  const { communicationId, recipient, content } = document;
  const bytes = Buffer.from(content, 'base64');
  try {
    const path = await shell.options.outside.writeDocument({ ...place(shell, recipient, replace), content: bytes });
    await desk.call(fileWritten, { communicationId, path });
    return path;
  } catch (error) {
    if (error instanceof FileRefused) await desk.call(fileWritten, { communicationId, problem: error.message });
    throw error;
  }
}

/** A name for a file: `statement-of-10023`. */
const fileName = (what: string): string =>
  what
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'document';

/** Writes a kept document as it was sent. */
export const saveDocument = (
  shell: Shell,
  desk: Desk,
  { name, content }: { readonly name: string; readonly content: string },
): Promise<void> =>
  askFile(shell, desk, { title: `Save ${name}`, initial: name }, async ({ path, replace }) => {
    const bytes = Buffer.from(content, 'base64');
    return { paths: [await shell.options.outside.writeDocument({ ...place(shell, path, replace), content: bytes })] };
  });
