import { autopayRules } from './check/autopay.ts';
import { deferredRules } from './check/deferred.ts';
import { contactRules } from './check/contacts.ts';
import { depositRules } from './check/deposits.ts';
import { engineRules } from './check/engine.ts';
import type { Rule } from './check/finding.ts';
import { ledgerRules } from './check/ledger.ts';
import { ownerRules } from './check/owners.ts';
import { paymentRules } from './check/payments.ts';
import { referenceRules } from './check/references.ts';

export type { Finding, Rule } from './check/finding.ts';

/** Everything about the stored data that can be proven by set-based queries. */
export const databaseRules: readonly Rule[] = [
  ...engineRules,
  ...ledgerRules,
  ...paymentRules,
  ...depositRules,
  ...deferredRules,
  ...autopayRules,
  ...contactRules,
  ...ownerRules,
  ...referenceRules,
];
