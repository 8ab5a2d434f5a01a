import type { AnyOperation } from '../operation.ts';
import { customerDetails, ownerDetails } from './details.ts';
import { reachedBy } from './reach/index.ts';
import { recordOperations } from './record/index.ts';

export const customerOperations: readonly AnyOperation[] = [
  customerDetails,
  ownerDetails,
  ...recordOperations,
  ...reachedBy,
];
