import { autopayRefusal } from '#domain/autopay.ts';
import { type CustomerRecord, payingRulesOf } from '#domain/customer-record.ts';
import { paymentMethod } from '#domain/payment-methods.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { editRecord } from '#services/customers/record/edit.ts';
import { readRecord, type StoredRecord } from '#services/customers/record/read.ts';
import { Failure } from '#services/failure.ts';
import { undoably } from '#ui/undo.ts';
import type { PartContext } from '../part.ts';

const METHODS = { draft: 'by bank draft', card: 'by card' } as const;

/**
 * What becomes of automatic payments that a change would refuse; undefined where it refuses none.
 * @throws Failure `refused` when the question is left
 */
export async function endingChoice(
  ctx: Pick<PartContext, 'choose'>,
  before: StoredRecord,
  patch: Partial<CustomerRecord>,
): Promise<boolean | undefined> {
  const rules = payingRulesOf({ ...before, ...patch });
  const refused = before.autopays.filter(
    ({ method }) => autopayRefusal(method, rules) !== null && autopayRefusal(method, payingRulesOf(before)) === null,
  );
  const [first] = refused;
  if (!first) return undefined;
  const what = `The automatic payment ${METHODS[first.method]}`;
  const end = await ctx.choose<'end' | 'keep'>(`${what} would be refused`, [
    { value: 'end', label: 'End it with this change', detail: 'nothing more is drawn' },
    { value: 'keep', label: 'Leave it, to be seen to later', detail: 'it is refused when it is drawn' },
  ]);
  if (end === null) throw new Failure('refused', 'Nothing was saved.');
  return end === 'end';
}

/** Which payment methods the customer may not use; one built on a refused core method is refused with it. */
export async function disallow(ctx: PartContext): Promise<void> {
  const { customerId } = ctx;
  const before = await ctx.call(readRecord, { customerId });
  const methods = (await ctx.call(listCodeValues, { table: 'payment_method', all: false })).map(paymentMethod);
  const nameOf = (code: string): string => methods.find((one) => one.code === code)?.name ?? code;
  const ticked = await ctx.pickMany({
    title: 'Payment methods that are refused',
    choices: methods.map(({ code, name, core }) => ({
      value: code,
      label: name,
      detail: core === code ? 'with all that are built on it' : `built on ${nameOf(core)}`,
    })),
    ticked: before.disallowedMethods,
  });
  if (ticked === null) return;
  const disallowedMethods = [...ticked];
  try {
    const endAutopays = await endingChoice(ctx, before, { disallowedMethods });
    const { version } = before;
    const edit = (refused: readonly string[], at: number) => ({
      customerId,
      version: at,
      changes: { disallowedMethods: [...refused] },
      hides: false,
    });
    const done = await undoably(ctx.undo, {
      title: 'Payment methods that are refused',
      record: `customer ${customerId}`,
      version,
      run: () => ctx.call(editRecord, { ...edit(disallowedMethods, version), endAutopays }),
      // Payments that ended with it would stay so.
      back: ({ endedAutopays }) =>
        endedAutopays > 0 ? null : (at, how) => ctx.call(editRecord, edit(before.disallowedMethods, at), how),
    });
    await ctx.refresh();
    ctx.toast(done.endedAutopays > 0 ? 'Saved; the automatic payment has ended.' : 'Saved.', 'good');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    ctx.toast(error.message, 'warning');
  }
}
