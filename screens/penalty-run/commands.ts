import type { Command } from '#keymap/command.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { exclude, include, post, recalculate, selected, showDebts } from './actions.ts';
import { everything, load } from './fetch.ts';
import { lens } from './lens.ts';
import { type PenaltyRunContext, type Shown, SHOWN } from './model.ts';

const current = (ctx: PenaltyRunContext) => currentRow(lens, ctx.get());
const some = (ctx: PenaltyRunContext): true | string => (current(ctx) ? true : 'There is no account here.');

/** Whether the run can still be changed, and the rows meant are of this status. */
const changeable =
  (status: 'charge' | 'excluded', why: string) =>
  (ctx: PenaltyRunContext): true | string => {
    const { run } = ctx.get();
    if (run === null) return 'Nothing is loaded.';
    if (run.status !== 'calculated') return `This run is ${run.status}.`;
    const rows = selected(ctx);
    return rows.length > 0 && rows.every((row) => row.status === status) ? true : why;
  };

async function choose(ctx: PenaltyRunContext): Promise<void> {
  const choice = await ctx.choose<Shown>('Show', [
    { value: null, label: 'Everybody' },
    ...Object.entries(SHOWN).map(([value, label]) => ({ value: value as Shown, label: `Only ${label}` })),
  ]);
  ctx.set({ shown: choice, list: { ...ctx.get().list, cursor: 0, top: 0, marks: new Set() } });
  await load(ctx);
}

/** Filtering and sorting would pass over what is not fetched yet. */
const ofList = listCommands(lens).map((command): Command<PenaltyRunContext> =>
  command.id === 'penalty-run.filter' || command.id === 'penalty-run.sort'
    ? {
        ...command,
        when: (ctx) => (ctx.get().next === null ? true : 'Only a part is here: W fetches the whole list.'),
      }
    : command,
);

export const commands: readonly Command<PenaltyRunContext>[] = [
  {
    id: 'penalty-run.debts',
    title: 'Show the debts that it is on',
    group: 'record',
    keys: ['enter'],
    hint: 'Debts',
    footer: 60,
    background: true,
    when: some,
    run: showDebts,
  },
  {
    id: 'penalty-run.exclude',
    title: 'Take accounts out, with the reason',
    group: 'record',
    keys: ['d', 'delete'],
    hint: 'Take out',
    footer: 58,
    permission: 'penalties.run',
    background: true,
    when: changeable('charge', 'Only who is charged can be taken out.'),
    run: exclude,
  },
  {
    id: 'penalty-run.include',
    title: 'Bring accounts back that were taken out',
    group: 'record',
    keys: ['i'],
    hint: 'Bring back',
    footer: 56,
    permission: 'penalties.run',
    when: changeable('excluded', 'Only who was taken out can be brought back.'),
    run: include,
  },
  {
    id: 'penalty-run.post',
    title: 'Post the penalties',
    group: 'record',
    keys: ['p', 'f9'],
    hint: 'Post',
    footer: 59,
    permission: 'penalties.run',
    background: true,
    when: (ctx) => {
      const { run, working } = ctx.get();
      if (working !== null) return 'It is at work already.';
      if (run === null) return 'Nothing is loaded.';
      if (run.status !== 'calculated' && run.status !== 'posting') return `This run is ${run.status}.`;
      return run.charged > 0 ? true : 'Nobody is charged.';
    },
    run: post,
  },
  {
    id: 'penalty-run.again',
    title: 'Calculate the run again',
    group: 'record',
    keys: ['r'],
    hint: 'Again',
    footer: 45,
    permission: 'penalties.run',
    background: true,
    when: (ctx) => (ctx.get().run?.status === 'calculated' ? true : 'Only a run that is not posted.'),
    run: recalculate,
  },
  {
    id: 'penalty-run.show',
    title: 'Show only who is charged, exempt or taken out',
    group: 'list',
    keys: ['f4', 't'],
    hint: 'Show',
    footer: 50,
    background: true,
    run: choose,
  },
  {
    id: 'penalty-run.whole',
    title: 'Fetch the whole list',
    group: 'list',
    keys: ['W'],
    when: (ctx) => (ctx.get().next === null ? 'The whole list is here.' : true),
    run: async (ctx) => void (await everything(ctx)),
  },
  {
    id: 'penalty-run.account',
    title: 'Open the account',
    group: 'go',
    keys: ['o'],
    hint: 'Account',
    footer: 40,
    permission: 'accounts.read',
    when: some,
    run: (ctx) => ctx.open('account', { accountId: current(ctx)!.accountId, tab: 'history' }),
  },
  ...ofList,
];
