/**
 * Banks that nobody has, each with a routing number whose check digit is right: the district 00 is
 * the Treasury's, which gives none of these out.
 */
export const BANKS = [
  ['First Prairie Bank', '001234561'],
  ['Alder Falls Credit Union', '001234574'],
  ['Heartland Savings', '001234587'],
  ['Granite State Bank', '001234590'],
] as const;
