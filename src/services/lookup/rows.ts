import { ACTIVITIES, type KeyKind } from '#db/search/kinds.ts';
import { compareAccounts } from '#domain/standing.ts';
import type { QueryContext } from '../operation.ts';
import { EXACT, type Ranked } from './rank.ts';
import { sees, seesAll, type Visible } from '../sight.ts';
import { type AccountOf, type AccountRow, accountRows, accountsOfOwners, ownersAlone } from './records.ts';

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
export interface LookupRow extends Omit<AccountRow, keyof Visible> {
  readonly match: Match;
  /** How many accounts the customer or the location found has. */
  readonly accounts: number;
  /** Only some may see this customer. */
  readonly private: boolean;
}

const FORMER_KINDS: ReadonlySet<KeyKind> = new Set(['customerAltId', 'locationAltId', 'removedMeter']);
/** Rows read beyond those shown: some may be private. */
const SPARE = 4;
/** Accounts shown of each of several records found. */
const SHOWN_OF_SEVERAL = 3;

/** The accounts of the records found, in their order, without what the actor may not see. */
export async function rowsOf(ctx: QueryContext, found: readonly Ranked[], limit: number): Promise<LookupRow[]> {
  const records = await readRecords(ctx, found, limit + (seesAll(ctx.sight) ? 0 : SPARE));
  const shown = new Set<number>();
  const rows: { row: LookupRow; fit: number }[] = [];
  for (const ranked of found) {
    const { rows: own, total } = records(ranked);
    for (const row of own) {
      if (row.accountId !== null && shown.has(row.accountId)) continue;
      if (row.customerId !== null && !sees(ctx.sight, row)) continue;
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

/** Those that may be shown; none of a location with a resident who may not be seen: it is that customer's address. */
function showable({ sight }: QueryContext, accounts: readonly AccountOf[]): readonly AccountOf[] {
  if (seesAll(sight)) return accounts;
  const hidden = accounts.some((account) => account.activity === 'current' && !sees(sight, account));
  return hidden ? [] : accounts.filter((account) => sees(sight, account));
}

function lookupRow(
  { public: isPublic, customerGroup: _group, ...row }: AccountRow,
  { hit, fit }: Ranked,
  accounts: number,
): LookupRow {
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

type Owner = 'customer' | 'location';
const OWNERS: readonly Owner[] = ['customer', 'location'];

const keyOf = (subject: Ranked['subject'], id: number): string => `${subject} ${id}`;

/** Accounts of the records found: of each the most active ones first, and how many it has. */
async function readAccounts(ctx: QueryContext, found: readonly Ranked[]): Promise<Map<string, readonly AccountOf[]>> {
  const accounts = new Map<string, AccountOf[]>();
  for (const owner of OWNERS) {
    const ids = found
      .filter(({ subject, hit }) => subject === owner && hit.activity !== ACTIVITIES.none)
      .map(({ id }) => id);
    for (const account of ids.length > 0 ? await accountsOfOwners(ctx.db, owner, ids) : []) {
      const key = keyOf(owner, account.ownerId);
      const list = accounts.get(key);
      if (list) list.push(account);
      else accounts.set(key, [account]);
    }
  }
  for (const list of accounts.values()) {
    list.sort((a, b) => ACTIVITIES[a.activity] - ACTIVITIES[b.activity] || b.accountId - a.accountId);
  }
  return new Map([...accounts].map(([key, list]) => [key, key.startsWith('location') ? showable(ctx, list) : list]));
}

/**
 * The accounts to read: in the order of the records, those that are current or waiting before
 * final ones of the same fit, and no more than are shown.
 */
function chosen(
  found: readonly Ranked[],
  accounts: ReadonlyMap<string, readonly AccountOf[]>,
  limit: number,
): Set<number> {
  const each = Math.max(SHOWN_OF_SEVERAL, Math.floor(limit / found.length));
  const picks = found.flatMap(({ subject, id, fit, hit }) =>
    subject === 'account'
      ? [{ accountId: id, fit, final: hit.activity === ACTIVITIES.final ? 1 : 0 }]
      : (accounts.get(keyOf(subject, id)) ?? [])
          .slice(0, each)
          .map(({ accountId, activity }) => ({ accountId, fit, final: activity === 'final' ? 1 : 0 })),
  );
  picks.sort((a, b) => a.fit - b.fit || a.final - b.final);
  const ids = new Set<number>();
  for (const { accountId } of picks) if (ids.size < limit) ids.add(accountId);
  return ids;
}

interface RecordRows {
  readonly rows: readonly AccountRow[];
  readonly total: number;
}

/** Reads the rows of all records in as few statements as there are kinds of them. */
async function readRecords(
  ctx: QueryContext,
  found: readonly Ranked[],
  limit: number,
): Promise<(ranked: Ranked) => RecordRows> {
  const { db } = ctx;
  const accounts = await readAccounts(ctx, found);
  const rows = new Map<number, AccountRow>();
  for (const row of await accountRows(db, [...chosen(found, accounts, limit)])) rows.set(row.accountId!, row);
  const alone = new Map<string, AccountRow>();
  for (const owner of OWNERS) {
    const ids = found
      .filter(({ subject, hit }) => subject === owner && hit.activity === ACTIVITIES.none)
      .map(({ id }) => id);
    for (const row of await ownersAlone(db, owner, ids)) {
      alone.set(keyOf(owner, owner === 'customer' ? row.customerId! : row.locationId!), row);
    }
  }
  return ({ subject, id }) => {
    const single = alone.get(keyOf(subject, id));
    if (single) return { rows: [single], total: 0 };
    const own = accounts.get(keyOf(subject, id));
    const ids = subject === 'account' ? [id] : (own ?? []).map(({ accountId }) => accountId);
    const shown = ids.flatMap((accountId) => rows.get(accountId) ?? []);
    return { rows: shown.sort(byActivity), total: own?.length ?? 1 };
  };
}

/** Current first, then waiting, then final, the latest of each. */
export const byActivity = (a: AccountRow, b: AccountRow): number =>
  compareAccounts(
    { activity: a.activity!, movedInOn: a.movedInOn!, id: a.accountId! },
    { activity: b.activity!, movedInOn: b.movedInOn!, id: b.accountId! },
  );
