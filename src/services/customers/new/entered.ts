import { phonesReady } from '#domain/phone.ts';
import type { Problems } from '#domain/reach.ts';
import { query } from '../../operation.ts';
import { enteredProblems } from './checked.ts';
import { newCustomer } from './input.ts';

/** Who it is and where bills go. */
export const entered = newCustomer.pick({ detail: true, billTo: true });

/** Says what is wrong with somebody new while still being typed: what entering it all would refuse, by path. */
export const checkEntered = query({
  name: 'customer.check-entered',
  summary: 'What is wrong with what was typed of a new customer so far, by field',
  permission: 'customers.create',
  input: entered,
  run: async (ctx, input): Promise<Problems> => {
    await phonesReady();
    return enteredProblems(ctx, input);
  },
});
