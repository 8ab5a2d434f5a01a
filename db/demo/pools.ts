import type { Customer } from './people.ts';

/** How many people are kept in mind who may turn up again. */
export const POOL = 24;

/** Somebody who left a place and may turn up at another. */
export interface Mover {
  readonly customer: Customer;
  readonly day: number;
}

/** Keeps a customer in mind, and forgets the one longest known. */
export function remember(pool: Customer[], customer: Customer): void {
  pool.push(customer);
  if (pool.length > POOL) pool.shift();
}
