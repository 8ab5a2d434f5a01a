import { Box } from 'ink';
import type { ReactNode } from 'react';
import { fieldLines, fieldWindow } from '../field/model.ts';
import { RealCursor, type Place } from '../field/field.tsx';
import { paint } from '../paint.ts';
import { panelBottom, panelTop } from '../panel.tsx';
import { line, Lines, type Segment } from '../text.tsx';
import type { Theme } from '../theme/tokens.ts';
import { cellWidth, fit, wrap } from '../width.ts';
import { enabledNow, shownNow, takesDate } from './check.ts';
import type { FormField } from './definition.ts';
import { currentField, focusedText, isDirty, type FormState } from './model.ts';

/** Where a form stands and how large it is, in cells of the whole screen. */
export interface FormBox extends Place {
  readonly width: number;
  readonly height: number;
}

/** Lines for what is said below the fields; what is longer still is read whole by F1. */
const MOST_SAID = 2;

const labelCells = (fields: readonly FormField[]) =>
  Math.min(24, Math.max(8, ...fields.map((field) => cellWidth(field.label) + 2)));

const rowsOf = (field: FormField) => (field.kind === 'multiline' ? Math.max(2, field.rows ?? 4) : 1);

/** The box that a form wants on a screen of this size. */
export function formBox({ fields, values }: FormState, columns: number, rows: number): FormBox {
  const width = Math.min(columns - 4, 84);
  const shown = fields.filter((field) => shownNow(field, values));
  // Room for the longest help and what a rule may say, so that fields do not move when the focus does.
  const lines = ({ help = '', check }: FormField) => (check ? MOST_SAID : wrap(help, width - 4).length);
  const said = Math.max(1, ...shown.map((field) => Math.min(MOST_SAID, lines(field))));
  const wanted = shown.reduce((sum, field) => sum + rowsOf(field), 0) + 3 + said;
  const height = Math.min(rows - 4, Math.max(6, wanted));
  return { width, height, x: (columns - width) >> 1, y: Math.max(1, (rows - height) >> 1) };
}

interface Row {
  readonly text: string;
  readonly field: number;
}

interface Drawn {
  readonly rows: readonly Row[];
  readonly cursor: Place | null;
}

/** The value of a field as shown when it has not the cursor. */
function shownValue(field: FormField, value: string | boolean | undefined, theme: Theme): string {
  if (field.kind === 'flag') return value === true ? `[${theme.glyphs.check}] yes` : '[ ] no';
  // What is only shown is shown in words, not as the code that it is kept by.
  const label = field.kind === 'readonly' ? field.choices?.find((choice) => choice.value === value)?.label : undefined;
  return label ?? (typeof value === 'string' ? value : '');
}

/** Every row of the fields as painted text, and where the cursor stands among them. */
export function fieldRows(state: FormState, inner: number, theme: Theme): Drawn {
  const labels = labelCells(state.fields);
  const room = Math.max(4, inner - labels - 3);
  const rows: Row[] = [];
  let cursor: Place | null = null;
  for (const [place, field] of state.fields.entries()) {
    if (!shownNow(field, state.values)) continue;
    const active = place === state.focus;
    const open = enabledNow(field, state.values) === true;
    const error = state.errors[field.name];
    const mark: Segment = error ? ['!', theme.error] : [active ? theme.glyphs.cursor : ' ', theme.key];
    const label: Segment = [
      fit(field.label + (field.required ? '*' : ''), labels),
      active ? theme.key : open ? theme.text : theme.dim,
    ];
    const push = (value: readonly Segment[], first: boolean) =>
      rows.push({
        text: line(first ? [mark, ' ', label, ' ', ...value] : [' '.repeat(labels + 3), ...value], inner),
        field: place,
      });
    const look = active ? theme.fieldActive : open ? theme.field : theme.dim;
    if (field.kind === 'multiline') {
      const text = active
        ? focusedText(state)
        : { text: shownValue(field, state.values[field.name], theme), cursor: 0 };
      const area = fieldLines(text, room, rowsOf(field));
      if (active) cursor = { x: labels + 3 + area.x, y: rows.length + area.y };
      for (let row = 0; row < rowsOf(field); row += 1) push([[fit(area.lines[row] ?? '', room), look]], row === 0);
      continue;
    }
    if (active && field.kind !== 'flag' && open) {
      const width = Math.min(room, fieldCells(field, room));
      const shown = fieldWindow(focusedText(state), width, field.kind === 'secret' ? theme.glyphs.bullet : undefined);
      cursor = { x: labels + 3 + shown.x, y: rows.length };
      push([[fit(shown.text, width, 'left', ''), look], ...aside(field, state, theme, room - width)], true);
    } else {
      const value = shownValue(field, state.values[field.name], theme);
      const masked = field.kind === 'secret' ? theme.glyphs.bullet.repeat(value.length) : value;
      const width = field.kind === 'flag' ? cellWidth(value) : Math.min(room, fieldCells(field, room));
      if (active) cursor = { x: labels + 4, y: rows.length };
      push([[fit(masked, width), open ? look : theme.dim], ...aside(field, state, theme, room - width)], true);
    }
  }
  return { rows, cursor };
}

/** Cells of a one-line field: short kinds do not stretch over the whole form. */
function fieldCells(field: FormField, room: number): number {
  if (takesDate(field) || field.kind === 'amount') return 14;
  if (field.kind === 'code')
    return Math.min(20, Math.max(8, ...(field.choices ?? []).map((choice) => choice.value.length + 1)));
  if (field.list) return Math.max(6, room - cellWidth(LISTS));
  return Math.min(room, field.maxLength === undefined ? room : Math.max(6, field.maxLength + 1));
}

const LISTS = '  F4 list';

function offered({ choices = [], addNew }: FormField, untyped: boolean): string {
  if (choices.length === 0 && !untyped) return '';
  if (choices.length === 0) return addNew ? 'none yet, + adds one' : 'none are set up';
  return addNew ? 'F4 values, + adds one' : 'F4 values';
}

/** Right of the field: what is wrong with it, what a code means, how a date may be typed. */
function aside(field: FormField, state: FormState, theme: Theme, room: number): Segment[] {
  if (room < 6) return [];
  const active = currentField(state) === field;
  const error = state.errors[field.name];
  // Cut short it would tell little; the line below the fields has it whole.
  if (error && !active) return cellWidth(error) + 2 <= room ? [[`  ${error}`, theme.error]] : [];
  if (field.kind === 'code') {
    const choice = (field.choices ?? []).find((each) => each.value === state.values[field.name]);
    return [
      ['  ' + (choice ? choice.label : active ? offered(field, state.values[field.name] === '') : ''), theme.dim],
    ];
  }
  if (active && field.list) return [[LISTS, theme.dim]];
  if (active && takesDate(field)) {
    const typing = field.kind === 'date' && state.values[field.name] === '' ? '; today, +30, 12/1' : '';
    return [[`  F4 calendar${typing}`, theme.dim]];
  }
  return [];
}

/** A field that is wrong, in words, when the cursor is elsewhere: what was left wrong is not out of sight. */
function leftWrong({ fields, errors, values }: FormState): string | null {
  const field = fields.find((one) => errors[one.name] !== undefined && shownNow(one, values));
  return field ? `! ${field.label}: ${errors[field.name]}` : null;
}

/** What is said below the fields: what is wrong, what saving refused, or the help of the field in focus. */
function saidOf(state: FormState, message: string, theme: Theme): [string, Theme['error']] {
  const field = currentField(state);
  const error = field ? state.errors[field.name] : undefined;
  if (error) return [`! ${error}`, theme.error];
  if (message !== '') return [message, theme.warning];
  const wrong = leftWrong(state);
  if (wrong !== null) return [wrong, theme.error];
  const reason = field ? enabledNow(field, state.values) : true;
  return [reason === true ? (field?.help ?? '') : reason, theme.dim];
}

export interface FormViewProps {
  readonly title: string;
  readonly state: FormState;
  readonly box: FormBox;
  readonly theme: Theme;
  /** Said below the fields: what saving refused, which draft was taken up. */
  readonly message: string;
  /** What the values come to so far. */
  readonly tally?: string;
}

/** A form over a screen: labelled fields, the message of the field in focus, and the real cursor. */
export function FormView({ title, state, box, theme, message, tally = '' }: FormViewProps): ReactNode {
  const inner = Math.max(8, box.width - 4);
  const [text, look] = saidOf(state, message, theme);
  const [first = '', ...rest] = wrap(text, inner);
  const said = rest.length === 0 ? [first] : [first, rest.join(' ')];
  const visible = Math.max(1, box.height - 3 - said.length);
  const { rows, cursor } = fieldRows(state, inner, theme);
  const at = cursor?.y ?? rows.findIndex((row) => row.field === state.focus);
  const top = Math.max(0, Math.min(at - (visible >> 1), rows.length - visible));
  const side = paint(theme.glyphs.vertical, theme.border);
  const framed = (text: string, cells: number) => `${side} ${text}${' '.repeat(Math.max(0, inner - cells))} ${side}`;
  const shown = Array.from({ length: visible }, (_, index) => {
    const text = rows[top + index]?.text ?? '';
    return framed(text, cellWidth(text));
  });
  const rule = paint(
    theme.glyphs.tees[0] + theme.glyphs.horizontal.repeat(Math.max(0, box.width - 2)) + theme.glyphs.tees[1],
    theme.border,
  );
  const saidLines = said.map((part) => line([[part, look]], inner, theme.glyphs.ellipsis));
  const right = state.saving ? 'saving' : [tally, isDirty(state) ? 'changed' : ''].filter(Boolean).join(', ');
  const lines = [
    panelTop({ title, width: box.width, theme, right }),
    ...shown,
    rule,
    ...saidLines.map((part) => framed(part, cellWidth(part))),
    panelBottom({ width: box.width, theme }),
  ];
  return (
    <Box flexDirection="column" width={box.width} height={box.height}>
      <Lines lines={lines} />
      {cursor && !state.saving ? <RealCursor x={box.x + 2 + cursor.x} y={box.y + 1 + cursor.y - top} /> : null}
    </Box>
  );
}
