import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { IdMaker } from '#domain/ids.ts';
import { lastFour, type SensitiveKind } from '#domain/sensitive.ts';
import { type OpenVault, vaultOf } from './vault.ts';

/** Customers looked at: enough to try everything, and soon done however large the utility is. */
const CUSTOMERS = 2000;
const ROWS_AT_A_TIME = 50;
/** A routing number of no bank, with a right check digit. */
const NO_BANK = '001234561';

interface Number {
  readonly entity: string;
  readonly entityId: number;
  readonly customerId: number;
  readonly kind: SensitiveKind;
  readonly value: string;
  readonly detail: string | null;
}

const digits = (n: number, length: number): string => String(n % 10 ** length).padStart(length, '0');

/**
 * A number that nobody has: social security numbers never begin with 9, and the tax office's
 * own numbers, which do, never have 11 to 49 behind that.
 */
const madeUpSsn = (n: number): string => `9${digits(11 + (n % 89), 2)}${11 + (n % 39)}${digits(1009 + n * 7919, 4)}`;

/** Numbers of about half of the persons, and of all automatic drafts. */
async function numbersFor(db: Db): Promise<Number[]> {
  const customers = await db
    .selectFrom('customer')
    .select('id')
    .where('kind', '=', 'individual')
    .orderBy('id')
    .limit(CUSTOMERS)
    .execute();
  const drafts = await db
    .selectFrom('autopay_instruction')
    .select(['id', 'customer_id', 'last4'])
    .where('method', '=', 'draft')
    .orderBy('id')
    .limit(CUSTOMERS)
    .execute();
  const ofPersons = customers.flatMap(({ id }, n): Number[] => {
    const whose = { entity: 'Customer', entityId: id, customerId: id };
    if (n % 2 === 1) return [];
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
  const ofDrafts = drafts.map(({ id, customer_id: customerId, last4 }): Number => ({
    entity: 'AutopayInstruction',
    entityId: id,
    customerId,
    kind: 'bank-account',
    value: `00000${last4}`,
    detail: NO_BANK,
  }));
  return [...ofPersons, ...ofDrafts];
}

/**
 * Gives a demo utility made-up sensitive numbers. They have no index, which would take 65 ms
 * each: they are found by opening them all, until `keys rotate --index` makes one.
 */
export async function addDemoNumbers(database: Database, now: number): Promise<void> {
  const vault = await vaultOf(database).unlock();
  const ids = new IdMaker();
  const rows = (await numbersFor(database.db)).map((number) => rowOf(vault, number, ids.next(), now));
  await database.transaction(async (db) => {
    for (let from = 0; from < rows.length; from += ROWS_AT_A_TIME) {
      await db
        .insertInto('secret_value')
        .values(rows.slice(from, from + ROWS_AT_A_TIME))
        .execute();
    }
  });
}

function rowOf(vault: OpenVault, { customerId, detail, value, ...place }: Number, id: number, now: number) {
  const { sealed, keyId } = vault.seal(value, place);
  return {
    id,
    entity: place.entity,
    entity_id: place.entityId,
    customer_id: customerId,
    kind: place.kind,
    sealed,
    key_id: keyId,
    last4: lastFour(place.kind, value),
    detail,
    blind_index: null,
    updated_at: now,
    version: 1,
  };
}
