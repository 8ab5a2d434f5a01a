import { Command } from 'commander';
import { sayJson } from './output.ts';

/** `ops`: what the program can do, for people and for programs that call it. */
export const opsCommand = (): Command =>
  new Command('ops')
    .summary('list every operation')
    .description('List every operation with its kind and the permission it needs; with --json also its input schema.')
    .argument('[name]', 'only operations whose name begins so', '')
    .option('--json', 'as JSON, with the JSON schema of each input')
    .action(async (name: string, options: { json?: boolean }) => {
      const { operations } = await import('#services/index.ts');
      const chosen = operations.filter((one) => one.name.startsWith(name));
      if (options.json) {
        const { z } = await import('zod');
        return sayJson(
          chosen.map((one) => ({
            name: one.name,
            kind: one.kind,
            permission: one.permission,
            summary: one.summary,
            input: z.toJSONSchema(one.input, { io: 'input', unrepresentable: 'any' }),
          })),
        );
      }
      const { tableText } = await import('./table.ts');
      const rows = chosen.map((one) => ({
        name: one.name,
        kind: one.kind,
        permission: one.permission ?? '(any user)',
        summary: one.summary,
      }));
      process.stdout.write(`${tableText(rows)}\n`);
    });
