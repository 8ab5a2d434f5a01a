import { at, choiceOf, ROUTING, textOf, upTo } from './shapes.ts';
import type { CodeTable } from './table.ts';

const listed = { area: 'contacts', ordered: true, ...upTo(20), attributes: [] } as const;

/** Tables about where and how somebody is reached. */
export const CONTACT_TABLES: readonly CodeTable[] = [
  {
    ...listed,
    name: 'address_type',
    title: 'Address types',
    one: 'address type',
    words: 'What an address is for.',
    usedIn: [
      at('customer_address', 'type', 'addresses of customers'),
      at('contact_address', 'type', 'addresses of contacts'),
    ],
  },
  {
    ...listed,
    name: 'phone_type',
    title: 'Phone types',
    one: 'phone type',
    words: 'What a phone number reaches.',
    usedIn: [at('customer_phone', 'type', 'phones of customers'), at('contact_phone', 'type', 'phones of contacts')],
  },
  {
    ...listed,
    name: 'email_type',
    title: 'E-mail types',
    one: 'e-mail type',
    words: 'What an e-mail address is for.',
    usedIn: [at('customer_email', 'type', 'e-mails of customers'), at('contact_email', 'type', 'e-mails of contacts')],
  },
  {
    ...listed,
    name: 'contact_type',
    title: 'Contact types',
    one: 'contact type',
    words: 'Who a contact is. A customer contact goes with the customer, a location contact stays with the location.',
    attributes: [
      choiceOf(
        'level',
        'Type',
        { customer: 'Customer contact', location: 'Location contact' },
        {
          fixed: true,
          help: 'Customer contacts go with the customer; location contacts stay with the location.',
        },
      ),
    ],
    usedIn: [at('contact', 'type', 'contacts')],
  },
  {
    ...listed,
    ...ROUTING,
    name: 'bank_code',
    title: 'Banks',
    one: 'bank',
    codeLabel: 'Routing number',
    words: 'Banks that automatic payments are drawn from, by routing number.',
    ordered: false,
    attributes: [textOf('city', 'City', 60), textOf('state', 'State', 20), textOf('phone', 'Phone', 30)],
    usedIn: [at('autopay_instruction', 'routing_number', 'automatic payments')],
  },
];
