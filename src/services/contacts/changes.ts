import type { ContactFacts, ContactLevel } from '#domain/contact.ts';

type Side = ContactFacts & { readonly level: ContactLevel };
type Told = Readonly<Record<string, string | null>>;

const OWN = ['level', 'type', 'firstName', 'middleName', 'lastName', 'suffix', 'notices'] as const;

const words = (parts: readonly (string | null | undefined | false)[]): string => parts.filter(Boolean).join(', ');
const primary = (is: boolean): string => (is ? 'primary' : '');

/** Every address, e-mail and phone as one text, in their order. */
const texts = ({ addresses, emails, phones }: ContactFacts): Readonly<Record<string, readonly string[]>> => ({
  address: addresses.map((one) =>
    words([
      one.type,
      primary(one.primary),
      one.careOf && `c/o ${one.careOf}`,
      one.line1,
      one.line2,
      one.city,
      one.state,
      one.zip,
      one.country,
      one.county,
      one.geoCode,
    ]),
  ),
  email: emails.map((one) => words([one.type, primary(one.primary), one.address, one.description])),
  phone: phones.map((one) =>
    words([one.type, primary(one.primary), one.number, one.extension && `x${one.extension}`, one.description]),
  ),
});

function told(side: Side | null): Told {
  if (side === null) return {};
  const own = OWN.map((field): [string, string | null] => [field, side[field] || null]);
  const several = Object.entries(texts(side)).map(([kind, all]): [string, string | null] => [
    kind,
    all.length === 0 ? null : all.join('; '),
  ]);
  return Object.fromEntries([...own, ...several]);
}

/** What the audit row tells of a contact that was added (nothing before), changed or deleted (nothing after). */
export function changesOf(before: Side | null, after: Side | null): Record<string, readonly [unknown, unknown]> {
  const was = told(before);
  const is = told(after);
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return Object.fromEntries(
    fields.flatMap((field): [string, readonly [unknown, unknown]][] => {
      const pair = [was[field] ?? null, is[field] ?? null] as const;
      return pair[0] === pair[1] ? [] : [[field, pair]];
    }),
  );
}
