import type { AnyOperation } from '../operation.ts';
import { beginWaiting } from './begin-waiting.ts';
import { readBudget, setBudget } from './budget.ts';
import { customerChanges } from './changes.ts';
import { findAccount, openAccount, openCustomer, openLocation } from './open.ts';

export const accountOperations: readonly AnyOperation[] = [
  openAccount,
  findAccount,
  openCustomer,
  openLocation,
  customerChanges,
  beginWaiting,
  readBudget,
  setBudget,
];
