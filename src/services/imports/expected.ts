import { ImportProblem } from '#db/import/problem.ts';
import type { Profile } from '#db/import/profile.ts';
import { parseScaled } from '#domain/scaled-number.ts';

/**
 * Control totals as they were told (`charges` → `24858298.92`) in the units of the ledger.
 * @throws ImportProblem when the profile has no such total or the amount is none
 */
export function expectedTotals(profile: Profile, told: Readonly<Record<string, string>>): Record<string, number> {
  const expected: Record<string, number> = {};
  for (const [name, text] of Object.entries(told)) {
    const total = profile.totals.find((one) => one.name === name);
    if (!total) {
      const names = profile.totals.map((one) => one.name).join(', ') || 'none';
      throw new ImportProblem(`Profile ${profile.name} has no total ${name}; it has: ${names}`);
    }
    const isRead = profile.records.some((record) => record.id === total.of && record.entity === 'read');
    const amount = parseScaled(text, isRead ? 3 : 2);
    if (amount === null) throw new ImportProblem(`${text} is not an amount for the total ${name}`);
    expected[name] = amount;
  }
  return expected;
}
