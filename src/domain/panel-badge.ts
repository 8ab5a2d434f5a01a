export type BadgeTone = 'good' | 'info' | 'warning' | 'bad';

/** Where the cause of a badge can be seen: a part of the account panel, and the record there. */
export interface BadgeCause {
  readonly tab: 'customer' | 'location' | 'history' | 'notes';
  readonly part?: 'id' | 'standing' | 'contact' | 'conditions' | 'orders';
  readonly record?: number;
}

/** A short sign of a state, which explains itself and knows its cause. */
export interface PanelBadge {
  readonly id: string;
  /** In the card: `PAST DUE`. */
  readonly text: string;
  readonly tone: BadgeTone;
  /** Its name in full: `Balance – Past Due`. */
  readonly name: string;
  /** What, since when, how much. */
  readonly explanation: string;
  readonly cause: BadgeCause;
}
