import { z } from 'zod';
import {
  detailProblem,
  lastFour,
  plainValue,
  SENSITIVE_LONGEST,
  SENSITIVE_NAMES,
  valueProblem,
} from '#domain/sensitive.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { isOfAutopay, placeOf, subjectOf, whichNumber, type WhichNumber } from './place.ts';
import { dropSecret, findSealed, putDetail, putSecret } from './store.ts';
import type { OpenVault, Place } from './vault.ts';

const HIDDEN = '•';

/** The version that was looked at; null: there was none. */
const version = z.number().int().nullable();

/** Enters a sensitive number in the place of the one before. It is sealed before it is stored. */
export const setSensitive = command({
  name: 'sensitive.set',
  summary: 'Enter or change a sensitive number of a customer or a contact',
  permission: 'sensitive.edit',
  secret: true,
  input: whichNumber.extend({
    value: shortText(SENSITIVE_LONGEST),
    detail: shortText(SENSITIVE_LONGEST).default('').describe('state of a licence, routing number of a bank account'),
    version,
  }),
  subject: subjectOf,
  prepare: async ({ kind, value, detail }, { vault }) => {
    const plain = { value: plainValue(kind, value), detail: plainDetail(detail) };
    const problems = { value: valueProblem(kind, plain.value), detail: detailProblem(kind, plain.detail) };
    const fields = Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== null));
    const [first] = Object.values(fields);
    if (first) throw new Failure('invalid', first, fields as Record<string, string>);
    const open = await vault.unlock();
    const [blindIndex] = await open.indexes(kind, plain.value);
    return { ...plain, open, blindIndex };
  },
  run: async (ctx, input, prepared: { value: string; detail: string; open: OpenVault; blindIndex: string }) => {
    const place = await placeOf(ctx.db, input);
    const before = await unchangedSince(ctx, place, input.version);
    const last4 = lastFour(input.kind, prepared.value);
    const detail = prepared.detail || null;
    const { customerId } = input;
    await putSecret(
      ctx.db,
      prepared.open,
      place,
      prepared.value,
      { customerId, last4, detail, blindIndex: prepared.blindIndex },
      { id: ctx.newId(), now: ctx.now },
    );
    if (isOfAutopay(input.kind)) await tellAutopay(ctx, place.entityId, { last4, detail });
    ctx.audit({
      entity: place.entity,
      entityId: place.entityId,
      customerId,
      changes: {
        [input.kind]: [before ? HIDDEN : null, HIDDEN],
        ...((before?.detail ?? null) === detail ? {} : { detail: [before?.detail ?? null, detail] }),
      },
    });
    return { ...whichOf(input), version: (before?.version ?? 0) + 1 };
  },
});

/** Changes what goes with a sensitive number in the open; the number stays as it is. */
export const setSensitiveDetail = command({
  name: 'sensitive.setDetail',
  summary: "Change the state of a customer's licence, or the routing number of a bank account",
  permission: 'sensitive.edit',
  input: whichNumber.extend({ detail: shortText(SENSITIVE_LONGEST), version: z.number().int() }),
  subject: subjectOf,
  run: async (ctx, input) => {
    const detail = plainDetail(input.detail);
    const problem = detailProblem(input.kind, detail);
    if (problem) throw new Failure('invalid', problem, { detail: problem });
    const place = await placeOf(ctx.db, input);
    const before = await unchangedSince(ctx, place, input.version);
    await putDetail(ctx.db, place, detail || null, ctx.now);
    if (isOfAutopay(input.kind)) await tellAutopay(ctx, place.entityId, { last4: before?.last4 ?? null, detail });
    const { customerId, kind } = input;
    const changes = { [kind]: [HIDDEN, HIDDEN], detail: [before?.detail ?? null, detail] } as const;
    ctx.audit({ entity: place.entity, entityId: place.entityId, customerId, changes });
    return { ...whichOf(input), version: input.version + 1 };
  },
});

/** Takes a sensitive number away. */
export const clearSensitive = command({
  name: 'sensitive.clear',
  summary: 'Take a sensitive number of a customer or a contact away',
  permission: 'sensitive.edit',
  input: whichNumber.extend({ version: z.number().int() }),
  subject: subjectOf,
  run: async (ctx, input) => {
    const place = await placeOf(ctx.db, input);
    await unchangedSince(ctx, place, input.version);
    await dropSecret(ctx.db, place);
    const { customerId, kind } = input;
    ctx.audit({ entity: place.entity, entityId: place.entityId, customerId, changes: { [kind]: [HIDDEN, null] } });
    return whichOf(input);
  },
});

const plainDetail = (typed: string): string => typed.replaceAll(/[\s-]/g, '').toUpperCase();

const whichOf = ({ customerId, locationId, contactId, kind, autopayId }: WhichNumber): WhichNumber => ({
  customerId,
  locationId,
  contactId,
  kind,
  autopayId,
});

/** @throws Failure `conflict` when somebody else has entered, changed or taken it away meanwhile */
async function unchangedSince(ctx: CommandContext, place: Place, seen: number | null) {
  const row = await findSealed(ctx.db, place);
  if ((row?.version ?? null) === seen) return row;
  const name = SENSITIVE_NAMES[place.kind as keyof typeof SENSITIVE_NAMES];
  throw new Failure('conflict', `Somebody else has changed this meanwhile: ${name} Nothing was saved.`);
}

/** The automatic payment tells its account by the last four, and its bank by the routing number. */
async function tellAutopay(
  { db, em, e }: CommandContext,
  id: number,
  { last4, detail }: { readonly last4: string | null; readonly detail: string | null },
): Promise<void> {
  const instruction = await em.findOneOrFail(e.AutopayInstruction, { id });
  if (last4 !== null) instruction.last4 = last4;
  if (detail === null || detail === instruction.routingNumber) return;
  const bank = await db
    .selectFrom('code_value')
    .select('name')
    .where('table_name', '=', 'bank_code')
    .where('code', '=', detail)
    .executeTakeFirst();
  instruction.routingNumber = detail;
  if (bank) instruction.bankOrBrand = bank.name;
}
