import type { AnyOperation } from '../operation.ts';
import { customerDetails } from './details.ts';

export const customerOperations: readonly AnyOperation[] = [customerDetails];
