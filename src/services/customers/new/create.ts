import { naturalKey, sortKey } from '#domain/sort-key.ts';
import { reindexCustomer } from '#db/search/reindex.ts';
import { displayName } from '#domain/person-name.ts';
import { phonesReady, readPhone } from '#domain/phone.ts';
import { writtenZip } from '#domain/postal.ts';
import { withOnePrimary } from '#domain/reach.ts';
import { type MovedIn, moveIn } from '../../accounts/move-in.ts';
import { may } from '../../actor.ts';
import { fieldsOf } from '../../custom-fields/read.ts';
import { saveFields } from '../../custom-fields/write.ts';
import { chargeDeposit } from '../../deposits/charge.ts';
import { Failure } from '../../failure.ts';
import { addLocation } from '../../locations/add.ts';
import { command, type CommandContext } from '../../operation.ts';
import { type SealableNumber, saysNumbers, sealable, sealNumbers } from '../../secrets/typed-numbers.ts';
import type { OpenVault } from '../../secrets/vault.ts';
import { assertChangeable } from '../../subject.ts';
import { type Sought, soughtOf } from './check.ts';
import { assertValid, isTaken } from './checked.ts';
import { type NewCustomer, newCustomer } from './input.ts';
import { assertNobodyElse } from './nobody-else.ts';

/** What came of it. */
export interface CreatedCustomer {
  readonly customerId: number;
  readonly number: string;
  /** Null: it moves in nowhere yet. */
  readonly account: MovedIn | null;
}

interface Prepared {
  readonly sought: Sought;
  readonly open: OpenVault | null;
  readonly numbers: readonly SealableNumber[];
}

/** Enters somebody new with everything that is said at once: all of it, or nothing. */
export const createCustomer = command({
  name: 'customer.create',
  summary: 'Enter a new customer, move it in and charge its deposit, all or nothing',
  permission: 'customers.create',
  secret: 'input',
  input: newCustomer,
  prepare: async ({ personal }, aids): Promise<Prepared> => {
    await phonesReady();
    const sought = await soughtOf(personal, aids);
    if (!saysNumbers(personal)) return { sought, open: null, numbers: [] };
    const open = await aids.vault.unlock();
    return { sought, open, numbers: await sealable(open, personal) };
  },
  run: async (ctx, input, prepared: Prepared): Promise<CreatedCustomer> => {
    await assertValid(ctx, input);
    assertMay(ctx, input, prepared);
    await assertNobodyElse(ctx, input, prepared.sought);
    const { customerId, number } = await addCustomer(ctx, input);
    await addReach(ctx, customerId, input);
    const { open, numbers } = prepared;
    if (open) await sealNumbers(ctx, open, { entity: 'Customer', entityId: customerId, customerId }, numbers);
    await fillFields(ctx, customerId, input.fields);
    await reindexCustomer(ctx.db, customerId);
    const account = await settle(ctx, customerId, input);
    if (input.deposit) {
      if (!account)
        throw new Failure('invalid', 'A deposit needs a location.', { deposit: 'Choose a location first.' });
      await chargeDeposit.run(
        ctx,
        chargeDeposit.input.parse({ ...input.deposit, accountId: account.accountId }),
        undefined,
      );
    }
    return { customerId, number, account };
  },
});

/** Parts of the form that need a right of their own. */
function assertMay(
  { actor }: CommandContext,
  { deposit, moveIn: move, detail }: NewCustomer,
  { numbers }: Prepared,
): void {
  const need = (wanted: boolean, right: string, what: string): void => {
    if (wanted && !may(actor, right)) throw new Failure('forbidden', `You may not ${what}. Nothing was saved.`);
  };
  need(numbers.length > 0, 'sensitive.edit', 'enter sensitive numbers');
  need(deposit !== null, 'deposits.manage', 'charge deposits');
  need(move !== null && 'add' in move.place, 'locations.edit', 'enter new locations');
  need(detail.public === 0, 'customers.private', 'enter private customers, whom you could not see');
}

const orNull = (text: string): string | null => (text === '' ? null : text);

async function addCustomer(ctx: CommandContext, { detail, debtReason }: NewCustomer) {
  const person = detail.kind === 'individual';
  const number = detail.number === '' ? await freeNumber(ctx) : detail.number;
  const name = displayName(detail);
  const row = ctx.em.create(ctx.e.Customer, {
    id: ctx.newId(),
    number,
    numberKey: naturalKey(number),
    kind: detail.kind,
    title: person ? orNull(detail.title) : null,
    firstName: person ? detail.firstName : null,
    middleName: person ? orNull(detail.middleName) : null,
    lastName: person ? detail.lastName : null,
    suffix: person ? orNull(detail.suffix) : null,
    spouseName: person ? orNull(detail.spouseName) : null,
    businessName: person ? null : detail.businessName,
    displayName: name,
    sortName: sortKey(name),
    altId: orNull(detail.altId),
    accountStatus: detail.accountStatus,
    statusAssignedOn: ctx.today,
    public: detail.public,
    noChecks: detail.noChecks,
    noCollections: detail.noCollections,
    segment: detail.segment,
    defaultTerms: orNull(detail.defaultTerms),
    branch: orNull(detail.branch),
    salesperson: orNull(detail.salesperson),
    chainAccount: orNull(detail.chainAccount),
    customerGroup: orNull(detail.customerGroup),
    customerGroup2: orNull(detail.customerGroup2),
    taxExemptNumber: orNull(detail.taxExemptNumber),
    bypassRateUntil: detail.bypassRateUntil,
    identityCheck: orNull(detail.identityCheck),
    statementFormat: orNull(detail.statementFormat),
    mailNotices: detail.mailNotices,
    emailNotices: detail.emailNotices,
    createdAt: ctx.now,
  });
  ctx.audit({
    entity: 'Customer',
    entityId: row.id,
    customerId: row.id,
    changes: { number: [null, number], name: [null, name], kind: [null, detail.kind], segment: [null, detail.segment] },
    ...(debtReason ? { reason: debtReason } : {}),
  });
  await ctx.em.flush();
  return { customerId: row.id, number };
}

/** The next number of the series that nobody has: imports bring numbers of their own. */
async function freeNumber(ctx: CommandContext): Promise<string> {
  for (;;) {
    const wanted = String(await ctx.nextNumber('customer'));
    if (!(await isTaken(ctx, wanted))) return wanted;
  }
}

async function addReach(ctx: CommandContext, customerId: number, { billTo }: NewCustomer): Promise<void> {
  const { em, e } = ctx;
  const customer = em.getReference(e.Customer, customerId);
  const { address } = billTo;
  em.create(e.CustomerAddress, {
    id: ctx.newId(),
    customer,
    type: address.type,
    primary: 1,
    careOf: orNull(address.careOf),
    line1: address.line1,
    line2: orNull(address.line2),
    city: address.city,
    state: orNull(address.state.toUpperCase()),
    zip: orNull(writtenZip(address.zip, address.country)),
    country: address.country,
    county: orNull(address.county),
    geoCode: orNull(address.geoCode),
  });
  for (const phone of withOnePrimary(billTo.phones)) {
    const read = readPhone(phone.number)!;
    em.create(e.CustomerPhone, {
      id: ctx.newId(),
      customer,
      type: phone.type,
      number: read.shown,
      digits: read.digits,
      extension: orNull(phone.extension || read.extension),
      description: orNull(phone.description),
      primary: phone.primary ? 1 : 0,
    });
  }
  for (const email of withOnePrimary(billTo.emails))
    em.create(e.CustomerEmail, {
      id: ctx.newId(),
      customer,
      type: email.type,
      address: email.address,
      description: orNull(email.description),
      primary: email.primary ? 1 : 0,
    });
  await em.flush();
}

/** The company's own fields, those that are required among them. */
async function fillFields(ctx: CommandContext, customerId: number, values: NewCustomer['fields']): Promise<void> {
  const { version } = await fieldsOf(ctx.db, 'customer', customerId);
  try {
    await saveFields(ctx, 'customer', customerId, { values, version });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const fields = Object.entries(error.fields).map(([field, words]) => [`fields.${field}`, words]);
    throw new Failure(error.code, error.message, Object.fromEntries(fields));
  }
}

/** Moves it in where it said. */
async function settle(ctx: CommandContext, customerId: number, { moveIn: move }: NewCustomer): Promise<MovedIn | null> {
  if (!move) return null;
  const { place, terms } = move;
  if ('id' in place) await assertChangeable(ctx, { locationId: place.id });
  const locationId = 'id' in place ? place.id : (await addLocation(ctx, place.add)).id;
  return moveIn(ctx, { customerId, locationId }, terms);
}
