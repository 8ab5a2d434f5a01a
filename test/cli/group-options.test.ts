import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { customersOf, factsOf, type GroupOptions, rightsAfter, withFacts } from '#cli/group-options.ts';

const parsed = (...words: string[]): GroupOptions =>
  withFacts(new Command('add').exitOverride().configureOutput({ writeErr: () => {} }))
    .parse(words, { from: 'user' })
    .opts<GroupOptions>();

describe('options of a group', () => {
  test('become the facts that were given, and no others', () => {
    expect(factsOf(parsed())).toEqual({});
    expect(
      factsOf(
        parsed('--level', '2', '--credit-limit', '12.50', '--second-factor', '--rights', 'usage.read, notes.read'),
      ),
    ).toEqual({ level: 2, creditLimitCents: 1250, needsTotp: true, permissions: ['usage.read', 'notes.read'] });
    expect(factsOf(parsed('--credit-limit', 'any', '--no-second-factor', '--description', ''))).toEqual({
      creditLimitCents: null,
      needsTotp: false,
      description: null,
    });
  });

  test.each([
    ['all', 'all'],
    ['none', []],
    [
      'household, staff:read',
      [
        { group: 'household', readOnly: false },
        { group: 'staff', readOnly: true },
      ],
    ],
  ])('customers %s', (text, customers) => {
    expect(customersOf(text)).toEqual(customers);
  });

  test.each([
    ['--level', '4'],
    ['--credit-limit', 'much'],
    ['--customers', 'household:write'],
  ])('%s %s is refused', (...words) => {
    expect(() => parsed(...words)).toThrow(/invalid/i);
  });

  test('rights are given and taken; without either they stay', () => {
    expect(rightsAfter(['a', 'b'], { give: ['c'], take: ['a'] })).toEqual(['b', 'c']);
    expect(rightsAfter(['a'], {})).toBeNull();
  });
});
