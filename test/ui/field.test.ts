import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputEvent } from '#keymap/keys.ts';
import { emptyField, fieldInput, fieldLines, fieldWindow, type FieldRules, type FieldState } from '#ui/field/model.ts';
import { cellWidth, graphemes } from '#ui/width.ts';

const press = (state: FieldState, keys: readonly string[], rules?: FieldRules): FieldState =>
  keys.reduce((field, key) => fieldInput(field, event(key), rules) ?? field, state);

const event = (key: string): InputEvent =>
  key.length === 1
    ? { type: 'key', key, text: key }
    : key === 'space'
      ? { type: 'key', key, text: ' ' }
      : { type: 'key', key };

describe('a text field', () => {
  it('edits as a shell line does', () => {
    const field = emptyField('12 Alder Street');
    expect(press(field, ['ctrl+w']).text).toBe('12 Alder ');
    expect(press(field, ['ctrl+u']).text).toBe('');
    expect(press(field, ['home', 'ctrl+k']).text).toBe('');
    expect(press(field, ['ctrl+a', 'delete', 'delete']).text).toBe(' Alder Street');
    expect(press(field, ['ctrl+left', 'ctrl+left', 'x']).text).toBe('12 xAlder Street');
    expect(press(field, ['backspace', 'left', 'backspace']).text).toBe('12 Alder Stre');
  });

  it('takes whole characters away, however they are composed', () => {
    expect(press(emptyField('ne\u0301e'), ['left', 'backspace']).text).toBe('ne');
    expect(press(emptyField('a👩‍👩‍👧'), ['backspace']).text).toBe('a');
  });

  it('keeps a paste on one line, without controls, within its length', () => {
    const pasted = fieldInput(emptyField(), { type: 'paste', text: 'one\r\ntwo\u001B[31m\n' });
    expect(pasted?.text).toBe('one two[31m');
    expect(fieldInput(emptyField('ab'), { type: 'paste', text: 'cdef' }, { maxLength: 4 })?.text).toBe('abcd');
  });

  it('moves between the lines of a long text', () => {
    const field = press(emptyField('first\nsecond'), ['up', 'X'], { multiline: true });
    expect(field.text).toBe('firstX\nsecond');
    expect(fieldInput(emptyField('a'), event('enter'), { multiline: true })?.text).toBe('a\n');
  });

  it('leaves alone what is not for it', () => {
    expect(fieldInput(emptyField('a'), event('f9'))).toBeNull();
    expect(fieldInput(emptyField('a'), { type: 'key', key: 'alt+1', text: '1' })).toBeNull();
  });

  it('always shows the cursor, within its width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.nat(60),
        fc.integer({ min: 2, max: 30 }),
        (text, place, width) => {
          const flat = text.replaceAll('\n', ' ');
          const cursor = graphemes(flat).slice(0, place).join('').length;
          const shown = fieldWindow({ text: flat, cursor }, width);
          expect(cellWidth(shown.text)).toBeLessThanOrEqual(width);
          expect(shown.x).toBeLessThan(width);
          const area = fieldLines({ text, cursor: text.length }, width, 3);
          expect(area.lines.length).toBeLessThanOrEqual(3);
          expect(area.y).toBeLessThan(3);
        },
      ),
    );
  });

  it('hides secrets but not how many characters', () => {
    expect(fieldWindow(emptyField('geheim'), 10, '•').text).toBe('••••••');
  });
});
