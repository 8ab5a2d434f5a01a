import type { Command } from '#keymap/command.ts';
import { formatCents } from '#domain/money.ts';
import { cancelPenalties } from '#services/penalties/cancel.ts';
import { counted } from '#ui/money.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { runForm } from './form.ts';
import { lens } from './lens.ts';
import type { PenaltiesContext } from './model.ts';

const current = (ctx: PenaltiesContext) => currentRow(lens, ctx.get());

async function calculate(ctx: PenaltiesContext): Promise<void> {
  try {
    const run = await ctx.form(await runForm(ctx));
    if (run === null) return;
    await ctx.reload();
    ctx.toast(
      `${run.number}: ${counted(run.charged, 'account')}, ${formatCents(run.penaltyCents)}, to be reviewed.`,
      'good',
    );
    ctx.open('penalty-run', { runId: run.runId });
  } finally {
    ctx.set({ working: null });
  }
}

async function cancel(ctx: PenaltiesContext): Promise<void> {
  const run = current(ctx)!;
  const sure = await ctx.confirm({
    title: 'Cancel the run?',
    lines: [
      `${run.number} of ${run.runOn}: ${counted(run.charged, 'account')}, ${formatCents(run.penaltyCents)}`,
      'What was calculated and taken out is thrown away. Nothing was charged.',
    ],
    action: 'Cancel the run',
  });
  if (!sure) return;
  await ctx.call(cancelPenalties, { runId: run.id, version: run.version });
  ctx.toast(`${run.number} is cancelled.`, 'good');
  await ctx.reload();
}

export const commands: readonly Command<PenaltiesContext>[] = [
  {
    id: 'penalties.calculate',
    title: 'Calculate penalties for review',
    group: 'record',
    keys: ['n', 'f6'],
    hint: 'Calculate',
    footer: 60,
    permission: 'penalties.run',
    background: true,
    run: calculate,
  },
  {
    id: 'penalties.open',
    title: 'Review the run',
    group: 'go',
    keys: ['enter'],
    hint: 'Review',
    footer: 58,
    permission: 'penalties.run',
    when: (ctx) => (current(ctx) ? true : 'There is no run here.'),
    run: (ctx) => ctx.open('penalty-run', { runId: current(ctx)!.id }),
  },
  {
    id: 'penalties.cancel',
    title: 'Cancel a run that is not posted',
    group: 'record',
    keys: ['c'],
    hint: 'Cancel',
    footer: 50,
    permission: 'penalties.run',
    background: true,
    when: (ctx) => {
      const run = current(ctx);
      if (!run) return 'There is no run here.';
      return run.status === 'calculated' ? true : `This run is ${run.status} already.`;
    },
    run: cancel,
  },
  ...listCommands(lens),
];
