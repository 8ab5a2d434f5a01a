import { formatCents } from '#domain/money.ts';
import { historyDetails } from '#services/history/details.ts';
import { isInvoice, KIND_LABELS } from '#services/history/kinds.ts';
import type { Choice } from '#ui/choice.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { currentRow } from '#ui/table/lens.ts';
import type { PanelSubject } from '../../tab.ts';
import { historyLens } from './lens.ts';
import { show } from './load.ts';
import type { HistoryState, PickedView } from './model.ts';

type Ctx = ScreenContext<PanelSubject, HistoryState>;

/** The view of one invoice, as the picker has it too. */
export const invoiceView = (id: number, number: string | null, on: string): PickedView => ({
  view: 'invoice',
  label: `Invoice ${number ?? `of ${on}`}`,
  invoiceId: id,
});

/** The invoices that a transaction is about: itself, what it corrects or reverses, or what its money paid. */
async function invoicesOf(ctx: Ctx, transactionId: number): Promise<Choice<PickedView>[]> {
  const { id, kind, number, effectiveOn, links, allocations } = await ctx.call(historyDetails, { transactionId });
  if (isInvoice(kind)) return [{ value: invoiceView(id, number, effectiveOn), label: number ?? '' }];
  const changed = links.filter(({ relation }) => relation === 'corrects' || relation === 'reverses');
  const paid = allocations.filter(({ direction }) => direction === 'paid');
  const found = [...changed, ...paid.map(({ transactionId: of, ...rest }) => ({ ...rest, id: of }))].filter((each) =>
    isInvoice(each.kind),
  );
  const byId = new Map(found.map((each) => [each.id, each]));
  return [...byId.values()].map((each) => ({
    value: invoiceView(each.id, each.number, each.effectiveOn),
    label: `${KIND_LABELS[each.kind]} ${each.number ?? ''}`.trim(),
    detail: `${each.effectiveOn}  ${formatCents(each.amountCents)}`,
  }));
}

/** Shows the invoice of the row, asking which where its money paid several. */
export async function showInvoice(ctx: Ctx): Promise<void> {
  const row = currentRow(historyLens, ctx.get());
  if (row === undefined) return;
  const choices = await invoicesOf(ctx, row.id);
  if (choices.length === 0) return ctx.toast('It is about no invoice.', 'warning');
  const picked = choices.length === 1 ? choices[0]!.value : await ctx.choose('Invoice', choices);
  if (picked !== null) await show(ctx, { picked });
}
