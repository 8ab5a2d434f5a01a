import type { Desk } from '../shell/desk.ts';
import type { Overlays } from '../shell/overlays.ts';
import { calendarOverlay } from './calendar.tsx';
import { pickManyOverlay } from './lists/pick-many.tsx';
import { putInOrderOverlay } from './lists/put-in-order.tsx';

/** Several of a list, ticked or put in order, or a day of a calendar; what would be lost by leaving is asked with `confirm`. */
export const listDialogs = (
  overlays: Overlays,
  confirm: Desk['confirm'],
): Pick<Desk, 'pickDay' | 'pickMany' | 'putInOrder'> => ({
  pickDay: async (asked) => (await overlays.open(calendarOverlay(asked)))?.day ?? null,
  pickMany: async (list) => (await overlays.open(pickManyOverlay(list, confirm)))?.values ?? null,
  putInOrder: async (list) => (await overlays.open(putInOrderOverlay(list, confirm)))?.values ?? null,
});
