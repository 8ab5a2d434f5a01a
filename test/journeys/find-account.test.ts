import { describe, expect, test } from 'vitest';
import { type Desk, type KnownAccount, newDesk, signIn, sitDown, someAccount } from './desk.ts';

const WAYS: readonly (readonly [what: string, typed: (known: KnownAccount) => string])[] = [
  ['the beginning of a name', ({ lastName }) => lastName.slice(0, 5).toLowerCase()],
  [
    'a misspelt name and a house number',
    ({ lastName, houseNumber }) => `${lastName.slice(0, 2)}${lastName.slice(3)} ${houseNumber}`,
  ],
  ['an address', ({ houseNumber, street }) => `${houseNumber} ${street.toLowerCase()}`],
  ['a phone number', ({ phone }) => phone.replaceAll(/\D/g, '')],
  ['an account number', ({ account }) => account],
  ['a customer number', ({ customer }) => customer],
  ['a location number', ({ location }) => location],
  ['a meter number', ({ meter }) => meter],
];

describe.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
])('at $columns×$rows, on the phone', (size) => {
  test.each(WAYS)('%s finds the account and its dashboard', async (_, typed) => {
    const desk = newDesk();
    const known = someAccount(desk);
    const op = sitDown(desk, size);
    await signIn(op, 'cleo').press('f2').type(typed(known)).seesLine(known.lastName).press('enter');
    await op.sees(`Customer ${known.customer}`, `Location ${known.location}`, known.name, /Bal(ance)? /);
  });

  test('from sign-in to the history of an account and back, reading nothing but the screen', async () => {
    const desk = newDesk();
    const known = someAccount(desk);
    const op = sitDown(desk, size);
    await signIn(op, 'cleo').press('f2').type(known.account).seesLine(known.lastName).press('enter');
    await op.sees(known.name, 'History');
    await op.press(tabKey(op.lines(), 'History')!).seesLine('Charge').seesLine('Payment');
    await op.press('down', 'enter').sees(known.name).press('esc', 'esc').sees('Home');
  });
});

/** The digit that the tab bar shows before a tab. */
function tabKey(lines: readonly string[], title: string): string | null {
  for (const line of lines) {
    const digit = new RegExp(`(\\d)[ :]${title}`).exec(line)?.[1];
    if (digit) return digit;
  }
  return null;
}

/** Opens the account of a known customer by its number. */
const opened = (desk: Desk, size: { columns: number; rows: number }, user?: string) => {
  const known = someAccount(desk);
  const op = sitDown(desk, size);
  signIn(op, user).press('f2').type(known.account).seesLine(known.lastName).press('enter');
  return op.sees(`Customer ${known.customer}`, known.name);
};

test('every tab that exists opens by its digit and holds its place', async () => {
  const desk = newDesk();
  const op = opened(desk, { columns: 120, rows: 40 });
  await op;
  for (const title of ['Customer', 'Location', 'Notes', 'History', 'Usage']) {
    const key = tabKey(op.lines(), title);
    expect(key, title).not.toBeNull();
    await op.press(key!).sees(`[${key} ${title}]`).seesNo('Loading');
  }
});

test('from customer to customer and back with the arrows of the panel', async () => {
  const desk = newDesk();
  const { customer } = someAccount(desk);
  const op = opened(desk, { columns: 80, rows: 24 });
  await op.press('>').seesNo(`Customer ${customer}`).sees('Customer').press('<').sees(`Customer ${customer}`);
});

test('resized while an account is open, its facts stay', async () => {
  const desk = newDesk();
  const { customer, name } = someAccount(desk);
  const op = opened(desk, { columns: 120, rows: 40 });
  for (const [columns, rows] of [
    [80, 24],
    [60, 16],
    [160, 50],
    [80, 24],
  ] as const) {
    await op.resize(columns, rows).seesLine(customer).seesLine(name.slice(0, 12));
  }
});
