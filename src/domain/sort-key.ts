const DIGITS = 12;

/** A number in natural order: every run of digits padded, so that `9` sorts before `10` and `204-80` before `204-1180`. */
export function naturalKey(number: string): string {
  return number.toLowerCase().replace(/\d+/g, (run) => run.padStart(DIGITS, '0'));
}

// oxlint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;

/**
 * A name as lists sort it: without accents, case and punctuation, so that `O'Brien-Smythe`
 * stands beside `OBrien Smythe` and both engines agree. Letters of every script are kept.
 */
export function sortKey(name: string): string {
  const plain = ASCII.test(name)
    ? name
    : name
        .normalize('NFD')
        .replace(/[\u0300-\u036f]+/g, '')
        .normalize('NFC');
  return plain
    .toLowerCase()
    .replace(/['’ʼ`.]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
