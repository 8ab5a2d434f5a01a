/** Field → [before, after], as a command tells it. */
export type Changes = Readonly<Record<string, readonly [unknown, unknown]>>;

/** Characters of a text that the trail keeps: enough to recognise it, not a second copy of the notes. */
const LONGEST = 200;
const KEPT = 160;
const HIDDEN = '•';

/** Fields whose text is a credential or a sealed value, whatever record they are of. */
const SECRET = /(password|passphrase|passwordHash|secret|token|tokenHash|seed|ssn|licence|accountNumber|otp|pin)s?$/i;
/** Fields that are codes to get in with; elsewhere a code is a name in a table. */
const CODES = /(^|recovery|totp|access|backup|unlock)codes?(Hash)?$/i;
const HAVE_CODES = new Set(['AppUser', 'AccessToken', 'RecoveryCode', 'SecretValue']);
/** What looks like a token or a password's hash is one, wherever it stands. */
const CREDENTIAL = /mdk_[\w-]{8,}|\$argon2\w*\$\S+/g;

const isSecret = (entity: string, field: string): boolean =>
  SECRET.test(field) || (HAVE_CODES.has(entity) && CODES.test(field));

function shortened(text: string): string {
  const safe = text.replaceAll(CREDENTIAL, HIDDEN);
  const letters = [...safe];
  return letters.length <= LONGEST ? safe : `${letters.slice(0, KEPT).join('')}… (${letters.length} characters)`;
}

function told(value: unknown, secret: boolean): unknown {
  // Flags, counts and instants about a secret are none; nor is its absence.
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number') return value;
  if (secret) return HIDDEN;
  if (typeof value === 'string') return shortened(value);
  const text = JSON.stringify(value, (key, part: unknown) => (isSecret('', key) && part ? HIDDEN : part)) ?? '';
  const short = shortened(text);
  return short === text && text !== '' ? (JSON.parse(text) as unknown) : short;
}

/** What the trail keeps of changes: secrets as `•`, long texts cut with their length. Null when nothing changed. */
export function changesText(entity: string, changes: Changes | undefined): string | null {
  if (!changes) return null;
  const kept = Object.entries(changes).map(([field, [before, after]]) => {
    const secret = isSecret(entity, field);
    return [field, [told(before, secret), told(after, secret)]] as const;
  });
  return JSON.stringify(Object.fromEntries(kept));
}

/** One field of an entry, as people read it. */
export interface FieldChange {
  readonly field: string;
  /** Null: there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

const inWords = (value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The changes of a stored entry, field by field; empty when it has none or they cannot be read. */
export function fieldChanges(text: string | null): readonly FieldChange[] {
  if (text === null) return [];
  try {
    const parsed = JSON.parse(text) as Record<string, unknown>;
    return Object.entries(parsed).map(([field, pair]) => {
      const [before, after] = Array.isArray(pair) ? (pair as unknown[]) : [null, pair];
      return { field, before: inWords(before), after: inWords(after) };
    });
  } catch {
    return [];
  }
}
