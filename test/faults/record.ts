import { appendFileSync } from 'node:fs';
import { spreadOf } from '#test/bench/figure.ts';
import type { PromiseName } from './promises.ts';

/** Whether sizes are those of the promises, or smaller ones that show that the tests work. */
export const FULL = process.env.METERDESK_FAULTS === 'full';

/** The size of a scenario. */
export const sized = <T>(small: T, full: T): T => (FULL ? full : small);

/** A figure as a test leaves it for the table at the end. */
export interface Recorded {
  readonly name: PromiseName;
  readonly value: number | null;
  readonly spread: number | null;
  /** How it was taken, or why it could not be. */
  readonly remark: string;
}

/** Leaves a figure for the table that ends the suite; without one (a single test was run) it is only printed. */
function leave(figure: Recorded): void {
  const file = process.env.METERDESK_FAULTS_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify(figure)}\n`);
  else console.log(`${figure.name}: ${figure.value ?? 'not taken'} (${figure.remark})`);
}

/** Says what was found, and over how much. */
export function record(name: PromiseName, value: number, remark: string, samples: readonly number[] = []): void {
  leave({ name, value, spread: samples.length > 0 ? spreadOf(samples) : null, remark });
}

/** Says why a figure cannot be taken here. */
export function cannot(name: PromiseName, why: string): void {
  leave({ name, value: null, spread: null, remark: why });
}
