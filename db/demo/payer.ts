import type { Random } from './random.ts';
import type { ClassCode } from './tariff.ts';
import type { Feature } from './features.ts';

/** How a household pays its bills. */
export type Payer = 'autopay' | 'prompt' | 'late' | 'partial' | 'rounds' | 'skips' | 'stopped';

const HABITS: readonly (readonly [weight: number, payer: Payer])[] = [
  [66, 'prompt'],
  [17, 'late'],
  [5, 'partial'],
  [6, 'rounds'],
  [4, 'skips'],
  [2, 'stopped'],
];

const HABIT_OF_FEATURE: Partial<Record<Feature, Payer>> = {
  shutoffScheduled: 'stopped',
  shutoff: 'stopped',
  arrangement: 'stopped',
  bankrupt: 'stopped',
  noPayments: 'stopped',
  dunningHold: 'stopped',
  lien: 'stopped',
  pastDue: 'stopped',
  deepPastDue: 'stopped',
  graceNote: 'stopped',
  openCredit: 'rounds',
  unposted: 'prompt',
  noChecks: 'prompt',
  nsf: 'prompt',
  reversed: 'prompt',
  arrangementKept: 'prompt',
  budget: 'prompt',
};

/** Bills at the end that stay unpaid, for who stopped paying. */
export const UNPAID_BILLS: Partial<Record<Feature, number>> = {
  shutoffScheduled: 3,
  shutoff: 4,
  arrangement: 4,
  bankrupt: 4,
  noPayments: 3,
  dunningHold: 3,
  lien: 6,
  pastDue: 2,
  deepPastDue: 6,
  graceNote: 2,
};

export function payerFor(
  random: Random,
  household: { feature: Feature | null; autopay: boolean; revenueClass: ClassCode },
): Payer {
  const { feature, autopay, revenueClass } = household;
  const forced = feature ? HABIT_OF_FEATURE[feature] : undefined;
  if (forced) return forced;
  if (autopay) return 'autopay';
  return revenueClass === 'GOV' ? 'prompt' : random.weighted(HABITS);
}

/** When and how much of what is owed is paid after a bill; null: not at all. */
export function intention(
  random: Random,
  payer: Payer,
  bill: { day: number; dueDay: number; index: number; unpaidFrom: number },
): { day: number; share: number; extra: number } | null {
  const { day, dueDay, index, unpaidFrom } = bill;
  const prompt = { day: random.between(day + 3, dueDay - 1), share: 1, extra: 0 };
  switch (payer) {
    case 'autopay':
      return { day: dueDay, share: 1, extra: 0 };
    case 'prompt':
      return prompt;
    case 'late':
      return random.chance(0.6) ? prompt : { ...prompt, day: dueDay + random.between(2, 25) };
    case 'partial':
      return index % 4 === 3 ? prompt : { ...prompt, share: random.between(5, 9) / 10 };
    case 'rounds':
      return { ...prompt, extra: random.pick([0, 1, 2]) };
    case 'skips':
      return index % 3 === 1 ? null : { ...prompt, day: dueDay + random.between(-4, 12) };
    case 'stopped':
      return day >= unpaidFrom ? null : prompt;
  }
}

/** How the money came, when not by standing order. */
export function paymentMethod(random: Random, checks: boolean): string {
  const method = random.weighted<string>([
    [34, 'check'],
    [31, 'online'],
    [15, 'card'],
    [8, 'cash'],
    [12, 'lockbox'],
  ]);
  return method === 'check' && !checks ? 'cash' : method;
}
