import { accountOperations } from './accounts/index.ts';
import { arOperations } from './ar/index.ts';
import { auditOperations } from './audit/index.ts';
import { autopayOperations } from './autopay/index.ts';
import { batchOperations } from './batches/index.ts';
import { chargeOperations } from './charges/write.ts';
import { systemOperations } from './check/index.ts';
import { codeTableOperations } from './code-tables/index.ts';
import { communicationOperations } from './communications/index.ts';
import { contactOperations } from './contacts/index.ts';
import { correctionOperations } from './corrections/index.ts';
import { customFieldOperations } from './custom-fields/index.ts';
import { customerOperations } from './customers/index.ts';
import { deferredOperations } from './deferred/index.ts';
import { depositOperations } from './deposits/index.ts';
import { documentOperations } from './documents/index.ts';
import { draftOperations } from './drafts/index.ts';
import { drawerOperations } from './drawers/index.ts';
import { addGlAccount, listGlAccounts } from './gl/accounts.ts';
import { glSummary } from './gl/summary.ts';
import { historyOperations } from './history/index.ts';
import { locationOperations } from './locations/index.ts';
import { lockboxOperations } from './lockbox/index.ts';
import { lookupOperations } from './lookup/index.ts';
import { noteOperations } from './notes/index.ts';
import type { AnyOperation } from './operation.ts';
import { importOperations } from './imports/index.ts';
import { optionOperations } from './options/operations.ts';
import { paperOperations } from './paper/index.ts';
import { paymentOperations } from './payments/index.ts';
import { penaltyOperations } from './penalties/index.ts';
import { periodOperations } from './periods/operations.ts';
import { receiptOperations } from './receipts/index.ts';
import { secretOperations } from './secrets/index.ts';
import { setupOperations } from './setup/operations.ts';
import { shutOffHoldOf } from './shut-off/holds.ts';
import { usageOperations } from './usage/index.ts';
import { userCodeOperations } from './user-codes/index.ts';
import { userOperations } from './users/index.ts';
import { webLoginOperations } from './web-login/index.ts';

/** Every operation of the program, one line a noun: each folder lists its own in its `index.ts`. */
export const operations: readonly AnyOperation[] = byUniqueName([
  ...accountOperations,
  ...arOperations,
  ...auditOperations,
  ...autopayOperations,
  ...batchOperations,
  ...chargeOperations,
  ...codeTableOperations,
  ...communicationOperations,
  ...contactOperations,
  ...correctionOperations,
  ...customerOperations,
  ...customFieldOperations,
  ...deferredOperations,
  ...depositOperations,
  ...documentOperations,
  ...draftOperations,
  ...drawerOperations,
  glSummary,
  listGlAccounts,
  addGlAccount,
  ...historyOperations,
  ...importOperations,
  ...locationOperations,
  ...lockboxOperations,
  ...lookupOperations,
  ...noteOperations,
  ...optionOperations,
  ...paperOperations,
  ...paymentOperations,
  ...penaltyOperations,
  ...periodOperations,
  ...receiptOperations,
  ...secretOperations,
  ...setupOperations,
  shutOffHoldOf,
  ...systemOperations,
  ...usageOperations,
  ...userCodeOperations,
  ...userOperations,
  ...webLoginOperations,
]);

/** @throws Error when two operations share a name, or one is not called `noun.verb` */
export function byUniqueName(list: readonly AnyOperation[]): readonly AnyOperation[] {
  const seen = new Set<string>();
  for (const { name } of list) {
    if (!/^[a-z][A-Za-z-]*\.[a-z][A-Za-z-]*$/.test(name)) throw new Error(`operation name: ${name}`);
    if (seen.has(name)) throw new Error(`two operations are called ${name}`);
    seen.add(name);
  }
  return list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The operation of that name; undefined when there is none. */
export const operationNamed = (name: string): AnyOperation | undefined => operations.find((one) => one.name === name);
