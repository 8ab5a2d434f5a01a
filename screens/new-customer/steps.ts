import { formatCents } from '#domain/money.ts';
import { phonesReady } from '#domain/phone.ts';
import { checkEntered, entered } from '#services/customers/new/entered.ts';
import { findFreeLocation, type FreeLocation } from '#services/locations/free.ts';
import { placeOfZip } from '#services/customers/reach/place.ts';
import { Failure, unreadable } from '#services/failure.ts';
import type { FormValues } from '#ui/form/definition.ts';
import { fieldsToFill } from './adding.ts';
import { closedPart } from './forms.ts';
import { byPart, saidOf } from './input.ts';
import { fieldsFor, type NewCustomerContext, type NewCustomerState, sectionAt } from './model.ts';
import { SECTION_TITLES, type Section, SECTIONS } from './sections.ts';

const wrong = (field: string, message: string): Failure => new Failure('invalid', message, { [field]: message });

/** The location that was meant; of several the operator chooses. */
async function chosenLocation(ctx: NewCustomerContext, text: string): Promise<FreeLocation> {
  const { location } = ctx.get();
  if (location && text === location.number) return location;
  const found = await ctx.call(findFreeLocation, { text });
  if (found.length === 0) throw wrong('location', 'There is no such location, or its resident is private.');
  const [only] = found;
  if (found.length === 1) return only!;
  const chosen = await ctx.choose(
    'Which location?',
    found.map((value) => ({
      value,
      label: `${value.number} ${value.line1}, ${value.city}`,
      detail: value.awaited ? 'somebody waits' : value.occupied ? 'occupied' : 'free',
    })),
  );
  if (!chosen) throw wrong('location', 'Choose the location.');
  return chosen;
}

/** What follows from a location: what was taken there, and the deposit to ask for. */
function followingFrom(state: NewCustomerState, location: FreeLocation): Partial<NewCustomerState> {
  if (state.location?.locationId === location.locationId) return { location };
  const rates = new Map(location.services.map((one) => [one.serviceTypeId, one.rateCodeId]));
  const services = Object.fromEntries(
    (state.choices?.services ?? []).map(({ id, rates: offered }): [string, string | boolean] => {
      if (offered.length === 0) return [`service${id}`, rates.has(id)];
      return [`service${id}`, offered.find((rate) => rate.id === rates.get(id))?.value ?? ''];
    }),
  );
  const amount = location.depositCents === null ? state.typed.deposit.amount! : formatCents(location.depositCents);
  return { location, typed: { ...state.typed, services, deposit: { ...state.typed.deposit, amount } } };
}

/** What saving a part does with it beyond keeping it. */
async function keep(ctx: NewCustomerContext, section: Section, values: FormValues): Promise<void> {
  let patch: Partial<NewCustomerState> = {};
  let kept = values;
  if (section === 'site' && values.where === 'existing') {
    const location = await chosenLocation(ctx, String(values.location).trim());
    if (location.awaited) throw wrong('location', 'Somebody else is waiting to move in there already.');
    patch = followingFrom(ctx.get(), location);
    kept = { ...values, location: location.number };
  }
  if (section === 'billTo' || (section === 'site' && values.where === 'new' && values.sameAddress !== true))
    kept = await withPlace(ctx, values);
  await assertAccepted(ctx, section, kept);
  if (section === 'deposit') kept = depositWithAmount(ctx.get(), values);
  const { typed, seen, problems, at } = { ...ctx.get(), ...patch };
  const { [section]: _, ...others } = problems;
  ctx.set({
    ...patch,
    typed: { ...typed, [section]: kept },
    seen: [...new Set([...seen, section])],
    problems: others,
    at: Math.min(at + 1, SECTIONS.length - 1),
  });
}

/** Parts of which only the database knows all that is wrong: codes, numbers that are taken, groups. */
const ASKED: ReadonlySet<Section> = new Set(['detail', 'billTo', 'reach']);

/** @throws Failure `invalid`, at the fields of the part that entering the customer would refuse */
async function assertAccepted(ctx: NewCustomerContext, section: Section, values: FormValues): Promise<void> {
  if (!ASKED.has(section)) return;
  const state = { ...ctx.get(), typed: { ...ctx.get().typed, [section]: values } };
  const problems = byPart(await problemsOf(ctx, state), state)[section] ?? {};
  const [first] = Object.values(problems);
  if (first) throw new Failure('invalid', first, problems);
}

/** Messages by path. What is refused unread, such as the number of a card, is one of them. */
async function problemsOf(
  { call }: NewCustomerContext,
  state: NewCustomerState,
): Promise<Readonly<Record<string, string>>> {
  const read = entered.safeParse(saidOf(state));
  if (!read.success) return unreadable(read.error.issues).fields;
  try {
    return await call(checkEntered, read.data);
  } catch (error) {
    if (!(error instanceof Failure) || Object.keys(error.fields).length === 0) throw error;
    return error.fields;
  }
}

/** City and state as the utility knows them of the ZIP, where they were left out. */
async function withPlace(ctx: NewCustomerContext, values: FormValues): Promise<FormValues> {
  if (values.city !== '' && values.state !== '') return values;
  const place = values.zip === '' ? null : await ctx.call(placeOfZip, { zip: String(values.zip) });
  if (values.city === '' && !place) throw wrong('city', 'Enter the city: none is known of this ZIP.');
  return place ? { ...values, city: values.city || place.city, state: values.state || place.state } : values;
}

/** The code's amount where none was typed. */
function depositWithAmount({ choices }: NewCustomerState, values: FormValues): FormValues {
  const code = choices?.deposits.find(({ value }) => value === values.code);
  if (!code || values.amount !== '') return values;
  return { ...values, amount: code.amountCents === 0 ? '' : formatCents(code.amountCents) };
}

/** A new customer's name is proposed where it is needed: a business gets its mail by it, a person's spouse shares it. */
function initialOf(state: NewCustomerState, section: Section): FormValues {
  const values = state.typed[section];
  // A company that has no location yet has only new ones to move in to.
  if (section === 'site' && state.choices?.anyLocation === false && values.where === 'existing' && !values.location)
    return { ...values, where: state.choices.rights.locations ? 'new' : 'none' };
  if (section !== 'services' && section !== 'fields') return values;
  const empty = fieldsFor(state, section).map((field): [string, string | boolean] => [
    field.name,
    field.kind === 'flag' ? false : '',
  ]);
  return { ...Object.fromEntries(empty), ...values };
}

/** Name of the draft of a part that is being typed. */
export const partDraft = (section: Section): string => `customer.new.${section}`;

/** Opens the form of the part under the cursor; whether it was gone through. */
export async function openPart(ctx: NewCustomerContext): Promise<boolean> {
  const state = ctx.get();
  const section = sectionAt(state);
  const fields = fieldsToFill(ctx, section);
  const closed = closedPart(section, state.typed, fields, state.choices);
  if (closed) {
    ctx.toast(closed, 'info');
    return false;
  }
  await phonesReady();
  const answer = await ctx.form({
    title: `New customer: ${SECTION_TITLES[section]}`,
    verb: 'Next',
    fields,
    initial: initialOf(state, section),
    today: ctx.today,
    errors: state.problems[section],
    ...(section === 'personal' ? {} : { draft: { form: partDraft(section), subjectId: null } }),
    save: async (values: FormValues) => {
      await keep(ctx, section, values);
      return true;
    },
  });
  return answer === true;
}

/** One part after another until one is left or all are gone through. */
export async function goThrough(ctx: NewCustomerContext): Promise<void> {
  for (;;) {
    const state = ctx.get();
    const section = sectionAt(state);
    const last = state.at === SECTIONS.length - 1;
    if (closedPart(section, state.typed, fieldsFor(state, section), state.choices)) {
      if (last) return;
      ctx.set({ at: state.at + 1 });
      continue;
    }
    if (!(await openPart(ctx)) || last) return;
  }
}
