/** What makes a household worth showing. At most one each, so that every kind can be told apart. */
export const FEATURES = [
  'shutoffScheduled',
  'shutoff',
  'arrangement',
  'arrangementKept',
  'bankrupt',
  'private',
  'noChecks',
  'noPayments',
  'disallowed',
  'dunningHold',
  'taxExempt',
  'budget',
  'budgetAutopay',
  'nsf',
  'collections',
  'badDebt',
  'lien',
  'openOrder',
  'openOrders',
  'lifeSupport',
  'dog',
  'senior',
  'deposit',
  'depositLocation',
  'messageNote',
  'paymentNote',
  'graceNote',
  'longNote',
  'waiting',
  'unposted',
  'openCredit',
  'exchange',
  'rollover',
  'estimated',
  'leak',
  'pastDue',
  'deepPastDue',
  'oddName',
  'oddName2',
  'eBill',
  'manyResidents',
  'vacant',
  'reversed',
  'donor',
  'web',
] as const;

export type Feature = (typeof FEATURES)[number];

/** So many households pass before each feature has come once. */
export const FEATURE_LAP = 120;

/** The feature of the n-th household, spread over the lap as if by chance. */
export const featureOf = (household: number): Feature | null => FEATURES[(household * 37 + 11) % FEATURE_LAP] ?? null;
