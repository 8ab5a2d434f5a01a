import type { AnyOperation } from '../operation.ts';
import { redeemWebLogin } from './redeem.ts';
import { resetWebLogin } from './reset.ts';

/** The customers' login on the utility's web site. */
export const webLoginOperations: readonly AnyOperation[] = [resetWebLogin, redeemWebLogin];
