import type { RecordField } from '#domain/customer-record.ts';
import type { CustomerIdentity } from '#services/customers/customer-details.ts';
import { fit } from '#ui/width.ts';
import { fact, factsOf } from '../../../../document/lines.ts';
import type { DocLine, Piece } from '../../../../document/model.ts';
import { KINDS } from '../../../../dashboard/facts.ts';

/** The field that a line is edited in; of a line of two, the first. */
export const FIELD_OF_LINE: Readonly<Record<string, RecordField>> = {
  'id.type': 'kind',
  'id.title': 'title',
  'id.name': 'firstName',
  'id.spouse': 'spouseName',
  'id.business': 'businessName',
  'id.alt': 'altId',
  'id.status': 'accountStatus',
  'id.assigned': 'accountStatus',
  'id.flags': 'active',
  'id.flags2': 'bankrupt',
  'id.flags3': 'noChecks',
  'id.terms.segment': 'segment',
  'id.terms.tax': 'taxExemptNumber',
  'id.terms.terms': 'defaultTerms',
  'id.terms.branch': 'branch',
  'id.terms.sales': 'salesperson',
  'id.terms.chain': 'chainAccount',
  'id.terms.group': 'customerGroup',
  'id.terms.group2': 'customerGroup2',
  'id.terms.bypass': 'bypassRateUntil',
  'id.terms.check': 'identityCheck',
  'id.terms.format': 'statementFormat',
  'id.terms.hold': 'dunningHoldUntil',
};

/** A check box as the record has it; one that restricts is drawn as a warning when it is set. */
const box = (label: string, set: boolean, normal: boolean, width = label.length): Piece => [
  `[${set ? 'x' : ' '}] ${fit(label, width)}`,
  set === normal ? 'text' : 'warning',
];

/** Title, name and spouse of a person; the business name of anybody else. */
function names({ kind, title, name, spouseName, businessName }: CustomerIdentity): DocLine[] {
  const type = fact('id.type', 'Type', KINDS[kind].word);
  if (kind !== 'individual') return [type, fact('id.business', 'Business name', businessName ?? name)];
  return [
    type,
    ...factsOf([
      ['id.title', 'Title', title],
      ['id.name', 'Name', name],
      ['id.spouse', 'Spouse', spouseName],
    ]),
  ];
}

/** How the customer is dealt with: what was said of it. */
function dealingLines(identity: CustomerIdentity): DocLine[] {
  return [
    fact('id.terms.segment', 'Segment', identity.segment === 'commercial' ? 'Commercial' : 'Residential'),
    ...factsOf([
      ['id.terms.tax', 'Tax exempt', identity.taxExemptNumber],
      ['id.terms.terms', 'Terms', identity.terms],
      ['id.terms.branch', 'Branch', identity.branch],
      ['id.terms.sales', 'Salesperson', identity.salesperson],
      ['id.terms.chain', 'Chain account', identity.chainAccount],
      ['id.terms.group', 'Group', identity.customerGroup],
      ['id.terms.group2', 'Second group', identity.customerGroup2],
      ['id.terms.bypass', 'No rate rise', identity.bypassRateUntil && `until ${identity.bypassRateUntil}`],
      ['id.terms.check', 'Identity check', identity.identityCheck],
      ['id.terms.format', 'Statement', identity.statementFormat],
      ['id.terms.hold', 'No dunning', identity.dunningHoldUntil && `until ${identity.dunningHoldUntil}`],
    ]),
  ];
}

/** The Customer ID section. */
export function identityLines(identity: CustomerIdentity): DocLine[] {
  const { active, noPayments, noChecks, bankrupt, noCollections, disallowedMethods } = identity;
  return [
    ...names(identity),
    ...factsOf([
      ['id.alt', 'Alt ID', identity.altId],
      ['id.status', 'Account status', identity.statusName],
      ['id.assigned', 'Assigned on', identity.statusAssignedOn],
    ]),
    { id: 'id.flags', pieces: [box('Active', active, true, 11), ' ', box('Public', identity.public, true)] },
    { id: 'id.flags2', pieces: [box('Bankrupt', bankrupt, false, 11), ' ', box('No payments', noPayments, false)] },
    {
      id: 'id.flags3',
      pieces: [box('No checks', noChecks, false, 11), ' ', box('No collections', noCollections, false)],
    },
    fact('id.refused', 'Refused', disallowedMethods.length === 0 ? 'No method' : disallowedMethods.join(', '), {
      tone: disallowedMethods.length === 0 ? undefined : 'warning',
    }),
    ...dealingLines(identity),
  ];
}
