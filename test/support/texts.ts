import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LAST_CODE_POINT = 0x10_ffff;

/**
 * One code point of any kind, as the unit `binary` of fast-check. That one lists all of them before it
 * makes the first string, which takes a second a process.
 */
const codePoint = fc.nat(LAST_CODE_POINT - SURROGATES).map(
  (place) => String.fromCodePoint(place < FIRST_SURROGATE ? place : place + SURROGATES),
  (text) => {
    const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (code === undefined || text !== String.fromCodePoint(code)) throw new Error('not one code point');
    return code < FIRST_SURROGATE ? code : code - SURROGATES;
  },
);

/** Texts of any code points: controls, marks, unassigned and all. */
export const anyText = (size: { readonly minLength?: number; readonly maxLength?: number } = {}) =>
  fc.string({ unit: codePoint, ...size });
