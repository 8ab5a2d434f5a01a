import { z } from 'zod';
import { reindexCustomer } from '#db/search/reindex.ts';
import { type CustomerRecord, payingRulesOf, recordChanges } from '#domain/customer-record.ts';
import { displayName } from '#domain/person-name.ts';
import { sortKey } from '#domain/sort-key.ts';
import { endAutopays, refusedAutopays } from '../../autopay/end.ts';
import { Failure } from '../../failure.ts';
import { command, type CommandContext } from '../../operation.ts';
import { sees } from '../../sight.ts';
import { assignedBefore } from './assigned.ts';
import { checkRecord } from './check.ts';
import { recordPatch, type RecordPatch } from './input.ts';
import { storedRecord } from './read.ts';

/** What a change answers with. */
export interface RecordReceipt {
  readonly customerId: number;
  readonly version: number;
  /** Automatic payments that it ended. */
  readonly endedAutopays: number;
  /** The editor no longer sees the customer. */
  readonly hidden: boolean;
}

const id = z.number().int().positive();

/** An empty text says nothing. */
const orNull = <V>(value: V): V | null => ((value as unknown) === '' ? null : value);

/** The record with what was said put into it. */
const merged = (record: CustomerRecord, patch: RecordPatch): CustomerRecord => ({
  ...record,
  ...(Object.fromEntries(
    Object.entries(patch).flatMap(([field, value]) => (value === undefined ? [] : [[field, orNull(value)]])),
  ) as Partial<CustomerRecord>),
});

/**
 * Changes who a customer is and how it is dealt with. The day on which the account status was
 * assigned is set here, when the status changes and never otherwise; an undone change leaves no mark on it.
 */
export const editRecord = command({
  name: 'customer.edit',
  summary: 'Change the Customer ID section: names, status, flags, payment methods, groups and terms',
  permission: 'customers.edit',
  input: z.object({
    customerId: id,
    version: id,
    changes: recordPatch.describe('fields that are left out stay as they are'),
    hides: z.boolean().default(false).describe('make it private although the editor will no longer see it'),
    endAutopays: z
      .boolean()
      .optional()
      .describe('whether automatic payments by a method that becomes disallowed end with it'),
    takesBack: z
      .boolean()
      .optional()
      .describe('an edit is undone: a status that comes back keeps the day on which it had been assigned'),
  }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (
    ctx,
    { customerId, version, hides, endAutopays: end, takesBack, changes: patch },
  ): Promise<RecordReceipt> => {
    const {
      version: present,
      number,
      statusAssignedOn,
      customerId: _,
      ...before
    } = await storedRecord(ctx.db, customerId);
    if (present !== version) {
      throw new Failure('conflict', 'Somebody else has changed this customer meanwhile. Nothing was saved.');
    }
    const after = merged(before, patch);
    const changes = recordChanges(before, after);
    if (Object.keys(changes).length === 0) return { customerId, version, endedAutopays: 0, hidden: false };
    await checkRecord(ctx, before, after, hides);
    const endedAutopays = await settleAutopays(ctx, customerId, before, after, end);
    const name = displayName(after) || number;
    const [was, becomes] = [before.accountStatus, after.accountStatus];
    const former = takesBack && was !== becomes ? await assignedBefore(ctx.db, customerId, becomes, was) : null;
    const assignedOn = changes.accountStatus ? (former ?? ctx.today) : statusAssignedOn;
    const customer = await ctx.em.findOne(ctx.e.Customer, customerId);
    if (!customer) throw new Failure('not_found', 'No such record, or it is private.');
    ctx.em.assign(customer, {
      ...after,
      disallowedMethods: after.disallowedMethods.length === 0 ? null : JSON.stringify(after.disallowedMethods),
      statusAssignedOn: assignedOn,
      ...(namesChanged(changes) && { displayName: name, sortName: sortKey(name) }),
    });
    ctx.audit({
      entity: 'Customer',
      entityId: customerId,
      customerId,
      changes: {
        ...changes,
        ...(assignedOn === statusAssignedOn ? {} : { statusAssignedOn: [statusAssignedOn, assignedOn] as const }),
      },
    });
    await ctx.em.flush();
    await reindexCustomer(ctx.db, customerId);
    return { customerId, version: customer.version, endedAutopays, hidden: !sees(ctx.sight, after) };
  },
});

const namesChanged = (changes: object): boolean =>
  ['kind', 'firstName', 'middleName', 'lastName', 'suffix', 'businessName'].some((field) => field in changes);

/**
 * An automatic payment whose method becomes disallowed must be decided on in the same change.
 * @returns how many were ended
 * @throws Failure `refused` while nothing was said about it
 */
async function settleAutopays(
  ctx: CommandContext,
  customerId: number,
  before: CustomerRecord,
  after: CustomerRecord,
  end: boolean | undefined,
): Promise<number> {
  const refused = await refusedAutopays(ctx.db, customerId, payingRulesOf(after), ctx.today);
  const already = await refusedAutopays(ctx.db, customerId, payingRulesOf(before), ctx.today);
  const newly = refused.filter((one) => !already.some(({ id: old }) => old === one.id));
  const [first] = newly;
  if (!first || end === false) return 0;
  if (end === undefined) {
    const words = `${first.words} An automatic payment uses it: say whether it ends.`;
    throw new Failure('refused', words, { endAutopays: words });
  }
  return endAutopays(
    ctx,
    customerId,
    newly.map(({ id: one }) => one),
    first.words,
  );
}
