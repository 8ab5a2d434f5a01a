import type { AuditJump } from './rows.ts';

/** What an entry's record is called, and the way there. */
export interface Label {
  readonly id: number;
  readonly record: string;
  readonly jump: AuditJump | null;
}
