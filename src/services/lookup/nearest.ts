import { isCommonStreetWord, streetWords } from '#db/search/street.ts';
import type { Db } from '#db/schema.ts';
import type { Ask } from './question.ts';
import type { Ranked } from './rank.ts';
import { type Hit, scan } from './scan.ts';

/** Keys of a street that are looked through: more than the houses of any. */
const HOUSES_OF_A_STREET = 2_500;
const NEAREST = 4;

/**
 * Locations of a street by how near their number is to the one typed: `1200 alder` when Alder St
 * ends at 1078. Nothing where no number and street was typed, or no street begins so.
 */
export async function nearestHouses(db: Db, typed: readonly string[], limit: number): Promise<Ranked[]> {
  const [first = '', ...rest] = streetWords(typed.join(' '));
  const wanted = /^[0-9]{1,6}$/.test(first) ? Number(first) : null;
  const street = rest.slice(rest.findIndex((word) => word.length > 1 && !isCommonStreetWord(word)));
  if (wanted === null || rest.length === 0 || street.length === 0 || /^[0-9]/.test(street[0]!)) return [];
  const ask: Ask = { kind: 'address', prefix: street.join(' '), others: [], whole: [] };
  const nearest = new Map<number, { readonly hit: Hit; readonly away: number }>();
  for (const hit of await scan(db, [ask], HOUSES_OF_A_STREET)) {
    const house = /(?:^| )([0-9]+)(?= |$)/.exec(hit.key);
    if (house && !nearest.has(hit.subjectId)) {
      nearest.set(hit.subjectId, { hit, away: Math.abs(Number(house[1]) - wanted) });
    }
  }
  return [...nearest.values()]
    .toSorted((a, b) => a.away - b.away || a.hit.subjectId - b.hit.subjectId)
    .slice(0, limit)
    .map(({ hit }, place): Ranked => ({ subject: 'location', id: hit.subjectId, hit, fit: NEAREST + place }));
}
