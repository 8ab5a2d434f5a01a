import type { AnyOperation } from '../operation.ts';
import { customerDetails, ownerDetails } from './details.ts';
import { recordOperations } from './record/index.ts';

export const customerOperations: readonly AnyOperation[] = [customerDetails, ownerDetails, ...recordOperations];
