/** What people write about households: type, subject, text and level. */
export const NOTE_TEXTS: readonly (readonly [
  type: string,
  subject: string,
  body: string,
  level: 'customer' | 'location' | 'account',
])[] = [
  [
    'general',
    'Called about bill date',
    'Wants the bill after the 3rd when the pension arrives. Explained cycles.',
    'customer',
  ],
  [
    'billing',
    'High bill question',
    'Compared with last summer; pool was filled in June. Customer satisfied.',
    'account',
  ],
  ['billing', 'Copy of bill sent', 'Mailed a copy of the last two bills.', 'account'],
  ['field', 'Meter lid cracked', 'Replace at next visit.', 'location'],
  ['field', 'Shut-off valve turns hard', 'Use the long key.', 'location'],
  ['general', 'Prefers e-mail', 'Works nights, do not call before noon.', 'customer'],
  ['complaint', 'Cloudy water', 'Main was flushed on this street; cleared the same day.', 'location'],
  ['payment', 'Paid at the wrong window', 'Money was for taxes; refunded in cash by the collector.', 'account'],
  ['general', 'Landlord pays', 'Son of the owner lives here; bills go to the owner.', 'account'],
  ['general', 'Name change', 'Marriage certificate seen, name changed.', 'customer'],
];

const PARAGRAPHS = [
  'Customer came to the counter with three years of bills and a spreadsheet. The question is why the use of the second quarter is twice that of the neighbours although the house stood empty from March to May.',
  'We went through the reads one by one. The April read was estimated because of snow over the pit, the May read was actual and took up what the estimate had missed, so that two small months and one large one stand beside each other. Added up they agree with the register.',
  'The customer then remembered that a contractor had used the outside tap for a driveway. No meter test is wanted any more. Promised a letter that explains estimates in plain words, and a call before the next one.',
  'Second visit: brought the letter back with remarks. Agreed that the words “register” and “multiplier” do not help anybody. Left the matter with billing; nothing is owed and nothing is in dispute.',
];

/** A text that no window shows whole. */
export const LONG_NOTE = { subject: 'Long talk about estimated reads', body: PARAGRAPHS.join('\n\n') };
