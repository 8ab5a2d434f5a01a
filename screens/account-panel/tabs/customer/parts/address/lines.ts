import { mailLink } from '#domain/mail-link.ts';
import { writtenPhone } from '#domain/phone.ts';
import type { CustomerDetails } from '#services/customers/customer-details.ts';
import { blank, fact, heading, yesNo } from '../../../../document/lines.ts';
import type { DocLine } from '../../../../document/model.ts';
import { cityLine, streetLine } from '../../../../dashboard/facts.ts';

/** Addresses, phones and e-mail, primary first. */
export function addressLines({ addresses, phones, emails, identity }: CustomerDetails): DocLine[] {
  const primary = (is: boolean) => (is ? ', primary' : '');
  const address = addresses.flatMap((one): DocLine[] => {
    const copy = {
      label: 'the address',
      value: [one.careOf && `c/o ${one.careOf}`, one.line1, one.line2, cityLine(one)].filter(Boolean).join('\n'),
    };
    const more = [one.country === 'US' ? null : one.country, one.county && `${one.county} County`, one.geoCode]
      .filter(Boolean)
      .join(', ');
    return [
      { id: `address.${one.id}`, pieces: [[`${one.type}${primary(one.primary)}`, 'dim']], copy },
      { id: `address.${one.id}.street`, pieces: ['  ', streetLine(one)], hang: 2, copy },
      { id: `address.${one.id}.city`, pieces: [`  ${cityLine(one)}`, [more === '' ? '' : `  ${more}`, 'dim']], copy },
    ];
  });
  const phone = phones.map((one) =>
    fact(`address.phone.${one.id}`, one.type, described(writtenPhone(one), one, phones.length), { copy: one.number }),
  );
  const email = emails.map((one) => ({
    ...fact(`address.email.${one.id}`, one.type, described(one.address, one, emails.length), { copy: one.address }),
    link: linkOf(one.address),
  }));
  return [
    ...(address.length > 0 ? address : [fact('address.none', 'None', '')]),
    blank('phone'),
    heading('Phone'),
    ...(phone.length > 0 ? phone : [fact('address.phone.none', 'None', '')]),
    blank('email'),
    heading('E-mail and notices'),
    ...(email.length > 0 ? email : [fact('address.email.none', 'None', '')]),
    fact('address.notices.mail', 'Mail notices', yesNo(identity.mailNotices)),
    fact('address.notices.email', 'E-mail notices', yesNo(identity.emailNotices)),
    fact('address.notices.web', 'Web user', yesNo(identity.webUser)),
  ];
}

/** With what was said of it; the primary one of several says so. */
const described = (
  text: string,
  { description, primary }: { readonly description: string | null; readonly primary: boolean },
  count: number,
): string => [text, description, primary && count > 1 && '(primary)'].filter(Boolean).join(' ');

/** A click opens a new message. */
function linkOf(text: string): DocLine['link'] {
  const address = mailLink(text);
  return address === null ? undefined : { text, address };
}
