import { CARD_REFUSED, holdsCardNumber } from '#domain/card-number.ts';
import { Failure } from './failure.ts';
import type { AnyOperation } from './operation.ts';

/** Places in a list, which the program makes itself of long numbers. */
const PLACES = ['cursor'];

/**
 * Refuses an input that holds the number of a payment card in any of its texts, however deep,
 * before anything else looks at it: what is never taken in can neither be kept nor leak.
 * @throws Failure `invalid`, at the field
 */
export function refuseCardNumbers({ identifiers = [] }: AnyOperation, input: unknown): void {
  const skipped = new Set([...PLACES, ...identifiers]);
  const path = cardIn(input, '', skipped);
  if (path === null) return;
  throw new Failure('invalid', path === '' ? CARD_REFUSED : `${path}: ${CARD_REFUSED}`, { [path]: CARD_REFUSED });
}

/** Path of the first text with a card number; null when there is none. */
function cardIn(value: unknown, path: string, skipped: ReadonlySet<string>): string | null {
  if (typeof value === 'string') return holdsCardNumber(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    if (path === '' && skipped.has(key)) continue;
    const at = path === '' ? key : `${path}.${key}`;
    const found = holdsCardNumber(key) ? path : cardIn(part, at, skipped);
    if (found !== null) return found;
  }
  return null;
}
