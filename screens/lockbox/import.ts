import { formatCents, parseCents } from '#domain/money.ts';
import { Failure } from '#services/failure.ts';
import { importLockbox, type LockboxReceipt } from '#services/lockbox/import.ts';
import { PROFILE_NAMES } from '#services/lockbox/profile.ts';
import type { FormDefinition, FormValues } from '#ui/form/definition.ts';
import { newList } from '#ui/table/model.ts';
import type { LockboxContext } from './model.ts';

type ImportValues = FormValues & {
  readonly path: string;
  readonly profile: string;
  readonly controlCents: string;
  readonly controlCount: string;
  readonly depositedOn: string;
};

const importForm = (ctx: LockboxContext): FormDefinition<ImportValues, LockboxReceipt> => ({
  title: 'Import a lockbox file',
  verb: 'Import',
  today: ctx.today,
  fields: [
    { name: 'path', label: 'File', kind: 'text', required: true, maxLength: 1000 },
    {
      name: 'profile',
      label: 'Profile',
      kind: 'code',
      required: true,
      choices: PROFILE_NAMES.map((value) => ({ value, label: value === 'csv' ? 'With headings' : 'Fixed columns' })),
    },
    {
      name: 'controlCents',
      label: 'Control total',
      kind: 'amount',
      help: 'Of the deposit slip; needed without a trailer.',
    },
    { name: 'controlCount', label: 'Control count', kind: 'text', maxLength: 6 },
    { name: 'depositedOn', label: 'Deposited on', kind: 'date', help: 'Where the file does not say it.' },
  ],
  initial: { path: '', profile: 'csv', controlCents: '', controlCount: '', depositedOn: '' },
  save: async ({ path, profile, controlCents, controlCount, depositedOn }, _, key) => {
    const count = controlCount.trim();
    if (!/^\d*$/.test(count)) throw new Failure('invalid', 'Give a number.', { controlCount: 'Give a number.' });
    const { name, lines } = await ctx.readFile(path);
    return ctx.call(
      importLockbox,
      {
        name,
        lines: [...lines],
        profile,
        ...(controlCents === '' ? {} : { controlCents: parseCents(controlCents) ?? 0 }),
        ...(count === '' ? {} : { controlCount: Number(count) }),
        ...(depositedOn === '' ? {} : { depositedOn }),
      },
      { idempotencyKey: key },
    );
  },
});

/** Takes a bank's file and shows what waits. */
export async function importFile(ctx: LockboxContext): Promise<void> {
  const receipt = await ctx.form(importForm(ctx));
  if (!receipt) return;
  const { batchNumber, matched, matchedCents, exceptions } = receipt;
  ctx.toast(
    `Batch ${batchNumber}: ${matched} credited, ${formatCents(matchedCents)}; ${exceptions} wait.`,
    exceptions > 0 ? 'warning' : 'good',
  );
  ctx.set({ status: 'exception', list: newList() });
  await ctx.reload();
}
