import type { AnyOperation } from '../operation.ts';
import { accountsOfCustomer, filterChoices } from './choices.ts';
import { find } from './find.ts';
import { list } from './list.ts';
import { stepCustomer, stepLocation } from './step.ts';

export const lookupOperations: readonly AnyOperation[] = [
  accountsOfCustomer,
  filterChoices,
  find,
  list,
  stepCustomer,
  stepLocation,
];
