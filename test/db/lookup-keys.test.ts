import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deletions } from '#db/search/deletions.ts';
import { NO_CONTACTS } from '#db/search/contacts.ts';
import { customerFacts, locationFacts } from '#db/search/facts.ts';
import { fold, foldEmail, foldIdentifier, phoneDigits, words } from '#db/search/fold.ts';
import { expand, vocabularyOf } from '#db/search/keys.ts';
import { streetWords } from '#db/search/street.ts';
import { typingErrors } from '#services/lookup/spelling.ts';
import { anyText } from '#test/support/texts.ts';

const nobody = {
  number: '1',
  altId: null,
  firstName: null,
  middleName: null,
  lastName: null,
  spouseName: null,
  businessName: null,
  displayName: '',
  phones: [],
  emails: [],
  mailing: [],
  contacts: NO_CONTACTS,
};

const keysOf = (facts: ReturnType<typeof customerFacts>, kind: string): string[] =>
  facts.filter((fact) => fact.kind === kind).flatMap(expand);

describe('folding', () => {
  test.each([
    ['Müller-Lüdenscheid', 'muller ludenscheid'],
    ["O'Brien", 'obrien'],
    ['O’Brien', 'obrien'],
    ['Łukasz Øster', 'lukasz oster'],
    ['Straße', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['ＡＢＣ １２', 'abc 12'],
    ['  A,B;;C ', 'a b c'],
    ['田中 太郎', '田中 太郎'],
    ['Ελένη', 'ελενη'],
    ['12½ Oak', '12 1 2 oak'],
    ['\u0000\u001b[31m', '31m'],
  ])('%j is looked for as %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('folding is stable, and nothing but letters, digits and single spaces is left', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const folded = fold(text);
        expect(fold(folded)).toBe(folded);
        expect(folded).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
      }),
    );
  });

  test('numbers, phones and e-mails lose what people leave out', () => {
    expect(foldIdentifier('204-1180 ')).toBe('2041180');
    expect(phoneDigits('+1 (217) 555-0142')).toBe('2175550142');
    expect(foldEmail(' Ana.Rivera@Example.org')).toBe('ana.rivera@example.org');
  });

  test('a street has one spelling', () => {
    for (const line of ['118 North Alder Street Apartment 4', '118 N. Alder St., Apt. 4', '118 n alder str #4']) {
      expect(streetWords(line).join(' ')).toBe('118 n alder st 4');
    }
  });
});

describe('keys', () => {
  const word = fc
    .stringMatching(/^[a-z]{2,8}$/)
    .filter((text) => !/^(?:the|of|and|for|de|la|del|llc|inc|co|corp|ltd|lp)$/.test(text));

  test('of a name of up to three words, any two in any order begin a key', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 3 }), (name) => {
        const [lastName, firstName, middleName = null] = name as [string, string, string?];
        const keys = keysOf(customerFacts({ ...nobody, lastName, firstName, middleName }), 'name');
        for (const one of name) {
          for (const other of name) {
            if (one !== other) expect(keys.some((key) => key.startsWith(`${one} ${other}`))).toBe(true);
          }
        }
      }),
    );
  });

  test('a family called like a legal form is found by its name first', () => {
    const keys = keysOf(customerFacts({ ...nobody, lastName: 'Co', firstName: 'Maria' }), 'name');
    expect(keys.toSorted()).toEqual(['co maria', 'maria co']);
    expect(keysOf(customerFacts({ ...nobody, lastName: 'Maria', firstName: 'Co' }), 'name')).toContain('co maria');
  });

  test('of a longer name every telling word begins one, and each key has all words', () => {
    const keys = keysOf(
      customerFacts({ ...nobody, businessName: 'The Oak Street Holdings of Springfield, LLC' }),
      'name',
    );
    expect(keys.map((key) => key.split(' ')[0]).toSorted()).toEqual([
      'holdings',
      'oak',
      'springfield',
      'street',
      'the',
    ]);
    for (const key of keys) expect(words(key)).toHaveLength(7);
  });

  test('an address is asked for by number, by street and by a word in the middle', () => {
    const facts = locationFacts({
      number: 'L-1',
      altId: null,
      parcelNumber: null,
      line1: '638 Railroad Brook Drive Apt 4',
      city: 'Springfield',
      zip: '62704-1234',
      meters: [],
      contacts: NO_CONTACTS,
    });
    expect(keysOf(facts, 'address')).toEqual([
      '638 railroad brook dr 4 , springfield 62704',
      'railroad brook dr 638 4 , springfield 62704',
      'brook dr 638 4 railroad',
    ]);
  });

  test('a direction before the street need not be said', () => {
    expect(expand({ kind: 'address', text: '118 w alder ln , chatham 62704' })).toEqual([
      '118 w alder ln , chatham 62704',
      '118 alder ln w , chatham 62704',
      'alder ln 118 w , chatham 62704',
    ]);
  });

  test('keys stay few and short, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (businessName) => {
        const keys = keysOf(customerFacts({ ...nobody, businessName }), 'name');
        for (const key of keys) expect(key.length).toBeLessThanOrEqual(120);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

describe('typing errors', () => {
  const word = fc.stringMatching(/^[a-zà-ÿ]{3,12}$/);

  test('two words one error apart share a deletion', () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'add', 'change', 'swap'), (meant, place, error) => {
        const letters = [...meant];
        const at = place % letters.length;
        if (error === 'drop') letters.splice(at, 1);
        else if (error === 'add') letters.splice(at, 0, 'x');
        else if (error === 'change') letters[at] = 'x';
        else letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
        const typed = letters.join('');
        expect(typingErrors(typed, meant, 2)).toBeLessThanOrEqual(1);
        expect(new Set(deletions(typed)).intersection(new Set(deletions(meant))).size).toBeGreaterThan(0);
      }),
    );
  });

  test('distance is symmetric, and zero only for the same word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(typingErrors(a, b, 2)).toBe(typingErrors(b, a, 2));
        expect(typingErrors(a, b, 2) === 0).toBe(a === b);
      }),
    );
  });

  test('the vocabulary has names and streets, not numbers and common words', () => {
    expect(vocabularyOf({ kind: 'address', text: '638 railroad brook dr 4 , springfield 62704' })).toEqual([
      'railroad',
      'brook',
    ]);
  });
});
