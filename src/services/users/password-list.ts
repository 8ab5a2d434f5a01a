import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * Passwords that guessing begins with, from the package. A file of its own, so that the package is
 * imported by name: the build hands a CommonJS package that `import()` loads over as `default` only.
 */
export const passwordList: readonly string[] = dictionary['passwords-common'].map(String);
