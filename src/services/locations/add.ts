import { z } from 'zod';
import { naturalKey } from '#domain/sort-key.ts';
import { fold } from '#db/search/fold.ts';
import { reindexLocation } from '#db/search/reindex.ts';
import { streetWords } from '#db/search/street.ts';
import { codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';
import { scan } from '../lookup/scan.ts';
import { shortText, typedLine } from '#domain/typed-text.ts';

const id = z.number().int().positive().nullable().default(null);
const text = (most: number) => typedLine(most).nullable().default(null);

/** A location that is not there yet. */
export const newLocation = z.object({
  /** Null: the next number. */
  number: text(40),
  siteName: text(80),
  line1: typedLine(80).min(1, 'Enter the street with its number.'),
  unit: text(20),
  city: typedLine(60).min(1, 'Enter the city.'),
  state: text(3),
  zip: text(12),
  country: shortText(2).default('US'),
  branch: text(40),
  taxGroup: text(40),
  cycleTaxGroup: text(40),
  taxExempt: z.union([z.literal(0), z.literal(1)]).default(0),
  revenueClassId: id,
  cycleId: id,
  routeId: id,
});

export type NewLocation = z.output<typeof newLocation>;

const wrong = (field: string, message: string): Failure => new Failure('invalid', message, { [field]: message });

/** `118 Alder St` in its number and its street. */
function partsOf(line1: string): { readonly houseNumber: string | null; readonly street: string } {
  const found = /^(\d[\w/-]*)\s+(\S.*)$/.exec(line1);
  return found ? { houseNumber: found[1]!, street: found[2]! } : { houseNumber: null, street: line1 };
}

/**
 * Adds a location in a command's transaction; answers its id.
 * @throws Failure at the field that is wrong
 */
export async function addLocation(ctx: CommandContext, said: NewLocation): Promise<{ id: number; number: string }> {
  await assertNew(ctx, said);
  await assertReferences(ctx, said);
  const number = said.number ?? (await freeNumber(ctx));
  const locationId = ctx.newId();
  const { houseNumber, street } = partsOf(said.line1);
  await ctx.db
    .insertInto('location')
    .values({
      id: locationId,
      number,
      number_key: naturalKey(number),
      house_number: houseNumber,
      street,
      unit: said.unit,
      line1: said.unit === null ? said.line1 : `${said.line1} ${said.unit}`,
      city: said.city,
      state: said.state,
      zip: said.zip,
      country: said.country,
      site_name: said.siteName,
      branch: said.branch,
      tax_group: said.taxGroup,
      cycle_tax_group: said.cycleTaxGroup,
      tax_exempt: said.taxExempt,
      revenue_class_id: said.revenueClassId,
      cycle_id: said.cycleId,
      route_id: said.routeId,
    })
    .execute();
  ctx.audit({
    entity: 'Location',
    entityId: locationId,
    changes: { number: [null, number], line1: [null, said.line1], unit: [null, said.unit], city: [null, said.city] },
  });
  await reindexLocation(ctx.db, locationId);
  return { id: locationId, number };
}

/** A place is entered once: whoever moves in later takes the one that is there. */
async function assertNew({ db }: CommandContext, { number, line1, unit, city }: NewLocation): Promise<void> {
  if (number !== null && (await db.selectFrom('location').select('id').where('number', '=', number).executeTakeFirst()))
    throw wrong('number', `There is a location ${number} already.`);
  const whole = streetWords(unit === null ? line1 : `${line1} ${unit}`).join(' ');
  const hits = await scan(
    db,
    [{ kind: 'address', prefix: `${whole} , ${fold(city)}`.trim(), others: [], whole: [] }],
    1,
  );
  if (hits.length === 0) return;
  const there = await db
    .selectFrom('location')
    .select('number')
    .where('id', '=', hits[0]!.subjectId)
    .executeTakeFirstOrThrow();
  throw wrong('line1', `That is location ${there.number}: choose it instead of entering it again.`);
}

async function assertReferences({ db }: CommandContext, said: NewLocation): Promise<void> {
  for (const [field, table, value] of [
    ['branch', 'branch', said.branch],
    ['taxGroup', 'tax_group', said.taxGroup],
    ['cycleTaxGroup', 'tax_group', said.cycleTaxGroup],
  ] as const) {
    if (value !== null && !(await codeValues(db, table)).some((one) => one.code === value))
      throw wrong(field, 'Not on the list.');
  }
  for (const [field, table, value] of [
    ['revenueClassId', 'revenue_class', said.revenueClassId],
    ['cycleId', 'cycle', said.cycleId],
    ['routeId', 'route', said.routeId],
  ] as const) {
    if (value === null) continue;
    const row = await db
      .selectFrom(table)
      .select('id')
      .where('id', '=', value)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (!row) throw wrong(field, 'Not on the list.');
  }
}

/** The next number of the series that no location has: imports bring numbers of their own. */
async function freeNumber(ctx: CommandContext): Promise<string> {
  for (;;) {
    const wanted = String(await ctx.nextNumber('location'));
    const taken = await ctx.db.selectFrom('location').select('id').where('number', '=', wanted).executeTakeFirst();
    if (!taken) return wanted;
  }
}
