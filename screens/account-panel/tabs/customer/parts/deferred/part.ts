import { participate, type ParticipationReceipt } from '#services/deferred/participate.ts';
import { listParticipation, type Participation } from '#services/deferred/participation.ts';
import { setting } from '#ui/undo.ts';
import type { CustomerPart, PartContext } from '../part.ts';
import { chargeUnder, deferredLines } from './lines.ts';

type Rows = readonly Participation[];

/** Ticks the charge of a line for the customer, or takes the tick away; the same key takes that back. */
async function toggle(ctx: PartContext, rows: Rows, lineId: string | null): Promise<void> {
  const row = chargeUnder(rows, lineId);
  if (!row) return ctx.toast('There are no deferred charges. Setup (=SET) adds some.', 'info');
  const { charge, name, version, decided } = row;
  const { customerId } = ctx;
  const wanted = !row.participates;
  const change = { title: `Deferred charge ${name}`, record: `deferred charge ${charge} of ${customerId}`, version };
  const before = decided ? row.participates : null;
  await setting<boolean | null, ParticipationReceipt>(ctx.undo, { ...change, before, after: wanted }, (yes, at, how) =>
    ctx.call(participate, { customerId, charge, participates: yes, version: at }, how),
  );
  await ctx.refresh();
  ctx.toast(wanted ? `Takes part: ${name}` : `Takes no part any more: ${name}`, 'good');
}

/** Deferred charges, and whether the customer takes part in them. */
export const deferredPart: CustomerPart<Rows> = {
  id: 'deferred',
  title: 'Deferred Charges',
  short: 'Deferred',
  permission: listParticipation.permission,
  edit: 'customers.edit',
  load: (ctx, customerId) => ctx.call(listParticipation, { customerId }),
  alert: (rows) => rows.some(({ participates }) => participates),
  lines: deferredLines,
  open: toggle,
  commands: [
    {
      id: 'tick',
      title: 'Take part in the deferred charge, or no longer',
      keys: ['space'],
      permission: 'customers.edit',
      inPart: true,
      when: (_, rows, lineId) => chargeUnder(rows, lineId) !== undefined || 'No charge stands here.',
      run: toggle,
    },
  ],
};
