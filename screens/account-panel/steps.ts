import type { Command } from '#keymap/command.ts';
import { stepCustomer, stepLocation } from '#services/lookup/step.ts';
import { goTo } from './load.ts';
import type { PanelContext } from './model.ts';

type PanelCommand = Command<PanelContext>;

/** The record before or after by number; with none open the right arrow brings the very first. */
async function step(ctx: PanelContext, what: 'customer' | 'location', direction: 'next' | 'previous'): Promise<void> {
  const { panel } = ctx.get();
  const customerId = panel?.customer?.id ?? null;
  const locationId = panel?.location?.id ?? null;
  const nobody = (what === 'customer' ? customerId : locationId) === null;
  const way: 'first' | 'last' | 'next' | 'previous' = nobody ? (direction === 'next' ? 'first' : 'last') : direction;
  const found =
    what === 'customer'
      ? await ctx.call(stepCustomer, { customerId, direction: way })
      : await ctx.call(stepLocation, { locationId, direction: way });
  if (!found) return ctx.toast(`There is no ${direction} ${what}.`, 'info');
  if (found.accountId !== null) await goTo(ctx, { accountId: found.accountId });
  else if (what === 'customer') await goTo(ctx, { customerId: found.customerId! });
  else await goTo(ctx, { locationId: found.locationId! });
}

/** ◀ ▶ of customers and of locations: by their own keys everywhere, by the arrows on their card. */
export const stepCommands: readonly PanelCommand[] = (['customer', 'location'] as const).flatMap((what) =>
  (['next', 'previous'] as const).flatMap((direction): PanelCommand[] => {
    const [key, arrow] = {
      customer: { next: ['>', 'right'], previous: ['<', 'left'] },
      location: { next: ['}', 'right'], previous: ['{', 'left'] },
    }[what][direction] as [string, string];
    const capital = `${direction.charAt(0).toUpperCase()}${direction.slice(1)}`;
    return [
      {
        id: `account.${direction}-${what}`,
        title: `${capital} ${what} by number`,
        group: 'go',
        keys: [key],
        applies: () => true,
        run: (ctx) => step(ctx, what, direction),
      },
      {
        id: `account.${direction}-${what}-card`,
        title: `${capital} ${what}, on its card`,
        group: 'go',
        keys: [arrow],
        applies: ({ get }) => get().focus === what,
        run: (ctx) => step(ctx, what, direction),
      },
    ];
  }),
);
