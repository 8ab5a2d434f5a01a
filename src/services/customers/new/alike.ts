import { fold, foldEmail, phoneDigits } from '#db/search/fold.ts';
import type { Db } from '#db/schema.ts';
import { streetWords } from '#db/search/street.ts';
import type { Cents } from '#domain/money.ts';
import { readPhone } from '#domain/phone.ts';
import { type Agreement, byWeight, likeness } from '#domain/same-person.ts';
import type { QueryContext } from '../../operation.ts';
import { type Ask } from '../../lookup/question.ts';
import { type Hit, scan } from '../../lookup/scan.ts';
import { shownCustomer } from '../../shown.ts';

/** What is known of somebody new, as it was typed. */
export interface Newcomer {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly businessName: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** First lines of addresses. */
  readonly streets: readonly string[];
}

/** A customer who may be the same person, and what it owes. */
export interface AlikeCustomer {
  readonly customerId: number;
  readonly number: string;
  readonly name: string;
  readonly agreements: readonly Agreement[];
  /** The same person as far as anybody can tell; else somebody has to look. */
  readonly same: boolean;
  /** Accounts that are current or waiting. */
  readonly openAccounts: number;
  /** Posted balance of all accounts, zero when it is a credit. */
  readonly owedCents: Cents;
  /** Written off and not recovered. */
  readonly writtenOffCents: Cents;
  /** Handed to an agency and not recalled. */
  readonly inCollections: boolean;
  /** A debt is left behind: written off, handed over, or owed without an account that still bills. */
  readonly leftDebt: boolean;
}

/** Keys read of each thing: common names have thousands. */
const OF_EACH = 60;
const MOST = 10;

const nothing: Pick<Ask, 'others' | 'whole'> = { others: [], whole: [] };

/** What the look-up index is asked, each for one agreement. */
function questions(who: Newcomer): (readonly [Agreement, Ask])[] {
  const name = who.businessName ? fold(who.businessName) : fold(`${who.lastName ?? ''} ${who.firstName ?? ''}`);
  const streets = who.streets.map((street) => streetWords(street).join(' ')).filter((street) => street.includes(' '));
  const asks: (readonly [Agreement, Ask])[] = [
    ['name', { kind: 'name', prefix: name, ...nothing }],
    ...who.phones.map(
      (phone) =>
        ['phone', { kind: 'phone', prefix: readPhone(phone)?.digits ?? phoneDigits(phone), ...nothing }] as const,
    ),
    ...who.emails.map((email) => ['email', { kind: 'email', prefix: foldEmail(email), ...nothing }] as const),
    ...streets.flatMap((prefix) =>
      (['mailing', 'address'] as const).map((kind) => ['address', { kind, prefix, ...nothing }] as const),
    ),
  ];
  return asks.filter(([, ask]) => ask.prefix.length >= LEAST);
}

/** Shorter texts begin too much. */
const LEAST = 4;

/** Whether a key is what was asked for, not only begins so: a name may go on with a middle name, an address with its city. */
function isWhole({ key, ask }: Hit): boolean {
  const rest = key.slice(ask.prefix.length);
  if (ask.kind === 'phone' || ask.kind === 'email') return rest === '';
  return ask.kind === 'name' ? /^( \S+)?$/.test(rest) : rest === '' || rest.startsWith(' ,');
}

/**
 * Customers who agree with somebody new in so much that it may be the same person; only those who
 * may be seen. `numbers` are customers found by a sensitive number, `born` those with the same birth date.
 */
export async function alikeCustomers(
  { db, sight, signal }: QueryContext,
  who: Newcomer,
  found: { readonly ssn: readonly number[]; readonly born: readonly number[] } = { ssn: [], born: [] },
): Promise<AlikeCustomer[]> {
  const agreements = new Map<number, Set<Agreement>>();
  const agree = (customerId: number, one: Agreement): void => {
    const all = agreements.get(customerId) ?? new Set();
    agreements.set(customerId, all.add(one));
  };
  for (const [agreement, ask] of questions(who)) {
    signal?.throwIfAborted();
    const hits = (await scan(db, [ask], OF_EACH)).filter(isWhole);
    const ids = hits.map(({ subjectId }) => subjectId);
    const customers = ask.kind === 'address' ? await residentsOf(db, ids) : ids;
    for (const id of customers) agree(id, agreement);
  }
  for (const id of found.ssn) agree(id, 'ssn');
  for (const id of found.born) if (agreements.has(id)) agree(id, 'birth-date');
  const alike = [...agreements]
    .map(([customerId, set]) => ({ customerId, agreements: byWeight([...set]) }))
    .filter((one) => likeness(one.agreements) !== 'none')
    .toSorted((a, b) => b.agreements.length - a.agreements.length || a.customerId - b.customerId);
  const known = await standings(
    { db, sight },
    alike.slice(0, MOST * 2).map(({ customerId }) => customerId),
  );
  return alike
    .flatMap((one) => {
      const row = known.get(one.customerId);
      return row ? [{ ...row, ...one, leftDebt: leavesDebt(row), same: likeness(one.agreements) === 'same' }] : [];
    })
    .slice(0, MOST);
}

/** Customers at these locations, former ones too: people come back. */
async function residentsOf(db: Db, locations: readonly number[]): Promise<number[]> {
  if (locations.length === 0) return [];
  const rows = await db
    .selectFrom('account')
    .select('customer_id')
    .distinct()
    .where('location_id', 'in', locations)
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Who they are and how they stand, of those who may be seen. */
async function standings({ db, sight }: Pick<QueryContext, 'db' | 'sight'>, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, never>();
  const rows = await db
    .selectFrom('customer as c')
    .where('c.id', 'in', ids)
    .where((eb) => eb.exists(shownCustomer(db, eb.ref('c.id'), sight)))
    .select(['c.id as customerId', 'c.number', 'c.display_name as name'])
    .select((eb) => [
      eb
        .selectFrom('account as a')
        .select((s) => s.fn.countAll<number>().as('n'))
        .whereRef('a.customer_id', '=', 'c.id')
        .where('a.activity', '<>', 'final')
        .as('openAccounts'),
      eb
        .selectFrom('account_balance as b')
        .select((s) => s.fn.sum<number | null>('b.balance_cents').as('n'))
        .whereRef('b.customer_id', '=', 'c.id')
        .as('balanceCents'),
      eb
        .selectFrom('ledger_transaction as t')
        .select((s) => s.fn.sum<number | null>('t.amount_cents').as('n'))
        .whereRef('t.customer_id', '=', 'c.id')
        .where('t.kind', 'in', ['write_off', 'write_off_reinstate'])
        .where('t.status', '=', 'posted')
        .as('writtenOff'),
      eb
        .selectFrom('collection_placement as p')
        .select((s) => s.fn.countAll<number>().as('n'))
        .whereRef('p.customer_id', '=', 'c.id')
        .where('p.recalled_on', 'is', null)
        .as('placements'),
    ])
    .execute();
  return new Map(
    rows.map((row) => [
      row.customerId,
      {
        customerId: row.customerId,
        number: row.number,
        name: row.name,
        openAccounts: Number(row.openAccounts),
        owedCents: Math.max(0, Number(row.balanceCents ?? 0)),
        // Write-offs lower the debt: their sum is negative.
        writtenOffCents: Math.max(0, -Number(row.writtenOff ?? 0)),
        inCollections: Number(row.placements) > 0,
      },
    ]),
  );
}

type Debts = Pick<AlikeCustomer, 'writtenOffCents' | 'inCollections' | 'owedCents' | 'openAccounts'>;

const leavesDebt = ({ writtenOffCents, inCollections, owedCents, openAccounts }: Debts): boolean =>
  writtenOffCents > 0 || inCollections || (owedCents > 0 && openAccounts === 0);
