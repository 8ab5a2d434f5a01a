import { readFile, writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { PAPER_KINDS, type PaperKind } from '#domain/paper-kinds.ts';
import type { Sheet } from '#domain/paper-sheet.ts';
import { UsageError } from './exit.ts';
import { rest } from './input.ts';
import { formatOf, say, sayAnswer } from './output.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

const kindOption = () => new Option('--kind <kind>', 'which paper').choices(PAPER_KINDS);

const unwritable =
  (file: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`${file}: cannot be written (${error.code ?? 'unknown'})`);
  };

/** Into a new file that only its owner can read: papers hold people's data. */
const write = (file: string, content: string | Uint8Array): Promise<void> =>
  writeFile(file, content, { mode: 0o600, flag: 'wx', flush: true }).catch(unwritable(file));

const list = (): Command =>
  withSignIn(new Command('list'))
    .summary('list the formats of paper')
    .addOption(kindOption())
    .option('--json', 'as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { kind?: PaperKind; json?: boolean }>();
      const { listFormats } = await import('#services/paper/formats.ts');
      await sayAnswer(
        await signedIn(options, (call) => call(listFormats, { kind: options.kind, all: true })),
        formatOf(options),
      );
    });

const fields = (): Command =>
  withSignIn(new Command('fields'))
    .summary('list the names that a layout may use')
    .argument('<kind>', PAPER_KINDS.join(', '))
    .option('--json', 'as JSON')
    .action(async (kind: PaperKind, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { json?: boolean }>();
      const { paperFields } = await import('#services/paper/formats.ts');
      await sayAnswer(await signedIn(options, (call) => call(paperFields, { kind })), formatOf(options));
    });

const exportFormat = (): Command =>
  withSignIn(new Command('export'))
    .summary('write a format as JSON, to be changed and imported')
    .argument('<code>', 'the format, as the list shows it')
    .argument('[file]', 'a new file (default: standard output)')
    .action(async (code: string, file: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions>();
      const { readFormat } = await import('#services/paper/formats.ts');
      const { kind, name, layout } = await signedIn(options, (call) => call(readFormat, { code }));
      const text = `${JSON.stringify({ code, kind, name, layout }, null, 2)}\n`;
      if (file === undefined) process.stdout.write(text);
      else await write(file, text);
    });

interface FormatFile {
  readonly code: string;
  readonly kind: PaperKind;
  readonly name: string;
  readonly layout: unknown;
}

/** A format as `export` writes it; whether it fits is for the operation to say. */
async function formatFrom(file: string): Promise<FormatFile> {
  const text =
    file === '-'
      ? await rest()
      : await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
          throw new UsageError(`${file}: cannot be read (${error.code ?? 'unknown'})`);
        });
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: is not JSON. ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof given !== 'object' || given === null || !('layout' in given)) {
    throw new UsageError(`${file}: is no format; \`meterdesk paper export\` writes one.`);
  }
  return given as FormatFile;
}

const importFormat = (): Command =>
  withSignIn(new Command('import'))
    .summary('check a format and put it in use')
    .argument('<file>', 'as `paper export` writes it; - reads it from standard input')
    .option('--code <code>', 'save it under this code')
    .option('--name <name>', 'call it so')
    .option('--standard', 'make it the standard one of its kind')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { code?: string; name?: string; standard?: boolean }>();
      const given = await formatFrom(file);
      const { saveFormat } = await import('#services/paper/formats.ts');
      const input = {
        code: options.code ?? given.code,
        kind: given.kind,
        name: options.name ?? given.name,
        layout: JSON.stringify(given.layout),
        standard: options.standard === true,
        active: true,
      };
      const saved = await signedIn(options, (call) => call(saveFormat, input));
      say(`${saved.code} is saved and in use.`);
    });

/** Renders a sheet here: the operation has said what is on it. */
async function printed(sheet: Sheet, out: string): Promise<void> {
  const { pdfPress } = await import('#gateways/press/pdf-press.ts');
  const { content, pages } = await pdfPress.print(sheet, Date.now());
  await write(out, content);
  say(`${pages === 1 ? '1 page' : `${pages} pages`} written to ${out}`);
}

const preview = (): Command =>
  withSignIn(new Command('preview'))
    .summary('write a made-up paper in a format to a PDF file')
    .argument('<format>', 'code of a format, or a file as `paper export` writes it')
    .requiredOption('--out <file>', 'a new file')
    .action(async (format: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions & { out: string }>();
      const { previewFormat } = await import('#services/paper/read.ts');
      const { listFormats } = await import('#services/paper/formats.ts');
      const sheet = await signedIn(options, async (call) => {
        if (format === '-' || format.includes('.') || format.includes('/')) {
          const { kind, layout } = await formatFrom(format);
          return call(previewFormat, { kind, layout: JSON.stringify(layout) });
        }
        const known = await call(listFormats, { all: true });
        const kind = known.find(({ code }) => code === format)?.kind;
        if (!kind) throw new UsageError(`There is no format ${format}: meterdesk paper list.`);
        return call(previewFormat, { kind, format });
      });
      await printed(sheet, options.out);
    });

/** `paper`: the formats of statements, receipts, invoices and reports. */
export const paperCommand = (): Command =>
  new Command('paper')
    .summary('change the formats of paper')
    .description(
      'Formats of statements, receipts, invoices, histories and reports: list, export, change, preview, import.',
    )
    .addCommand(list())
    .addCommand(fields())
    .addCommand(exportFormat())
    .addCommand(importFormat())
    .addCommand(preview());
