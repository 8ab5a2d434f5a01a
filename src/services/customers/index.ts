import type { AnyOperation } from '../operation.ts';
import { customerDetails, ownerDetails } from './details.ts';

export const customerOperations: readonly AnyOperation[] = [customerDetails, ownerDetails];
