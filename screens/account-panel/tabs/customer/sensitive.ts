import type { Command } from '#keymap/command.ts';
import { DETAIL_NAMES, REVEAL_REASONS, type RevealReason } from '#domain/sensitive.ts';
import { clearSensitive } from '#services/secrets/change.ts';
import type { SensitiveLine } from '#services/secrets/list.ts';
import { type Revealed, revealSensitive, SHOWN_MS } from '#services/secrets/reveal.ts';
import type { FormField } from '#ui/form/definition.ts';
import { blank, fact, heading } from '../../document/lines.ts';
import type { DocLine } from '../../document/model.ts';
import type { TabContext } from '../../tab.ts';
import { numberForm } from './number-form.ts';

/** What a tab with sensitive numbers has in its state. */
export interface SensitiveState {
  readonly sensitive: readonly SensitiveLine[];
}

/** The Personal info section: masked numbers, and what may be known of them. */
export function personalLines(lines: readonly SensitiveLine[]): DocLine[] {
  if (lines.length === 0) return [];
  return [
    blank('personal'),
    heading('Personal info'),
    ...lines.map(({ kind, autopayId, name, masked, detail }) =>
      fact(`personal.${kind}.${autopayId ?? ''}`, name, [masked ?? 'None', detail].filter(Boolean).join('  '), {
        labelWidth: 22,
      }),
    ),
  ];
}

interface SensitiveCommands<S extends SensitiveState> {
  readonly scope: string;
  readonly customerId: (ctx: TabContext<S>) => number | null;
  readonly reload: (ctx: TabContext<S>) => Promise<void>;
}

/** One of several numbers; without a question when there is only one. */
async function choose<S extends SensitiveState>(
  ctx: TabContext<S>,
  title: string,
  lines: readonly SensitiveLine[],
): Promise<SensitiveLine | null> {
  if (lines.length === 1) return lines[0]!;
  return ctx.choose(
    title,
    lines.map((value) => ({ value, label: value.name, detail: value.masked ?? 'none yet' })),
  );
}

const reasons = Object.entries(REVEAL_REASONS).map(([value, label]) => ({ value, label }));

const REVEAL_FIELDS: readonly FormField[] = [
  { name: 'reason', label: 'Why', kind: 'code', choices: reasons, required: true },
  {
    name: 'explanation',
    label: 'Explanation',
    kind: 'text',
    maxLength: 500,
    required: true,
    help: 'What it is needed for, in a few words; write no number here.',
  },
  { name: 'password', label: 'Your password', kind: 'secret', maxLength: 200 },
  {
    name: 'code',
    label: 'Your code',
    kind: 'secret',
    maxLength: 40,
    help: 'Of the second factor, if you sign in with one.',
  },
];

async function reveal<S extends SensitiveState>(ctx: TabContext<S>, customerId: number): Promise<void> {
  const kept = ctx.get().sensitive.filter((line) => line.masked !== null);
  const line = await choose(ctx, 'Show which number?', kept);
  if (line === null) return;
  const { kind, autopayId, name } = line;
  const shown = await ctx.form<{ reason: string; explanation: string; password: string; code: string }, Revealed>({
    title: `Show: ${name}`,
    verb: 'Show',
    today: ctx.today,
    initial: { reason: '', explanation: '', password: '', code: '' },
    fields: REVEAL_FIELDS,
    save: ({ reason, ...typed }) =>
      ctx.call(revealSensitive, { customerId, kind, autopayId, reason: reason as RevealReason, ...typed }),
  });
  if (shown === null) return;
  const lines = shown.detail === null ? [] : [`${DETAIL_NAMES[kind] ?? 'Detail'}: ${shown.detail}`];
  await ctx.showSecret({ title: shown.name, value: shown.value, lines, seconds: SHOWN_MS / 1000 });
}

async function enter<S extends SensitiveState>(
  ctx: TabContext<S>,
  customerId: number,
  reload: (ctx: TabContext<S>) => Promise<void>,
): Promise<void> {
  const line = await choose(ctx, 'Enter or change which number?', ctx.get().sensitive);
  if (line === null) return;
  const saved = await ctx.form(numberForm(ctx, customerId, line));
  if (saved === null) return;
  await reload(ctx);
  ctx.toast(saved, 'good');
}

async function clear<S extends SensitiveState>(
  ctx: TabContext<S>,
  customerId: number,
  reload: (ctx: TabContext<S>) => Promise<void>,
): Promise<void> {
  const kept = ctx.get().sensitive.filter((line) => line.version !== null);
  const line = await choose(ctx, 'Take which number away?', kept);
  if (line === null) return;
  const { kind, autopayId, version, name, masked } = line;
  const question = { title: 'Take this number away?', lines: [`${name}  ${masked}`, 'It cannot be brought back.'] };
  if (!(await ctx.confirm({ ...question, action: 'Take away' }))) return;
  await ctx.call(clearSensitive, { customerId, kind, autopayId, version: version! });
  await reload(ctx);
  ctx.toast(`Taken away: ${name}`, 'good');
}

/** Show, enter and take away sensitive numbers; each is there only for who may. */
export function sensitiveCommands<S extends SensitiveState>({
  scope,
  customerId,
  reload,
}: SensitiveCommands<S>): Command<TabContext<S>>[] {
  const some = (ctx: TabContext<S>): true | string =>
    ctx.get().sensitive.some((line) => line.masked !== null) || 'No sensitive number is kept here.';
  return [
    {
      id: `${scope}.reveal`,
      title: 'Show sensitive number',
      group: 'record',
      keys: ['S'],
      permission: 'sensitive.reveal',
      when: some,
      run: (ctx) => reveal(ctx, customerId(ctx)!),
    },
    {
      id: `${scope}.enter`,
      title: 'Enter or change sensitive number',
      group: 'record',
      keys: ['E'],
      permission: 'sensitive.edit',
      when: (ctx) => (ctx.get().sensitive.length > 0 ? true : 'There is no customer here.'),
      run: (ctx) => enter(ctx, customerId(ctx)!, reload),
    },
    {
      id: `${scope}.clear`,
      title: 'Take sensitive number away',
      group: 'record',
      permission: 'sensitive.edit',
      when: some,
      run: (ctx) => clear(ctx, customerId(ctx)!, reload),
    },
  ];
}
