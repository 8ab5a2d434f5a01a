import type { Desk } from './desk.ts';
import type { Overlays } from './overlays.ts';
import { pickManyOverlay } from './overlays/pick-many.tsx';
import { putInOrderOverlay } from './overlays/put-in-order.tsx';

/** Several of a list, ticked or put in order; what would be lost by leaving is asked with `confirm`. */
export const listDialogs = (overlays: Overlays, confirm: Desk['confirm']): Pick<Desk, 'pickMany' | 'putInOrder'> => ({
  pickMany: async (list) => (await overlays.open(pickManyOverlay(list, confirm)))?.values ?? null,
  putInOrder: async (list) => (await overlays.open(putInOrderOverlay(list, confirm)))?.values ?? null,
});
