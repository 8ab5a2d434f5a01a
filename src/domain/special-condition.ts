import type { CivilDate } from './civil-date.ts';
import type { PanelBadge } from './panel-badge.ts';

/** A special condition in force on a customer or a location. */
export interface SpecialConditionFact {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** Text of its own badge; the code otherwise. */
  readonly badge: string | null;
  readonly startedOn: CivilDate;
  readonly endedOn: CivilDate | null;
  readonly remarks: string | null;
}

/** The badge of a special condition; `tab` is the one that lists it. */
export function conditionBadge(condition: SpecialConditionFact, tab: 'customer' | 'location'): PanelBadge {
  const until = condition.endedOn === null ? '' : ` until ${condition.endedOn}`;
  return {
    id: `condition-${condition.id}`,
    text: condition.badge ?? condition.code.toUpperCase(),
    tone: 'warning',
    name: condition.name,
    explanation: `Since ${condition.startedOn}${until}.${condition.remarks ? ` ${condition.remarks}` : ''}`,
    cause: { tab, part: 'conditions', record: condition.id },
  };
}
