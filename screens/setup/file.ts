import type { Command } from '#keymap/command.ts';
import { indexFields } from '#services/custom-fields/indexing.ts';
import { exportSetup, importSetup, previewSetup } from '#services/setup/operations.ts';
import { changedFields, type ImportPlan, type PlanLine } from '#services/setup/plan.ts';
import type { FormValues } from '#ui/form/definition.ts';
import { counted } from '#ui/money.ts';
import type { SetupContext } from './model.ts';

/** Lines of a plan that a question shows; the rest are counted. */
const SHOWN = 10;

const planLine = ({ section, what, outcome }: PlanLine): string => `${outcome.padEnd(9)} ${section}  ${what}`;

async function writeFile(ctx: SetupContext): Promise<void> {
  const { text } = await ctx.call(exportSetup, {});
  await ctx.saveDocument({ name: `setup-${ctx.today}.yaml`, content: Buffer.from(text).toString('base64') });
}

interface Read {
  readonly name: string;
  readonly text: string;
  readonly plan: ImportPlan;
}

/** Asks for a file and checks it; what is wrong with it is said in the form, all of it in a window. */
function askFile(ctx: SetupContext): Promise<Read | null> {
  return ctx.form<FormValues & { readonly path: string }, Read>({
    title: 'Take over a setup file',
    verb: 'Check',
    fields: [
      {
        name: 'path',
        label: 'File',
        kind: 'text',
        required: true,
        maxLength: 1000,
        help: 'As o writes it. Nothing is changed yet.',
      },
    ],
    initial: { path: '' },
    today: ctx.today,
    save: async ({ path }) => {
      const { name, lines } = await ctx.readFile(path);
      const text = lines.join('\n');
      return { name, text, plan: await ctx.call(previewSetup, { text }) };
    },
  });
}

async function takeOver(ctx: SetupContext): Promise<void> {
  const read = await askFile(ctx);
  if (!read) return;
  const { lines, counts } = read.plan;
  if (lines.length === 0) return ctx.toast(`${read.name}: everything is so already.`, 'info');
  const more = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more`] : [];
  const sure = await ctx.confirm({
    title: `Take over ${read.name}?`,
    lines: [
      ...lines.slice(0, SHOWN).map(planLine),
      ...more,
      '',
      `${counts.unchanged} stay as they are. All of it or nothing.`,
    ],
    action: 'Take it over',
  });
  if (!sure) return;
  const done = await ctx.call(importSetup, { text: read.text });
  ctx.toast(`${read.name} is taken over: ${counted(done.lines.length, 'change')}.`, 'good');
  await ctx.reload();
  await indexFields(ctx.call, changedFields(done));
}

/** Setup to a file and from one. */
export const fileCommands: readonly Command<SetupContext>[] = [
  {
    id: 'setup.toFile',
    title: 'Write all setup to a file',
    group: 'record',
    keys: ['o'],
    permission: 'options.edit',
    background: true,
    run: writeFile,
  },
  {
    id: 'setup.fromFile',
    title: 'Take over a setup file',
    group: 'record',
    keys: ['i'],
    permission: 'options.edit',
    background: true,
    run: takeOver,
  },
];
