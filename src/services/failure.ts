/** What can go wrong with an operation, as the operator must understand it. */
export type FailureCode =
  | 'invalid' // the input; `fields` says which and why
  | 'refused' // a rule of the trade forbids it
  | 'forbidden' // the actor may not
  | 'not_found'
  | 'conflict' // somebody else changed it meanwhile
  | 'busy' // the database stayed locked
  | 'unavailable' // disk full, read-only, connection lost
  | 'unexpected';

/** What a name in a message may have brought along: control characters and halves of characters. */
const clean = (text: string): string => text.toWellFormed().replaceAll(/[^\P{Cc}\n]/gu, '\uFFFD');

/** An operation's failure in the operator's words. Carries ids, never personal values. */
export class Failure extends Error {
  readonly code: FailureCode;
  /** Field path → message. */
  readonly fields: Readonly<Record<string, string>>;
  constructor(code: FailureCode, message: string, fields: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(clean(message), cause === undefined ? undefined : { cause });
    this.name = 'Failure';
    this.code = code;
    this.fields = Object.fromEntries(Object.entries(fields).map(([field, told]) => [clean(field), clean(told)]));
  }
}

/** Said when a command comes again with its key and another input. */
export const KEY_USED = 'This idempotency key was already used for something else.';

/** What a schema did not take, with a message at each field by its path. */
export function unreadable(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): Failure {
  const fields: Record<string, string> = {};
  for (const { path, message } of issues) fields[path.join('.')] ??= message;
  const [first] = Object.entries(fields);
  return new Failure('invalid', first ? `${first[0] ? `${first[0]}: ` : ''}${first[1]}` : 'Invalid input.', fields);
}
