import { readlinkSync } from 'node:fs';
import { originOf } from '#gateways/origin.ts';

/** Device of the standard input, where the system tells. */
function terminalOf(): string | null {
  if (!process.stdin.isTTY) return null;
  try {
    return readlinkSync('/proc/self/fd/0');
  } catch {
    return null;
  }
}

/** From where this process is used, for the audit. */
export const ownOrigin = (): string | null => originOf(process.env, terminalOf());
