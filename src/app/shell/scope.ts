import type { BoundCommand } from '#keymap/bind.ts';
import type { InputEvent, Taken } from '#keymap/keys.ts';

/** One level that gets a look at every input: an overlay, the open screen, what works everywhere. */
export interface Scope {
  readonly commands: readonly BoundCommand[];
  /** True while printable keys are text. */
  readonly typing: boolean;
  /** First chance at an input. */
  readonly input?: (event: InputEvent) => Taken;
}

/** Whether a key would be text in a field. */
export const isPrintable = (event: InputEvent): boolean =>
  event.type === 'key' && event.text !== undefined && !/^(?:ctrl|alt)\+/.test(event.key);
