import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds that a code is valid, and its digits (RFC 6238, as authenticator apps take them for granted). */
const PERIOD_S = 30;
const DIGITS = 6;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Number of the time step in which an instant (epoch ms) falls. */
export const stepAt = (now: number): number => Math.floor(now / 1000 / PERIOD_S);

/** The code of a time step: RFC 4226 §5.3 over HMAC-SHA-1. */
export function codeOf(seed: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', seed).update(counter).digest();
  const at = mac.at(-1)! & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/** The time step whose code was typed, now or one to either side; null when none fits. */
export function stepOf(seed: Buffer, typed: string, now: number): number | null {
  const code = Buffer.from(typed.replaceAll(/\s/g, ''));
  const current = stepAt(now);
  const fits = [current, current - 1, current + 1].filter((step) => {
    const expected = Buffer.from(codeOf(seed, step));
    return code.length === expected.length && timingSafeEqual(code, expected);
  });
  return fits[0] ?? null;
}

/** Bytes in the alphabet of RFC 4648 §6, without padding. */
export function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]!).join('');
}

/** Characters that a square of 37 dots holds: with its border 20 lines, which a window on 24 rows has. */
const FITS = 106;

/** What an authenticator app reads from the square of dots. The label names the issuer, too: apps do with that. */
export function otpauthUri(secret: string, username: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  const short = `otpauth://totp/${label}?secret=${secret}`;
  const whole = `${short}&issuer=${encodeURIComponent(issuer)}`;
  return whole.length <= FITS ? whole : short;
}
