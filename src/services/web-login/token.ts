import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
/** Leave to choose a new password holds for an hour. */
export const TOKEN_MS = 3_600_000;

/** A new token: 256 bits, in letters that a web address takes as they are. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What is kept of a token. It is random and long: nobody tries tokens until one fits. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The page of the web site, with the token as its parameter. */
export function resetLink(page: string, token: string): string {
  const url = new URL(page);
  url.searchParams.set('token', token);
  return url.href;
}
