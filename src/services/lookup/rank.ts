import { ACTIVITIES, type KeyKind, type SubjectKind, SUBJECT_OF } from '#db/search/kinds.ts';
import type { Hit } from './scan.ts';

/** How well a key answers, best first: the whole of it, whole words, a beginning, words in another order. */
export const EXACT = 0;
const WHOLE_WORDS = 1;
const BEGINNING = 2;
const OTHER_ORDER = 3;

/** A record that was found, by the best of its keys. */
export interface Ranked {
  readonly subject: SubjectKind;
  readonly id: number;
  readonly hit: Hit;
  readonly fit: number;
}

/** Identifiers of now, people, places, then identifiers of an earlier system. */
const KIND_ORDER: Readonly<Record<KeyKind, number>> = {
  accountNumber: 0,
  customerNumber: 1,
  locationNumber: 2,
  meter: 3,
  phone: 4,
  name: 5,
  resident: 6,
  address: 7,
  email: 8,
  mailing: 9,
  contact: 10,
  locationContact: 11,
  parcel: 12,
  customerAltId: 13,
  locationAltId: 14,
  removedMeter: 15,
  addressOrder: 16,
  customerField: 17,
  locationField: 18,
};

/** Of a list at most this part is of one kind, while others have answers too. */
const SHARE_OF_ONE_KIND = 0.6;

/** How well the key of a hit answers what was asked. */
export function fitOf({ key, kind, ask }: Hit): number {
  if (ask.others.length > 0) return OTHER_ORDER;
  const rest = key.slice(ask.prefix.length);
  if (rest === '' || (rest.startsWith(' ,') && kind !== 'resident')) return EXACT;
  return rest.startsWith(' ') ? WHOLE_WORDS : BEGINNING;
}

const isFinal = ({ hit }: Ranked): number => (hit.activity === ACTIVITIES.final ? 1 : 0);

/** Exact first, active before final, then by kind, then as a directory orders them, the newer of equals first. */
function compare(a: Ranked, b: Ranked): number {
  return (
    a.fit - b.fit ||
    isFinal(a) - isFinal(b) ||
    KIND_ORDER[a.hit.kind] - KIND_ORDER[b.hit.kind] ||
    (a.hit.key < b.hit.key ? -1 : a.hit.key > b.hit.key ? 1 : 0) ||
    a.hit.activity - b.hit.activity ||
    b.id - a.id
  );
}

/** The records found, each once, in the order in which they are shown. */
export function rank(hits: readonly Hit[], limit: number): Ranked[] {
  const best = {
    account: new Map<number, Ranked>(),
    customer: new Map<number, Ranked>(),
    location: new Map<number, Ranked>(),
  };
  for (const hit of hits) {
    const subject = SUBJECT_OF[hit.kind];
    const ranked: Ranked = { subject, id: hit.subjectId, hit, fit: fitOf(hit) };
    const other = best[subject].get(hit.subjectId);
    if (!other || compare(ranked, other) < 0) best[subject].set(hit.subjectId, ranked);
  }
  const all = [...best.account.values(), ...best.customer.values(), ...best.location.values()];
  return withShares(all.sort(compare), limit);
}

/** The first of the list, but no kind of prefix matches so many that another kind is not seen at all. */
function withShares(ranked: readonly Ranked[], limit: number): Ranked[] {
  if (ranked.length <= limit) return [...ranked];
  const share = Math.ceil(limit * SHARE_OF_ONE_KIND);
  const counts = new Map<KeyKind, number>();
  const chosen: Ranked[] = [];
  const passed: Ranked[] = [];
  for (const one of ranked) {
    const count = (counts.get(one.hit.kind) ?? 0) + 1;
    counts.set(one.hit.kind, count);
    if (count <= share && chosen.length < limit) chosen.push(one);
    else passed.push(one);
  }
  return [...chosen, ...passed.slice(0, limit - chosen.length)].sort(compare);
}
