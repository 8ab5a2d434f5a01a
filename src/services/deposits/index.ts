import { applyDeposit, settleDeposit } from './apply.ts';
import { chargeDeposit } from './charge.ts';
import { creditInterestRun, listInterest } from './interest-run.ts';
import { depositDetails, listDeposits } from './list.ts';
import { recommendDeposit } from './recommend.ts';
import { refundDeposit } from './refund.ts';
import { listRefundable, refundRun } from './refund-run.ts';
import { takeBackDeposit } from './take-back.ts';
import { listDepositCodes } from './terms.ts';
import { forfeitDeposit, transferDeposit } from './transfer.ts';

export const depositOperations = [
  applyDeposit,
  chargeDeposit,
  creditInterestRun,
  depositDetails,
  forfeitDeposit,
  listDepositCodes,
  listDeposits,
  listInterest,
  listRefundable,
  recommendDeposit,
  refundDeposit,
  refundRun,
  settleDeposit,
  takeBackDeposit,
  transferDeposit,
] as const;
