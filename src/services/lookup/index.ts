import type { AnyOperation } from '../operation.ts';
import { find } from './find.ts';
import { list } from './list.ts';
import { stepCustomer, stepLocation } from './step.ts';

export const lookupOperations: readonly AnyOperation[] = [find, list, stepCustomer, stepLocation];
