import type { InputEvent, Key } from '#keymap/keys.ts';
import {
  codeName,
  CONSOLE_KEYS,
  controlName,
  KEYPAD_KEYS,
  LETTER_KEYS,
  NUMBER_KEYS,
  RXVT_ARROWS,
  RXVT_ENDINGS,
  withAlt,
  withModifiers,
} from './key-tables.ts';
import { graphemes } from './width.ts';

/** What the terminal said by itself, not by a key: the answer to a request. */
export interface Report {
  readonly type: 'report';
  /** The whole sequence. */
  readonly sequence: string;
}

export type Decoded = InputEvent | Report;

/** A control string (OSC, DCS …) from the terminal that is longer is not one: only its introducer is dropped. */
const STRING_LIMIT = 4096;

/** CSI: parameters, intermediates, final byte; `$` ends a sequence of rxvt. */
const CSI = /(?:\x1b\[|\x9b)(?:(\d+)(\$)|([0-?]*)([ -/]*)([@-~]))/y;
const CSI_UNFINISHED = /^(?:\x1b\[|\x9b)[0-?]*[ -/]*$/;
const STRING = /(?:\x1b[\]P_^]|[\x9d\x90\x9f\x9e\x98])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)/y;
const STRING_UNFINISHED = /^(?:\x1b[\]P_^]|[\x9d\x90\x9f\x9e\x98])[^\x07\x1b\x9c]*\x1b?$/;
const TEXT = /[^\x00-\x1f\x7f-\x9f]+/y;

/** What was read, and how much of the text that took. */
export interface Step {
  readonly length: number;
  readonly events: readonly Decoded[];
}

const nothing = (length: number): Step => ({ length, events: [] });

function key(name: Key | null, length: number): Step {
  if (name === null) return nothing(length);
  return { length, events: [keyEvent(name)] };
}

function keyEvent(name: Key): InputEvent {
  if (name === 'space') return { type: 'key', key: name, text: ' ' };
  return name.length === 1 || !/^[\x20-\x7e]+$/.test(name)
    ? { type: 'key', key: name, text: name }
    : { type: 'key', key: name };
}

/** The key or report that begins at `index`; null when more input is needed to tell. */
export function decodeOne(text: string, index: number): Step | null {
  const code = text.charCodeAt(index);
  if (code === 0x1b) return escape(text, index);
  if (code >= 0x80 && code <= 0x9f) return eightBit(text, index, code);
  if (code < 0x20 || code === 0x7f) return key(controlName(code), 1);
  TEXT.lastIndex = index;
  const run = TEXT.exec(text)?.[0] ?? '';
  const last = run.charCodeAt(run.length - 1);
  const whole = last >= 0xd800 && last <= 0xdbff && index + run.length === text.length ? run.slice(0, -1) : run;
  if (whole === '') return null;
  return { length: whole.length, events: graphemes(whole).map((char) => keyEvent(char === ' ' ? 'space' : char)) };
}

function eightBit(text: string, index: number, code: number): Step | null {
  if (code === 0x9b) return controlSequence(text, index, 1);
  if (code === 0x8f) return singleShift(text, index, 1);
  if (code === 0x90 || code === 0x98 || code >= 0x9d) return controlString(text, index, 1);
  return nothing(1);
}

function escape(text: string, index: number): Step | null {
  const next = text[index + 1];
  if (next === undefined) return null;
  if (next === '[') return controlSequence(text, index, 2);
  if (next === 'O') return singleShift(text, index, 2);
  if (next === ']' || next === 'P' || next === '_' || next === '^') return controlString(text, index, 2);
  if (next === '\x1b') return escapeTwice(text, index);
  const step = decodeOne(text, index + 1);
  if (step === null) return null;
  return altered(text, index, next);
}

/** Alt and one character: `ESC x`. */
function altered(text: string, index: number, next: string): Step {
  const code = next.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return key(withAlt(controlName(code)), 2);
  const char = String.fromCodePoint(text.codePointAt(index + 1) ?? code);
  if (code >= 0x80 && code <= 0x9f) return nothing(1 + char.length);
  return { length: 1 + char.length, events: [{ type: 'key', key: char === ' ' ? 'alt+space' : `alt+${char}` }] };
}

/** `ESC ESC [ A` is Alt with an arrow on some terminals; otherwise the first is the Escape key. */
function escapeTwice(text: string, index: number): Step | null {
  const third = text[index + 2];
  if (third === undefined) return null;
  if (third !== '[' && third !== 'O') return key('escape', 1);
  const inner = decodeOne(text, index + 1);
  if (inner === null) return null;
  const [event] = inner.events;
  if (event?.type !== 'key') return nothing(inner.length + 1);
  return { length: inner.length + 1, events: [{ type: 'key', key: withAlt(event.key) }] };
}

function singleShift(text: string, index: number, introducer: number): Step | null {
  let at = index + introducer;
  const digits = /\d*/y;
  digits.lastIndex = at;
  const modifiers = digits.exec(text)?.[0] ?? '';
  at += modifiers.length;
  const final = text[at];
  if (final === undefined) return null;
  const length = at + 1 - index;
  const bits = modifiers === '' ? 0 : Math.max(0, Number(modifiers) - 1);
  const arrow = RXVT_ARROWS[final];
  if (arrow) return key(withModifiers(arrow, 4), length);
  const name = LETTER_KEYS[final] ?? KEYPAD_KEYS[final];
  if (name) return key(withModifiers(name, bits), length);
  return nothing(/[\x20-\x7e]/.test(final) ? length : length - 1);
}

function controlString(text: string, index: number, introducer: number): Step | null {
  STRING.lastIndex = index;
  const whole = STRING.exec(text)?.[0];
  if (whole !== undefined) return { length: whole.length, events: [{ type: 'report', sequence: whole }] };
  const rest = text.slice(index);
  if (STRING_UNFINISHED.test(rest) && rest.length < STRING_LIMIT) return null;
  return nothing(introducer);
}

function controlSequence(text: string, index: number, introducer: number): Step | null {
  if (text[index + introducer] === '[') {
    const letter = text[index + introducer + 1];
    if (letter === undefined) return null;
    const name = CONSOLE_KEYS[letter];
    return name ? key(name, introducer + 2) : nothing(introducer + 2);
  }
  CSI.lastIndex = index;
  const match = CSI.exec(text);
  if (match === null) {
    const rest = text.slice(index);
    if (CSI_UNFINISHED.test(rest)) return null;
    return nothing(/^(?:\x1b\[|\x9b)[0-?]*[ -/]*/.exec(rest)?.[0].length ?? introducer);
  }
  const [whole, rxvtNumber, , parameters = '', intermediates = '', final = ''] = match;
  if (rxvtNumber !== undefined) return key(numbered(Number(rxvtNumber), 1), whole.length);
  if (final === 'M' && parameters === '') return mouse(text, index, whole.length);
  if (parameters !== '' && /^[<-?]/.test(parameters)) return report(whole);
  return intermediates === '' ? fromParameters(whole, parameters, final) : report(whole);
}

const report = (sequence: string): Step => ({ length: sequence.length, events: [{ type: 'report', sequence }] });

/** The oldest mouse report carries three characters that would otherwise be typed. */
function mouse(text: string, index: number, length: number): Step | null {
  return index + length + 3 > text.length ? null : nothing(length + 3);
}

const numbered = (number: number, bits: number): Key | null => {
  const name = NUMBER_KEYS[number];
  return name ? withModifiers(name, bits) : null;
};

function fromParameters(whole: string, parameters: string, final: string): Step {
  const [first = '', second = '', third = ''] = parameters.split(';');
  const [modifierText = '', eventType = ''] = second.split(':');
  if (eventType === '3') return nothing(whole.length);
  const bits = Math.max(0, Number(modifierText || 1) - 1) & 63;
  if (final === 'u') return character(whole, Number(first.split(':')[0]), bits);
  if (final === '~' && first === '27' && third !== '') return character(whole, Number(third), bits);
  if (final in RXVT_ENDINGS && first !== '')
    return key(numbered(Number(first), bits | (RXVT_ENDINGS[final] ?? 0)), whole.length);
  if (final === 'Z') return key('shift+tab', whole.length);
  if (final === 'R' && !/^(?:1;(?:[2-9]|1[0-6])|)$/.test(parameters)) return report(whole);
  const arrow = parameters === '' ? RXVT_ARROWS[final] : undefined;
  if (arrow) return key(withModifiers(arrow, 1), whole.length);
  const name = first === '' || first === '1' ? LETTER_KEYS[final] : undefined;
  return name ? key(withModifiers(name, bits), whole.length) : report(whole);
}

/** A key named by its code, as CSI-u and modifyOtherKeys send it: the shifted letter is the capital itself. */
function character(whole: string, code: number, bits: number): Step {
  const name = codeName(code);
  if (name === null) return nothing(whole.length);
  if (name === 'tab' || name === 'enter' || name === 'escape' || name === 'backspace' || name === 'space') {
    const plain = name === 'space' ? bits & ~1 : bits;
    return plain === 0 ? key(name, whole.length) : key(withModifiers(name, plain), whole.length);
  }
  if (code >= 57344) return key(withModifiers(name, bits), whole.length);
  const shifted = bits & 1 && !(bits & 4) ? name.toLocaleUpperCase() : name;
  const others = shifted === name ? bits : bits & ~1;
  const modified = withModifiers(shifted, name === shifted && others === 1 ? 0 : others);
  if (modified === null) return nothing(whole.length);
  return modified === shifted
    ? key(modified, whole.length)
    : { length: whole.length, events: [{ type: 'key', key: modified }] };
}

/** What an unfinished sequence is when nothing follows: keys held with Alt, or nothing at all. */
export function flushed(rest: string): Decoded[] {
  if (rest === '' || rest.length > 2) return rest === '\x1b\x1b[' || rest === '\x1b\x1bO' ? [keyEvent('escape')] : [];
  if (rest[0] !== '\x1b') return [];
  if (rest === '\x1b') return [keyEvent('escape')];
  if (rest === '\x1b\x1b') return [keyEvent('escape'), keyEvent('escape')];
  return [{ type: 'key', key: `alt+${rest[1] ?? ''}` }];
}
