import stringWidth from 'string-width';

/** One cell each, never joining: ASCII, Latin, arrows, box drawing, the signs of the program. */
const NARROW =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203b\u2190-\u2193\u2500-\u25a1\u25b2\u25bc\u25cf\u2713]*$/;
const SGR = /\x1b\[[0-9;]*m/g;

/** Cells of a character by itself that never joins with its neighbours; 0 where the long way has to say. */
function ownWidth(code: number): number {
  if (code >= 0x20 && code < 0x7f) return 1;
  if (code >= 0xa1 && code < 0x300) return code === 0xad ? 0 : 1;
  if ((code >= 0x386 && code <= 0x3ff) || (code >= 0x400 && code <= 0x482) || (code >= 0x48a && code <= 0x52f))
    return 1;
  if (code >= 0x1ea0 && code <= 0x1ef9) return 1;
  if (code >= 0x4e00 && code <= 0x9fff) return 2;
  if (code >= 0xac00 && code <= 0xd7a3) return 2;
  if ((code >= 0x3041 && code <= 0x3096) || (code >= 0x30a1 && code <= 0x30fa)) return 2;
  return NARROW.test(String.fromCharCode(code)) ? 1 : 0;
}

/** The sum for texts of such characters only; null for others. */
function simpleWidth(text: string): number | null {
  let cells = 0;
  for (let index = 0; index < text.length; index += 1) {
    const own = ownWidth(text.charCodeAt(index));
    if (own === 0) return null;
    cells += own;
  }
  return cells;
}

/**
 * Cells that a text takes, without its escape sequences: what `string-width` says, by a
 * shorter way for usual text. Its own way prepares tables of all emoji at the first character
 * beyond ASCII, which a frame's border already is: a third of the program's start.
 */
export default function measure(text: string, options?: { readonly countAnsiEscapeCodes?: boolean }): number {
  if (NARROW.test(text)) return text.length;
  const bare = options === undefined && text.includes('\x1b') ? text.replace(SGR, '') : text;
  return simpleWidth(bare) ?? stringWidth(text, options);
}
