/** One choice of a picker. */
export interface Choice<V> {
  readonly value: V;
  readonly label: string;
  /** Shown dimmed behind the label. */
  readonly detail?: string;
  /** A shorter code that may be typed for it. */
  readonly short?: string;
}

/** One of several that can be ticked. */
export interface Tickable extends Choice<string> {
  /** Heading that it stands under, with those before and after it of the same. */
  readonly area?: string;
}

/** Any number of several. */
export interface TickList {
  readonly title: string;
  readonly choices: readonly Tickable[];
  /** Values that are ticked at first. */
  readonly ticked: readonly string[];
}
