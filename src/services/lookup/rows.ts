import { ACTIVITIES, type KeyKind } from '#db/search/kinds.ts';
import { compareAccounts } from '#domain/standing.ts';
import type { QueryContext } from '../operation.ts';
import { EXACT, type Ranked } from './rank.ts';
import { type AccountRow, accountRows, accountsOfOwners, ownersAlone } from './records.ts';

/** Why a row is in the answer. */
export interface Match {
  readonly kind: KeyKind;
  /** The key that answered, folded: `rivera luis` when the spouse was found. */
  readonly text: string;
  /** The whole of what was typed is the whole of the key. */
  readonly exact: boolean;
  /** By a number of earlier times, or somebody who is no longer there. */
  readonly former: boolean;
}

/** One line of an answer: an account, or a customer or a location that has none. */
export interface LookupRow extends Omit<AccountRow, 'public'> {
  readonly match: Match;
  /** How many accounts the customer or the location found has. */
  readonly accounts: number;
  /** Only some may see this customer. */
  readonly private: boolean;
}

const FORMER_KINDS: ReadonlySet<KeyKind> = new Set(['customerAltId', 'locationAltId', 'removedMeter']);
/** Accounts shown of each of several records found. */
const SHOWN_OF_SEVERAL = 3;

/** The accounts of the records found, in their order, without what the actor may not see. */
export async function rowsOf(ctx: QueryContext, found: readonly Ranked[], limit: number): Promise<LookupRow[]> {
  const records = await readRecords(ctx.db, found, Math.max(SHOWN_OF_SEVERAL, Math.floor(limit / found.length)));
  const shown = new Set<number>();
  const rows: { row: LookupRow; fit: number }[] = [];
  for (const ranked of found) {
    const { rows: own, total } = records(ranked);
    if (isHidden(ctx, ranked, own)) continue;
    for (const row of own) {
      if (row.accountId !== null && shown.has(row.accountId)) continue;
      if (row.public === 0 && !ctx.seesPrivate) continue;
      if (row.accountId !== null) shown.add(row.accountId);
      rows.push({ row: lookupRow(row, ranked, total), fit: ranked.fit });
    }
  }
  const final = ({ row }: { row: LookupRow }) => (row.activity === 'final' ? 1 : 0);
  return rows
    .sort((a, b) => a.fit - b.fit || final(a) - final(b))
    .slice(0, limit)
    .map(({ row }) => row);
}

/** A location with a private resident is that customer's address: it is not found at all. */
const isHidden = ({ seesPrivate }: QueryContext, { subject }: Ranked, rows: readonly AccountRow[]): boolean =>
  !seesPrivate && subject === 'location' && rows.some((row) => row.activity === 'current' && row.public === 0);

function lookupRow({ public: isPublic, ...row }: AccountRow, { hit, fit }: Ranked, accounts: number): LookupRow {
  return {
    ...row,
    match: {
      kind: hit.kind,
      text: hit.key.replace(' ,', ''),
      exact: fit === EXACT,
      former: FORMER_KINDS.has(hit.kind) || row.activity === 'final',
    },
    accounts,
    private: isPublic === 0,
  };
}

interface RecordRows {
  readonly rows: readonly AccountRow[];
  readonly total: number;
}

type Owner = 'customer' | 'location';
const OWNERS: readonly Owner[] = ['customer', 'location'];

/** Reads the rows of all records in as few statements as there are kinds of them. */
async function readRecords(
  db: QueryContext['db'],
  found: readonly Ranked[],
  each: number,
): Promise<(ranked: Ranked) => RecordRows> {
  const totals = new Map<string, number>();
  const accountIds = new Map<string, number[]>();
  const alone = new Map<string, AccountRow>();
  for (const owner of OWNERS) {
    const ids = (none: boolean) =>
      found
        .filter(({ subject, hit }) => subject === owner && (hit.activity === ACTIVITIES.none) === none)
        .map(({ id }) => id);
    const served = ids(false);
    for (const row of served.length > 0 ? await accountsOfOwners(db, owner, served) : []) {
      const key = `${owner} ${row.ownerId}`;
      totals.set(key, row.total);
      const list = accountIds.get(key) ?? [];
      if (list.length < each) accountIds.set(key, [...list, row.accountId]);
    }
    for (const row of await ownersAlone(db, owner, ids(true))) {
      alone.set(`${owner} ${owner === 'customer' ? row.customerId : row.locationId}`, row);
    }
  }
  for (const { subject, id } of found) if (subject === 'account') accountIds.set(`account ${id}`, [id]);
  const unique = [...new Set([...accountIds.values()].flat())];
  const rows = new Map((await accountRows(db, unique)).map((row) => [row.accountId!, row]));
  return ({ subject, id }) => {
    const key = `${subject} ${id}`;
    const single = alone.get(key);
    if (single) return { rows: [single], total: 0 };
    const own = (accountIds.get(key) ?? []).flatMap((accountId) => rows.get(accountId) ?? []);
    return { rows: own.sort(byActivity), total: totals.get(key) ?? own.length };
  };
}

/** Current first, then waiting, then final, the latest of each. */
export const byActivity = (a: AccountRow, b: AccountRow): number =>
  compareAccounts(
    { activity: a.activity!, movedInOn: a.movedInOn!, id: a.accountId! },
    { activity: b.activity!, movedInOn: b.movedInOn!, id: b.accountId! },
  );
