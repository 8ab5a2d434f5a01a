import { parseCents } from '#domain/money.ts';
import type { StoredChoice } from '#services/customers/new/choices.ts';
import type { newCustomer } from '#services/customers/new/input.ts';
import type { z } from 'zod';
import type { NewCustomerState, Problems } from './model.ts';
import { type Section } from './sections.ts';

type Said = z.input<typeof newCustomer>;

const words = (value: string | boolean | undefined): string => (typeof value === 'string' ? value : '');
const flag = (value: string | boolean | undefined): 0 | 1 => (value === true ? 1 : 0);
const orNull = (value: string | boolean | undefined): string | null => words(value) || null;
/** The identity of the row with that code; null where none is chosen. */
const idOf = (list: readonly StoredChoice[] | undefined, value: string | boolean | undefined): number | null =>
  list?.find((one) => one.value === value)?.id ?? null;

/** Phones and e-mails that were entered, each with the field that it came from. */
export function reachOf({ typed }: NewCustomerState) {
  const { reach } = typed;
  const phones = (['phone', 'phone2'] as const).filter((name) => words(reach[name]) !== '');
  return {
    names: phones,
    phones: phones.map((name, at) => ({
      type: words(reach[`${name}Type`]),
      number: words(reach[name]),
      description: words(reach[`${name}Note`]),
      primary: at === 0,
    })),
    emails:
      words(reach.email) === '' ? [] : [{ type: words(reach.emailType), address: words(reach.email), primary: true }],
  };
}

function moveInOf({ typed, location, choices }: NewCustomerState): Said['moveIn'] {
  const { site, billTo, services } = typed;
  if (site.where === 'none') return null;
  const from = site.sameAddress === true ? billTo : site;
  const place =
    site.where === 'existing'
      ? { id: location?.locationId ?? 0 }
      : {
          add: {
            siteName: orNull(site.siteName),
            line1: words(from.line1),
            unit: orNull(site.unit),
            city: words(from.city),
            state: orNull(from.state),
            zip: orNull(from.zip),
            branch: orNull(site.branch),
            taxGroup: orNull(site.taxGroup),
            cycleTaxGroup: orNull(site.cycleTaxGroup),
            taxExempt: flag(site.taxExempt),
            revenueClassId: idOf(choices?.revenueClasses, site.revenueClass),
            cycleId: idOf(choices?.cycles, site.cycle),
            routeId: idOf(choices?.routes, site.route),
          },
        };
  const taken = (choices?.services ?? []).flatMap(({ id, rates }) => {
    const value = services[`service${id}`] ?? '';
    return value === '' || value === false ? [] : [{ serviceTypeId: id, rateCodeId: idOf(rates, value) }];
  });
  return {
    place,
    terms: {
      movedInOn: words(site.movedInOn),
      services: taken,
      ownerCopy: flag(site.ownerCopy),
      billGroup: orNull(site.billGroup),
      terms: orNull(site.terms),
      turnOn: site.turnOn === true,
    },
  };
}

/** Everything that was typed, as the command reads it: what a field holds is known only then. */
export function saidOf(state: NewCustomerState): Readonly<Record<keyof Said, unknown>> {
  const { detail, billTo, reach, personal, deposit, fields } = state.typed;
  const { phones, emails } = reachOf(state);
  return {
    detail: {
      ...detail,
      bypassRateUntil: orNull(detail.bypassRateUntil),
      noCollections: flag(detail.noCollections),
      noChecks: flag(detail.noChecks),
      public: flag(detail.public),
      mailNotices: flag(reach.mailNotices),
      emailNotices: emails.length > 0 ? flag(reach.emailNotices) : 0,
      statementFormat: words(reach.statementFormat),
    },
    billTo: { address: billTo, phones, emails },
    personal,
    fields,
    moveIn: moveInOf(state),
    deposit:
      state.typed.site.where === 'none' || words(deposit.code) === '' || state.choices?.rights.deposits !== true
        ? null
        : {
            code: words(deposit.code),
            amountCents: parseCents(words(deposit.amount)) ?? 0,
            instalments: Number(words(deposit.instalments) || '1'),
          },
    others: [...state.others],
    debtReason: state.debtReason,
  };
}

/** Messages by path of a command, by part and field. */
export function byPart(
  problems: Readonly<Record<string, string>>,
  state: NewCustomerState,
): Partial<Record<Section, Problems>> {
  const sorted: Partial<Record<Section, Record<string, string>>> = {};
  for (const [path, message] of Object.entries(problems)) {
    const place = placeOfProblem(path, state);
    if (place) sorted[place[0]] = { ...sorted[place[0]], [place[1]]: message };
  }
  return sorted;
}

const OF_SITE: Readonly<Record<string, string>> = {
  revenueClassId: 'revenueClass',
  cycleId: 'cycle',
  routeId: 'route',
};

/** The part and the field at which a message of the command belongs; null: at none. */
function placeOfProblem(path: string, state: NewCustomerState): readonly [Section, string] | null {
  const [head = '', ...rest] = path.split('.');
  const last = rest.at(-1) ?? head;
  if (head === 'detail')
    return ['emailNotices', 'mailNotices', 'statementFormat'].includes(last) ? ['reach', last] : ['detail', last];
  if (head === 'billTo' && rest[0] === 'address') return ['billTo', last];
  if (head === 'billTo' && rest[0] === 'phones') {
    const name = reachOf(state).names[Number(rest[1])] ?? 'phone';
    return ['reach', { type: `${name}Type`, description: `${name}Note` }[last] ?? name];
  }
  if (head === 'billTo' && rest[0] === 'emails') return ['reach', last === 'type' ? 'emailType' : 'email'];
  if (head === 'personal') return ['personal', last];
  if (head === 'fields') return ['fields', last];
  if (head === 'deposit' || head === 'instalments')
    return ['deposit', head === 'deposit' ? last.replace('amountCents', 'amount') : head];
  if (head === 'amountCents') return ['deposit', 'amount'];
  if (last === 'services') return ['services', ''];
  const field = OF_SITE[last] ?? last;
  return field in state.typed.site ? ['site', field] : null;
}
