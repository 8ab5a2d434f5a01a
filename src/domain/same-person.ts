/** In what somebody new agrees with a customer who is there. */
export const AGREEMENTS = ['ssn', 'phone', 'email', 'birth-date', 'name', 'address'] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** A household shares its telephone and its address, and names are common: none of these says it alone. */
const WEIGHT: Readonly<Record<Agreement, number>> = {
  ssn: 5,
  'birth-date': 2,
  phone: 2,
  email: 2,
  name: 1,
  address: 1,
};

/** From this on it is taken for the same person. */
const SAME = 3;
/** From this on somebody has to look. */
const ALIKE = 2;

export type Likeness = 'same' | 'alike' | 'none';

/** Whether what agrees makes one person of two records. A birth date counts only beside a name: many share one. */
export function likeness(agreements: readonly Agreement[]): Likeness {
  const named = agreements.includes('name');
  const sum = agreements.reduce((all, one) => all + (one === 'birth-date' && !named ? 0 : WEIGHT[one]), 0);
  return sum >= SAME ? 'same' : sum >= ALIKE ? 'alike' : 'none';
}

/** What agrees, the most telling first. */
export const byWeight = (agreements: readonly Agreement[]): Agreement[] =>
  AGREEMENTS.filter((one) => agreements.includes(one));

const WORDS: Readonly<Record<Agreement, string>> = {
  ssn: 'social security number',
  phone: 'telephone',
  email: 'e-mail',
  'birth-date': 'birth date',
  name: 'name',
  address: 'address',
};

/** `same name and telephone`. */
export function agreementWords(agreements: readonly Agreement[]): string {
  const list = byWeight(agreements).map((one) => WORDS[one]);
  const last = list.pop() ?? '';
  return `same ${list.length === 0 ? last : `${list.join(', ')} and ${last}`}`;
}

/** Letters of the shortest word why a debt left behind is no hindrance. */
const SHORTEST_REASON = 3;

/** What is wrong with a reason why a debt that the same person left behind is no hindrance; null when nothing is. */
export const debtReasonProblem = (reason: string | null): string | null =>
  (reason ?? '').trim().length < SHORTEST_REASON ? 'Say why, in a few words.' : null;
