import { describe, expect, test } from 'vitest';
import { COMPANY_OPTIONS, type CompanyOptionName } from '#domain/company-options.ts';
import { optionFacts, optionText, optionValue } from '#domain/option-kinds.ts';

const names = Object.keys(COMPANY_OPTIONS) as CompanyOptionName[];

describe.each(names)('%s', (name) => {
  test('says what it means, and its standard comes back from a form as it was', () => {
    const facts = optionFacts(name);
    expect(facts.words).toMatch(/^[A-Z].{10,128}\.$/);
    const standard = COMPANY_OPTIONS[name].parse(undefined);
    expect(facts.standard).toEqual(standard);
    const typed = optionValue(facts, optionText(facts, standard));
    expect(typed).toEqual({ value: standard });
  });
});

test('options are entered as what they are', () => {
  const kinds = ['demo', 'auditReads', 'idleMinutes', 'businessDate', 'mapUrl', 'payoffClasses', 'demoUsers'] as const;
  expect(kinds.map((name) => optionFacts(name).kind)).toEqual([
    'flag',
    'choice',
    'number',
    'date',
    'text',
    'words',
    'entries',
  ]);
  expect(optionFacts('auditReads').values).toEqual(['off', 'private', 'all']);
});

test('what is written wrongly is told before its rule is asked', () => {
  expect(optionValue(optionFacts('idleMinutes'), 'ten')).toEqual({ problem: 'Enter a number.' });
  expect(optionValue(optionFacts('demoUsers'), '{"username"')).toMatchObject({
    problem: expect.stringMatching(/JSON/),
  });
  expect(optionValue(optionFacts('payoffClasses'), ' penalty,charge ,')).toEqual({ value: ['penalty', 'charge'] });
  const two = '{"username":"ben","role":"billing"}\n\n{"username":"ada","role":"all"}\n';
  expect(optionValue(optionFacts('demoUsers'), two)).toMatchObject({
    value: [{ username: 'ben' }, { username: 'ada' }],
  });
});
