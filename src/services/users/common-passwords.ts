let common: Promise<ReadonlySet<string>> | null = null;

/**
 * Some 50,000 passwords that guessing begins with, in small letters, from the package. Nothing is asked
 * of the net. Loaded when somebody chooses a password, not at the start.
 */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import('./password-list.ts').then(({ passwordList }) => new Set(passwordList));
  return common;
}
