import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { IdMaker } from '#domain/ids.ts';
import { FINDABLE_KINDS, lastFour, type SensitiveKind } from '#domain/sensitive.ts';
import { type OpenVault, vaultOf } from './vault.ts';

/** Customers looked at, however large the utility is. */
const CUSTOMERS = 2000;
/** Of these, spread over all of them: an index takes 65 ms of a processor, and a first start must not last. */
const PERSONS = 32;
const DRAFTS = 12;
/** Sealed in one transaction: those that are not found by their index take no time. */
const SEALED_AT_A_TIME = 500;
/** Indexes made at a time: each takes 19 MiB. */
const AT_A_TIME = 4;

interface Number {
  readonly entity: string;
  readonly entityId: number;
  readonly customerId: number;
  readonly kind: SensitiveKind | 'card-token';
  readonly value: string;
  readonly detail: string | null;
}

const digits = (n: number, length: number): string => String(n % 10 ** length).padStart(length, '0');

/**
 * A number that nobody has: social security numbers never begin with 9, and the tax office's
 * own numbers, which do, never have 11 to 49 behind that.
 */
const madeUpSsn = (n: number): string => `9${digits(11 + (n % 89), 2)}${11 + (n % 39)}${digits(1009 + n * 7919, 4)}`;

/** So many of a list, evenly spread. */
const spread = <T>(list: readonly T[], count: number): T[] =>
  list.filter((_, at) => at % Math.max(1, Math.ceil(list.length / count)) === 0);

/** Numbers of some persons and all automatic payments; but some are not found by their number. */
async function numbersFor(db: Db): Promise<{ found: Number[]; unfound: Number[] }> {
  const customers = await db
    .selectFrom('customer')
    .select('id')
    .where('kind', '=', 'individual')
    .orderBy('id')
    .limit(CUSTOMERS)
    .execute();
  const instruments = await db
    .selectFrom('autopay_instruction')
    .select(['id', 'customer_id', 'last4', 'method', 'routing_number as routing'])
    .orderBy('id')
    .limit(CUSTOMERS)
    .execute();
  const ofPersons = spread(customers, PERSONS).flatMap(({ id }, n): Number[] => {
    const whose = { entity: 'Customer', entityId: id, customerId: id };
    const ssn: Number = { ...whose, kind: 'ssn', value: madeUpSsn(n), detail: null };
    const born = `${1940 + (n % 62)}-${digits(1 + (n % 12), 2)}-${digits(1 + (n % 28), 2)}`;
    const birth: Number = { ...whose, kind: 'birth-date', value: born, detail: null };
    const licence: Number = {
      ...whose,
      kind: 'licence',
      value: `X${digits(7_000_001 + n * 104_729, 11)}`,
      detail: 'IL',
    };
    return n % 3 === 0 ? [ssn, birth, licence] : [ssn, birth];
  });
  const ofInstruments = instruments.map((row): Number => {
    const whose = { entity: 'AutopayInstruction', entityId: row.id, customerId: row.customer_id };
    if (row.method === 'card') {
      return { ...whose, kind: 'card-token', value: `demo-token-${row.id}-${row.last4}`, detail: null };
    }
    return { ...whose, kind: 'bank-account', value: `00000${row.last4}`, detail: row.routing };
  });
  const found = new Set(
    spread(
      ofInstruments.filter(({ kind }) => kind === 'bank-account'),
      DRAFTS,
    ),
  );
  return {
    found: [...ofPersons, ...found],
    unfound: ofInstruments.filter((one) => !found.has(one)),
  };
}

/** Gives a demo utility made-up sensitive numbers, found by their index like those of a real one. */
export async function addDemoNumbers(database: Database, now: number): Promise<void> {
  const vault = await vaultOf(database).unlock();
  const ids = new IdMaker();
  const { found, unfound } = await numbersFor(database.db);
  const add = async (numbers: readonly Number[], atATime: number, indexed: boolean): Promise<void> => {
    for (let from = 0; from < numbers.length; from += atATime) {
      const some = numbers.slice(from, from + atATime);
      const rows = await Promise.all(some.map((number) => rowOf(vault, number, { id: ids.next(), now, indexed })));
      await database.transaction((db) => db.insertInto('secret_value').values(rows).execute());
    }
  };
  await add(found, AT_A_TIME, true);
  await add(unfound, SEALED_AT_A_TIME, false);
}

const isFindable = (kind: Number['kind']): boolean => FINDABLE_KINDS.some((one) => one === kind);

interface Made {
  readonly id: number;
  readonly now: number;
  readonly indexed: boolean;
}

async function rowOf(vault: OpenVault, { customerId, detail, value, ...place }: Number, { id, now, indexed }: Made) {
  const { sealed, keyId } = vault.seal(value, place);
  const indexes = indexed && isFindable(place.kind) ? await vault.indexes(place.kind, value) : [null];
  return {
    id,
    entity: place.entity,
    entity_id: place.entityId,
    customer_id: customerId,
    kind: place.kind,
    sealed,
    key_id: keyId,
    last4: place.kind === 'card-token' ? null : lastFour(place.kind, value),
    detail,
    blind_index: indexes[0],
    updated_at: now,
    version: 1,
  };
}
