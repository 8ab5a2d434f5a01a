import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a session that ended early was doing last; nothing of the record itself. */
export interface Receipt {
  readonly operation: string;
  readonly summary: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly outcome: 'at work' | 'saved' | 'not saved';
}

/**
 * Receipts of sessions that ended early, one file a user and database. Files, because they can
 * be written at once when the line has dropped, whoever holds the database just then.
 */
export class ReceiptFolder {
  readonly #folder: string;
  readonly #database: string;

  /** @param database what tells one database from another */
  constructor(folder: string, database: string) {
    this.#folder = folder;
    this.#database = database;
  }

  /** Keeps a receipt in place of the one before; where nothing can be written there is none. */
  keep(userId: number, receipt: Receipt): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(this.#file(userId), JSON.stringify(receipt), { mode: 0o600 });
    } catch {
      // The program is about to end and has nobody left to tell.
    }
  }

  /** The receipt, given once. */
  take(userId: number): Receipt | null {
    const file = this.#file(userId);
    try {
      const receipt = JSON.parse(readFileSync(file, 'utf8')) as Receipt;
      rmSync(file);
      return receipt;
    } catch {
      return null;
    }
  }

  #file(userId: number): string {
    const name = createHash('sha256').update(`${this.#database}\n${userId}`).digest('hex').slice(0, 32);
    return join(this.#folder, `${name}.json`);
  }
}
