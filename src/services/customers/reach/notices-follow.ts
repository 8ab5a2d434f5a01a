import type { CommandContext } from '../../operation.ts';

/** How bills and notices go out; both may be wanted. */
export interface Notices {
  readonly mailNotices: boolean;
  readonly emailNotices: boolean;
}

/** What becomes of notices with the last e-mail address, and with one that comes back. */
export interface NoticesFollow {
  /** Ends those that go nowhere any more; answers how they went, null where nothing ended. */
  readonly end: (ctx: CommandContext, customerId: number, left: readonly unknown[]) => Promise<Notices | null>;
  readonly again: (ctx: CommandContext, customerId: number, notices: Notices) => Promise<void>;
}
