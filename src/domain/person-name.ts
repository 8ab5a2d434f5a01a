/** The parts of a customer's name as they are kept; null or empty where there is none. */
export interface NameParts {
  readonly kind: 'individual' | 'profit' | 'nonprofit' | 'government';
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly suffix: string | null;
  readonly businessName: string | null;
}

/** As lists show it: `Rivera Jr, Ana M`, or the business name (guide: domain §1.2). */
export function displayName({ kind, firstName, middleName, lastName, suffix, businessName }: NameParts): string {
  if (kind !== 'individual') return businessName ?? '';
  const family = [lastName, suffix].filter(Boolean).join(' ');
  const given = [firstName, middleName].filter(Boolean).join(' ');
  return [family, given].filter(Boolean).join(', ');
}

/** What is missing, by field: a person has both names, anybody else a business name. */
export function nameProblems({ kind, firstName, lastName, businessName }: NameParts): Record<string, string> {
  if (kind !== 'individual') return businessName ? {} : { businessName: 'Enter the business name.' };
  return {
    ...(firstName ? {} : { firstName: 'Enter the first name.' }),
    ...(lastName ? {} : { lastName: 'Enter the last name.' }),
  };
}
