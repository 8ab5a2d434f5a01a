import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';
import type { Problem } from './read.ts';
import type { WrittenSetup } from './text.ts';

export const OUTCOMES = ['added', 'changed', 'retired', 'restored', 'moved', 'unchanged'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an import does to one thing. */
export interface PlanLine {
  /** `tables.document_type`, `options`, `groups`, `formats`. */
  readonly section: string;
  /** The code or the option. */
  readonly what: string;
  readonly outcome: Outcome;
}

/** What an import does, or would do. */
export interface ImportPlan {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** All but what stays as it is. */
  readonly lines: readonly PlanLine[];
}

/** An import at work: what it did so far, and what is wrong. */
export class Importing {
  readonly ctx: CommandContext;
  readonly written: WrittenSetup;
  readonly problems: Problem[] = [];
  readonly #lines: PlanLine[] = [];

  constructor(ctx: CommandContext, written: WrittenSetup) {
    this.ctx = ctx;
    this.written = written;
  }

  did(section: string, what: string, outcome: Outcome): void {
    this.#lines.push({ section, what, outcome });
  }

  wrong(path: readonly (string | number)[], message: string): void {
    this.problems.push({ line: this.written.lineOf(path), path: path.join('.'), message });
  }

  /** Does one thing; what its operation refuses is told at its place, and the others go on. */
  async one(path: readonly (string | number)[], work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const [field] = Object.entries(error.fields);
      this.wrong(field ? [...path, ...field[0].split('.')] : path, field?.[1] ?? error.message);
    }
  }

  plan(): ImportPlan {
    const counts = Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, this.#lines.filter((line) => line.outcome === outcome).length]),
    ) as Record<Outcome, number>;
    return { counts, lines: this.#lines.filter(({ outcome }) => outcome !== 'unchanged') };
  }
}

/** Custom fields that it changed: what Look-up finds by them may be another. */
export const changedFields = ({ lines }: ImportPlan): string[] =>
  lines
    .filter(({ section, outcome }) => section === 'tables.custom_field' && outcome === 'changed')
    .map(({ what }) => what);
