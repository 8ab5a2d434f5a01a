import { beforeAll, describe, expect, test } from 'vitest';
import { phonesReady, readPhone, writtenPhone } from '#domain/phone.ts';
import { countries, countryName, writtenZip } from '#domain/postal.ts';
import { addressProblems, emailProblems, phoneProblems, withOnePrimary } from '#domain/reach.ts';

const address = {
  type: 'home',
  careOf: '',
  line1: '118 Alder St',
  line2: '',
  city: 'Springfield',
  state: 'IL',
  zip: '62704',
  country: 'US',
  county: '',
  geoCode: '',
};

beforeAll(phonesReady);

describe('telephone numbers', () => {
  test.each([
    ['7345551212', '(734) 555-1212', '7345551212', ''],
    ['7345551212 22', '(734) 555-1212', '7345551212', '22'],
    ['734-555-1212 x22', '(734) 555-1212', '7345551212', '22'],
    ['(734) 555.1212 ext. 4711', '(734) 555-1212', '7345551212', '4711'],
    ['+1 734 555 1212 #9', '(734) 555-1212', '7345551212', '9'],
    ['1-217-555-0142', '(217) 555-0142', '2175550142', ''],
    ['+44 20 7946 0958', '+44 20 7946 0958', '442079460958', ''],
    ['+493012345678 x5', '+49 30 12345678', '493012345678', '5'],
  ])('%s is %s', (typed, shown, digits, extension) => {
    expect(readPhone(typed)).toEqual({ shown, digits, extension });
  });

  test.each(['', '555-0142', '0345551212', '734155', 'call me', '+44 1', '+999 123456789', '1-800-FLOWERS'])(
    '%s is none',
    (typed) => {
      expect(readPhone(typed)).toBeNull();
    },
  );

  test('are written with their extension', () => {
    expect(writtenPhone({ number: '(734) 555-1212', extension: '22' })).toBe('(734) 555-1212 x22');
    expect(writtenPhone({ number: '(734) 555-1212', extension: null })).toBe('(734) 555-1212');
  });

  test('need a kind', () => {
    expect(phoneProblems({ type: '', number: '7345551212', extension: 'a', description: '' })).toMatchObject({
      type: expect.any(String),
      extension: expect.any(String),
    });
  });
});

describe('addresses', () => {
  test.each([
    [{}, []],
    [{ zip: '62704-1180' }, []],
    [{ state: 'XX' }, ['state']],
    [{ state: '' }, ['state']],
    [{ zip: '6270' }, ['zip']],
    [{ line1: '', city: '' }, ['line1', 'city']],
    [{ country: 'CA', state: 'ON', zip: 'k1a 0b1' }, []],
    [{ country: 'CA', state: 'IL', zip: '62704' }, ['state', 'zip']],
    [{ country: 'DE', state: '', zip: '10115' }, []],
    [{ country: 'QQ' }, ['country']],
    [{ country: '' }, ['country']],
  ])('%o', (change, wrong) => {
    expect(Object.keys(addressProblems({ ...address, ...change }))).toEqual(wrong);
  });

  test('have postal codes as their country writes them', () => {
    expect(writtenZip('627041180', 'US')).toBe('62704-1180');
    expect(writtenZip('k1a0b1', 'CA')).toBe('K1A 0B1');
    expect(writtenZip('10115', 'DE')).toBe('10115');
  });

  test('are in countries that there are', () => {
    expect(countryName('CA')).toBe('Canada');
    for (const none of ['DD', 'SU', 'ZZ', 'EU', 'us', '']) expect(countryName(none)).toBeNull();
    expect(
      countries()
        .slice(0, 2)
        .map(({ code }) => code),
    ).toEqual(['US', 'CA']);
    expect(countries().length).toBeGreaterThan(240);
  });
});

test('e-mail addresses are checked', () => {
  expect(emailProblems({ type: 'home', address: 'ana@example.com', description: '' })).toEqual({});
  expect(Object.keys(emailProblems({ type: 'home', address: 'ana@', description: '' }))).toEqual(['address']);
});

test('one of several is primary', () => {
  expect(withOnePrimary([{ primary: false }, { primary: true }, { primary: true }])).toEqual([
    { primary: false },
    { primary: true },
    { primary: false },
  ]);
  expect(withOnePrimary([{ primary: false }])).toEqual([{ primary: true }]);
});
