import { randomBytes } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { Failure } from '#services/failure.ts';
import { say } from './output.ts';

interface Options {
  readonly brand: string;
  readonly last4: string;
  readonly expires?: string;
}

function like(shape: RegExp, words: string): (text: string) => string {
  return (text) => {
    if (!shape.test(text)) throw new InvalidArgumentError(words);
    return text;
  };
}

const TOKEN_LETTERS = 20;
const YEARS_GOOD = 3;

/** Letters alone: digits in a row could look like the number of a card. */
const letters = (count: number): string =>
  Array.from(randomBytes(count), (byte) => 'abcdefghijklmnop'[byte & 15]).join('');

/** `demo-card`: answers a demo’s link to the hosted form of cards, as its processor would. */
export const demoCardCommand = (): Command =>
  new Command('demo-card')
    .summary('answer a demo’s link to the card form')
    .description(
      'Answer the link to the hosted form of cards in place of the processor that a demo utility has not: ' +
        'prints the signed line that the form of the card asks for. Links of other utilities are refused.',
    )
    .argument('<link>', 'the link, between quotes')
    .option(
      '--brand <name>',
      'the brand of the pretended card',
      like(/^[A-Za-z][A-Za-z ]{1,19}$/, 'give letters'),
      'Visa',
    )
    .option('--last4 <digits>', 'its last four digits', like(/^\d{4}$/, 'give four digits'), '4242')
    .option('--expires <month>', 'its last month', like(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'give YYYY-MM'))
    .action(async (link: string, { brand, last4, expires }: Options) => {
      const { pretendedAnswer } = await import('#gateways/hosted-card/demo.ts');
      const now = Date.now();
      const month = new Date(now).toISOString().slice(4, 7);
      const card = {
        token: `demo_${letters(TOKEN_LETTERS)}`,
        brand,
        last4,
        expires: expires ?? `${new Date(now).getUTCFullYear() + YEARS_GOOD}${month}`,
      };
      try {
        say(pretendedAnswer(link, card, now));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'CardResultRefused') throw error;
        throw new Failure('refused', error.message);
      }
    });
