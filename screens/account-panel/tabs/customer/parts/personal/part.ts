import { clearSensitive } from '#services/secrets/change.ts';
import { listSensitive, type SensitiveLine } from '#services/secrets/list.ts';
import { fact } from '../../../../document/lines.ts';
import type { DocLine } from '../../../../document/model.ts';
import type { CustomerPart, PartCommand, PartContext, Removal } from '../part.ts';
import { numberForm } from './number-form.ts';
import { reveal } from './reveal.ts';
import { resetByEnter, webLoginCommand } from './web-login.ts';

type Lines = readonly SensitiveLine[];

const idOf = ({ kind, autopayId }: SensitiveLine): string => `personal.${kind}.${autopayId ?? ''}`;

/** Those about the person; a bank account stands with the payment that is drawn from it. */
const ofPerson = (lines: Lines): Lines => lines.filter(({ autopayId }) => autopayId === null);

const WEB_LOGIN = 'personal.weblogin';

const personalLines = (lines: Lines): DocLine[] => [
  ...ofPerson(lines).map((line) =>
    fact(idOf(line), line.name, [line.masked ?? 'None', line.detail].filter(Boolean).join('  '), { labelWidth: 22 }),
  ),
  fact(WEB_LOGIN, 'Reset Web Login', 'Press L', { labelWidth: 22, copy: '' }),
];

const under = (lines: Lines, lineId: string | null): SensitiveLine | undefined =>
  lines.find((line) => idOf(line) === lineId);

/** The number with the cursor, the only one, or the one that is chosen. */
async function choose(
  ctx: PartContext,
  title: string,
  lines: Lines,
  lineId: string | null,
): Promise<SensitiveLine | null> {
  const here = under(lines, lineId);
  if (here) return here;
  if (lines.length === 1) return lines[0]!;
  return ctx.choose(
    title,
    lines.map((value) => ({ value, label: value.name, detail: value.masked ?? 'none yet' })),
  );
}

async function enter(ctx: PartContext, line: SensitiveLine | null | undefined): Promise<void> {
  const saved = line && (await ctx.form(numberForm(ctx, line, { customerId: ctx.customerId })));
  if (!saved) return;
  await ctx.refresh();
  ctx.reveal(idOf(line));
  ctx.toast(saved, 'good');
}

function removal(ctx: PartContext, line: SensitiveLine | undefined): Removal | string {
  if (!line || line.version === null) return 'No number is kept here.';
  const { kind, autopayId, version, name, masked } = line;
  return {
    title: 'Take this number away?',
    lines: [`${name}  ${masked}`, 'It cannot be brought back.'],
    action: 'Take away',
    run: async () => {
      await ctx.call(clearSensitive, { customerId: ctx.customerId, kind, autopayId, version });
      return { told: `Taken away: ${name}` };
    },
  };
}

const kept = (lines: Lines): Lines => lines.filter((line) => line.masked !== null);

const commands: readonly PartCommand<Lines>[] = [
  {
    id: 'reveal',
    title: 'Show sensitive number',
    keys: ['S'],
    hint: 'Show',
    footer: 31,
    permission: 'sensitive.reveal',
    when: (_, lines) => kept(lines).length > 0 || 'No sensitive number is kept here.',
    run: async (ctx, lines, lineId) => {
      const line = await choose(ctx, 'Show which number?', kept(lines), lineId);
      if (!line) return;
      ctx.reveal(idOf(line));
      await reveal(ctx, line, { customerId: ctx.customerId });
    },
  },
  {
    id: 'enter',
    title: 'Enter or change sensitive number',
    keys: ['E'],
    permission: 'sensitive.edit',
    run: async (ctx, lines, lineId) =>
      enter(ctx, await choose(ctx, 'Enter or change which number?', ofPerson(lines), lineId)),
  },
  webLoginCommand,
];

/** Numbers about the person that are kept sealed, masked. */
export const personalPart: CustomerPart<Lines> = {
  id: 'personal',
  title: 'Personal Info',
  short: 'Personal',
  permission: listSensitive.permission,
  edit: 'sensitive.edit',
  early: true,
  load: (ctx, customerId) => ctx.call(listSensitive, { customerId }),
  alert: (lines) => kept(ofPerson(lines)).length > 0,
  lines: personalLines,
  open: (ctx, lines, lineId) => (lineId === WEB_LOGIN ? resetByEnter(ctx) : enter(ctx, under(lines, lineId))),
  remove: (ctx, lines, lineId) => removal(ctx, under(lines, lineId)),
  commands,
};
