import type { ScreenContext } from '#ui/screen.ts';
import type { Entry, PaymentParams, PaymentState } from './model.ts';

export type PaymentContext = ScreenContext<PaymentParams | undefined, PaymentState>;

/** Changes what is being entered. */
export const change = (ctx: PaymentContext, patch: Partial<Entry>): void =>
  ctx.set({ entry: { ...ctx.get().entry, ...patch } });
