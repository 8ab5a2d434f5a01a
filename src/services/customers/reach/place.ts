import { z } from 'zod';
import { query } from '../../operation.ts';
import { shortText } from '#domain/typed-text.ts';

/** City and state of a postal code. */
export interface PlaceOfZip {
  readonly city: string;
  readonly state: string;
}

/** What the utility's own locations say of a postal code: the city that most of a few have. */
export const placeOfZip = query({
  name: 'address.place',
  summary: 'City and state of a ZIP, as the locations of the utility have it',
  permission: 'customers.read',
  input: z.object({ zip: shortText(20) }),
  run: async ({ db }, { zip }): Promise<PlaceOfZip | null> => {
    const five = /^\d{5}/.exec(zip.trim())?.[0];
    if (five === undefined) return null;
    const rows = await db
      .selectFrom('location')
      .select(['city', 'state'])
      .where('zip', '=', five)
      .limit(SAMPLE)
      .execute();
    const counts = new Map<string, number>();
    for (const { city, state } of rows) {
      const key = JSON.stringify({ city, state: state ?? '' });
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
    return most ? (JSON.parse(most[0]) as PlaceOfZip) : null;
  },
});

/** Enough to outvote what was mistyped. */
const SAMPLE = 25;
