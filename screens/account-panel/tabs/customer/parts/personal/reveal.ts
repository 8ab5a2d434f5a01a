import { ageOn } from '#domain/civil-date.ts';
import { DETAIL_NAMES, REVEAL_REASONS, type RevealReason } from '#domain/sensitive.ts';
import type { SensitiveLine } from '#services/secrets/list.ts';
import { type Revealed, revealSensitive, SHOWN_MS } from '#services/secrets/reveal.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { PartContext } from '../part.ts';
import type { WhoseNumber } from './number-form.ts';

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
  { name: 'password', label: 'Your password', kind: 'secret', proof: true, maxLength: 200 },
  {
    name: 'code',
    label: 'Your code',
    kind: 'secret',
    proof: true,
    maxLength: 40,
    help: 'Of the second factor, if you sign in with one.',
  },
];

type Typed = Readonly<Record<'reason' | 'explanation' | 'password' | 'code', string>>;

/** Shows a number for some seconds, to who says why and proves afresh who they are. */
export async function reveal(
  ctx: Pick<PartContext, 'call' | 'today' | 'form' | 'showSecret'>,
  line: SensitiveLine,
  whose: WhoseNumber,
): Promise<void> {
  const { kind, autopayId, name } = line;
  const shown = await ctx.form<Typed, Revealed>({
    title: `Show: ${name}`,
    verb: 'Show',
    today: ctx.today,
    initial: { reason: '', explanation: '', password: '', code: '' },
    fields: REVEAL_FIELDS,
    save: ({ reason, ...typed }) =>
      ctx.call(revealSensitive, { ...whose, kind, autopayId, reason: reason as RevealReason, ...typed }),
  });
  if (shown === null) return;
  const lines = [
    ...(shown.detail === null ? [] : [`${DETAIL_NAMES[kind] ?? 'Detail'}: ${shown.detail}`]),
    ...(kind === 'birth-date' ? [`Age: ${ageOn(shown.value, ctx.today)}`] : []),
  ];
  await ctx.showSecret({ title: shown.name, value: shown.value, lines, seconds: SHOWN_MS / 1000 });
}
