import type { AnyOperation } from '../operation.ts';
import { customerDetails, ownerDetails } from './details.ts';
import { anyCustomer } from './new/any.ts';
import { checkNewCustomer } from './new/check.ts';
import { newCustomerChoices } from './new/choices.ts';
import { createCustomer } from './new/create.ts';
import { checkEntered } from './new/entered.ts';
import { reachedBy } from './reach/index.ts';
import { recordOperations } from './record/index.ts';

export const customerOperations: readonly AnyOperation[] = [
  customerDetails,
  ownerDetails,
  anyCustomer,
  checkNewCustomer,
  checkEntered,
  createCustomer,
  newCustomerChoices,
  ...recordOperations,
  ...reachedBy,
];
