import { account, type Blocks, letter, letterhead, type SystemFormat } from './parts.ts';

const BLANK = '_'.repeat(34);
const SHORT = '_'.repeat(16);

const text = (words: string, more: object = {}): Blocks[number] => ({ type: 'text', text: words, ...more });
const space = (points: number): Blocks[number] => ({ type: 'space', points });
const title = (words: string): Blocks[number] => text(words, { bold: true, size: 11 });

const CUSTOMER: Blocks[number] = {
  type: 'facts',
  rows: [
    { label: 'Name', text: '{{account.customerName}}' },
    { label: 'Phone', text: '{{phone}}', when: 'phone' },
    { label: 'Phone', text: BLANK, when: '!phone' },
    { label: 'E-mail', text: '{{email}}', when: 'email' },
    { label: 'E-mail', text: BLANK, when: '!email' },
  ],
};

/** How much, in the words of the special options. */
const AMOUNT: Blocks = [
  title('How much is drawn for each bill (choose one)'),
  text('[   ]  The balance of my account'),
  text(`[   ]  What I owe, but never more than $ ${SHORT}`),
  text(`[   ]  Always the fixed amount of $ ${SHORT}; what is too much is credited to the next bill`),
  text('[   ]  My budget amount', { when: 'budget' }),
  text('[   ]  The balance of my latest statement', { when: '!budget' }),
  space(4),
  text('[   ]  Tell me the amount before each payment'),
  text(`[   ]  Tell me only when it is not between $ ${SHORT} and $ ${SHORT}`),
];

const SIGNATURE: Blocks = [
  space(22),
  text(`Signature ${BLANK}     Date ${SHORT}`),
  space(10),
  text(`Name in print ${BLANK}`),
];

const rights = (from: string): Blocks => [
  title('What I agree to'),
  text(
    `I authorise {{company.name}} to draw the payments of the account above from ${from}, on the due date of ` +
      'each bill or on the banking day after it, and to put right a payment that was drawn in error.',
  ),
  text(
    'The amount may differ from bill to bill. When it differs from the one before, I have the right to be told ' +
      'the amount and the day in writing at least ten days ahead. I may choose to be told only when it lies ' +
      'outside of a range that I name above.',
  ),
  text(
    'This authorisation holds until I end it. I may end it, or stop a single payment, by telling ' +
      '{{company.name}} {{#company.phone}}at {{company.phone}} {{/company.phone}}or in writing at least three ' +
      'business days before the payment. I may also stop it at my bank within the same time.',
  ),
  text('A copy of this form, signed, is mine to keep. A payment that is returned may bring a fee.'),
];

const mail = (what: string) => ({
  subject: `{{company.name}}: authorisation of ${what}`,
  body: `Dear {{recipient.name}},

the form for ${what} of account {{account.number}} is attached. Please complete and sign it, and send it back to us.

{{company.name}}
{{company.phone}}`,
});

const head = (words: string): Blocks => [...letterhead(words), account, space(6), CUSTOMER, space(6)];

/** Forms by which a customer agrees to automatic payments (12 CFR 1005.10). */
export const signupFormats: readonly SystemFormat[] = [
  {
    code: 'signup-draft',
    kind: 'letter',
    name: 'Bank draft sign-up',
    layout: {
      ...letter,
      title: 'Bank draft sign-up {{account.number}}',
      mail: mail('automatic bank drafts'),
      blocks: [
        ...head('Automatic bank drafts'),
        title('My bank account'),
        text(`Bank ${BLANK}     [   ]  Checking     [   ]  Savings`),
        text(`Routing number ${SHORT}     Account number ${BLANK}`),
        text('Please enclose a check that is marked VOID, where the account has checks.', { size: 8 }),
        space(6),
        ...AMOUNT,
        space(6),
        ...rights('the bank account named here'),
        ...SIGNATURE,
      ],
    },
  },
  {
    code: 'signup-card',
    kind: 'letter',
    name: 'Credit card sign-up',
    layout: {
      ...letter,
      title: 'Credit card sign-up {{account.number}}',
      mail: mail('automatic card payments'),
      blocks: [
        ...head('Automatic card payments'),
        title('My card'),
        text('Do not write the number of the card here, nor its security code.', { bold: true }),
        text('The card is entered on the secure page of {{processor}}, which we send or show you.', {
          when: 'processor',
        }),
        text('The card is entered on the secure page of our processor, which we send or show you.', {
          when: '!processor',
        }),
        text(`Brand ${SHORT}     Last four digits ________     Valid until ____ / ______`),
        space(6),
        ...AMOUNT,
        space(6),
        ...rights('the card named here'),
        ...SIGNATURE,
      ],
    },
  },
];
