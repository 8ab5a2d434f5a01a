type Library = typeof import('libphonenumber-js/min');

/** A telephone number as it is kept. */
export interface PhoneRead {
  /** `(217) 555-0142`, `+44 20 7946 0958`. */
  readonly shown: string;
  /** For look-up: ten of North America, all with the country's code of others. */
  readonly digits: string;
  /** What was typed behind the number, as `x22` or as digits beyond the tenth; empty for none. */
  readonly extension: string;
}

let library: Library | undefined;

/** Loads the numbering plans of the world; awaited before numbers from abroad are read. They take some 20 ms. */
export async function phonesReady(): Promise<void> {
  library ??= await import('libphonenumber-js/min');
}

/** Ten digits of the North American plan, with what may stand before and behind them. */
const NORTH_AMERICAN = /^1?([2-9]\d{2})([2-9]\d{2})(\d{4})(\d{0,10})$/;
const EXTENSION = /(?:;?\s*ext(?:ension|n|\.)?|x|#)[\s.:=]*(\d{1,10})\s*$/i;

/**
 * A typed telephone number; null when it is none. Numbers with `+` are read by the plan of their
 * country; all others are North American.
 */
export function readPhone(typed: string): PhoneRead | null {
  const text = typed.normalize('NFKC').trim();
  const behind = EXTENSION.exec(text);
  const number = behind ? text.slice(0, behind.index) : text;
  if (/\p{L}/u.test(number)) return null;
  if (number.startsWith('+') && !number.startsWith('+1')) return abroad(number, behind?.[1] ?? '');
  const found = NORTH_AMERICAN.exec(number.replaceAll(/\D/g, ''));
  if (!found) return null;
  const [, area, exchange, line, beyond] = found as unknown as [string, string, string, string, string];
  return {
    shown: `(${area}) ${exchange}-${line}`,
    digits: area + exchange + line,
    extension: behind?.[1] ?? beyond,
  };
}

function abroad(number: string, extension: string): PhoneRead | null {
  const digits = number.replaceAll(/\D/g, '');
  if (!library) return digits.length < 7 || digits.length > 15 ? null : { shown: `+${digits}`, digits, extension };
  const parsed = library.parsePhoneNumberFromString(number, { extract: false });
  return parsed?.isPossible()
    ? { shown: parsed.formatInternational(), digits: parsed.number.slice(1), extension }
    : null;
}

/** A number and its extension on one line: `(734) 555-1212 x22`. */
export const writtenPhone = ({ number, extension }: { number: string; extension: string | null }): string =>
  extension ? `${number} x${extension}` : number;
