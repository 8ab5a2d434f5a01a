import type { CommandContext } from '../operation.ts';

/** What a correction may use besides a command's context. */
export interface CorrectionContext extends CommandContext {
  /** Only looked at: nothing is kept. */
  readonly trial: boolean;
  /** Somebody who may has approved it: the author's limit does not hold. */
  readonly approved: boolean;
  /** Says in a preview what the operator should know. */
  readonly warn: (text: string) => void;
}
