import { sized } from './record.ts';

/** How often a property is tried; METERDESK_FAULTS_SEED tries the same again. */
export function seededRuns(small: number, full: number): { readonly numRuns: number; readonly seed?: number } {
  const seed = process.env.METERDESK_FAULTS_SEED;
  return { numRuns: sized(small, full), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
