import type { PanelBadge } from './panel-badge.ts';
import type { CivilDate } from './civil-date.ts';
import { type Cents, formatCents } from './money.ts';
import { conditionBadge, type SpecialConditionFact } from './special-condition.ts';

/** What the badges of the location card follow from. */
export interface LocationBadgeFacts {
  readonly openOrders: number;
  /** The order due first. */
  readonly firstOrder: { readonly number: string; readonly description: string; readonly openedOn: CivilDate } | null;
  readonly liens: number;
  readonly lien: { readonly reference: string; readonly placedOn: CivilDate; readonly amountCents: Cents } | null;
  readonly conditions: readonly SpecialConditionFact[];
}

/** Badges of the location card. */
export function locationBadges({ openOrders, firstOrder, liens, lien, conditions }: LocationBadgeFacts): PanelBadge[] {
  const badges: PanelBadge[] = [];
  if (openOrders > 0) {
    const first = firstOrder ? `${firstOrder.number} of ${firstOrder.openedOn}: ${firstOrder.description}` : '';
    badges.push({
      id: 'orders',
      text: `SO ${openOrders}`,
      tone: 'warning',
      name: 'Open Service Order',
      explanation: openOrders === 1 ? first : `${openOrders} open, the oldest ${first}`,
      cause: { tab: 'location', part: 'orders' },
    });
  }
  if (lien) {
    badges.push({
      id: 'lien',
      text: liens > 1 ? `LIEN ${liens}` : 'LIEN',
      tone: 'bad',
      name: 'On Lien',
      explanation: `${formatCents(lien.amountCents)} since ${lien.placedOn}, ${lien.reference}.`,
      cause: { tab: 'location', part: 'conditions' },
    });
  }
  return [...badges, ...conditions.map((condition) => conditionBadge(condition, 'location'))];
}
