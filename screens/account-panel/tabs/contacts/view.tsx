import { Box } from 'ink';
import type { ReactNode } from 'react';
import { may } from '#services/actor.ts';
import { RealCursor } from '#ui/field/field.tsx';
import { enabledNow } from '#ui/form/check.ts';
import { currentField } from '#ui/form/model.ts';
import { fieldRows } from '#ui/form/view.tsx';
import { paint } from '#ui/paint.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import type { TabViewProps } from '../../tab.ts';
import { contactColumns } from './columns.ts';
import { itemsOf } from './edit.ts';
import { ONE_OF, PART_TITLES, PARTS } from './fields.ts';
import { contactsLayout, HEAD } from './lens.ts';
import { numbersOf } from './numbers.ts';
import { type ContactsState, isDirty, linesOf, selected, valuesIn } from './model.ts';

type Props = TabViewProps<ContactsState>;

/** The list at the left; at the right type and notices of the selected contact and its four parts. */
export function ContactsView({ state, size, theme, actor, origin }: Props): ReactNode {
  const layout = contactsLayout(size);
  const rule = paint(theme.glyphs.vertical, theme.border);
  const right = fieldsSide(state, { width: layout.right - 1, rows: size.rows, room: layout.fields, theme });
  const at = right.cursor;
  return (
    <Box width={size.columns} height={size.rows} flexShrink={0} overflow="hidden">
      <Box flexDirection="column" width={layout.left} flexShrink={0}>
        <Table
          columns={contactColumns}
          rows={linesOf(state)}
          list={state.list}
          keyOf={({ key }) => key}
          width={layout.left}
          height={layout.list}
          theme={theme}
          empty={emptyText(state, may(actor, 'contacts.edit'))}
          note={isDirty(state) ? 'not saved' : ''}
        />
        <Lines lines={layout.summary > 0 ? summary(state, layout.left, theme) : []} />
      </Box>
      <Box flexDirection="column" width={layout.right + 1} flexShrink={0}>
        <Lines lines={right.lines.map((text) => `${rule} ${text}`)} />
      </Box>
      {at && state.pane === 'fields' ? <RealCursor x={origin.x + layout.left + 2 + at.x} y={origin.y + at.y} /> : null}
    </Box>
  );
}

function emptyText({ loaded }: ContactsState, editor: boolean): string {
  if (!loaded) return 'Loading.';
  return editor ? 'No contacts. a adds one.' : 'No contacts.';
}

/** What is primary of the selected contact. */
function summary(state: ContactsState, width: number, theme: Theme): string[] {
  const contact = selected(state);
  const { horizontal, ellipsis } = theme.glyphs;
  const say = (label: string, value = ''): string =>
    line([` ${label} `, value === '' ? ['none', theme.dim] : value], width, ellipsis);
  const facts = [say('Address', contact?.address), say('Email  ', contact?.email), say('Phone  ', contact?.phone)];
  return [line([[horizontal.repeat(width), theme.border]], width), ...(contact ? facts : facts.map(() => ''))];
}

interface Side {
  readonly width: number;
  /** Lines in all, and those of them for the fields of the open part. */
  readonly rows: number;
  readonly room: number;
  readonly theme: Theme;
}

interface Drawn {
  readonly lines: readonly string[];
  readonly cursor: { readonly x: number; readonly y: number } | null;
}

function fieldsSide(state: ContactsState, { width, rows, room, theme }: Side): Drawn {
  const contact = selected(state);
  const { ellipsis } = theme.glyphs;
  if (!contact) return { lines: Array.from({ length: rows }, () => ''), cursor: null };
  const active = state.pane === 'fields';
  const form = active ? state.form : { ...state.form, focus: -1 };
  const drawn = fieldRows(form, width, theme);
  const at = drawn.cursor ? drawn.rows[drawn.cursor.y]!.field : -1;
  const head = drawn.rows.filter(({ field }) => field < 2).map(({ text }) => text);
  head[1] = noticesLine(state, contact.key, { width, active: at === 1, theme });
  const body = drawn.rows.flatMap(({ text, field }) => {
    if (field < 2) return [];
    const title = itemTitle(state, contact.key, field);
    const heading = title === null ? [] : [{ text: line([[title, theme.title]], width, ellipsis), field: -1 }];
    return [...heading, { text, field }];
  });
  for (const text of numberLines(state, width, theme)) body.push({ text, field: -1 });
  const place = body.findIndex(({ field }) => field === at);
  const top = Math.max(0, Math.min(place < room - 1 ? 0 : place - (room >> 1), body.length - room));
  const shown = Array.from({ length: room }, (_, row) => body[top + row]?.text ?? '');
  if (body.length === 0) shown[0] = line([[emptyPart(state), theme.dim]], width, ellipsis);
  const y = at < 0 ? 0 : at < 2 ? at : HEAD + place - top;
  const lines = [...head, partBar(state, width, theme), ...shown, message(state, width, theme)];
  return { lines: lines.slice(0, rows), cursor: drawn.cursor && { x: drawn.cursor.x, y } };
}

/** Below the names: what is kept sealed of the contact. */
function numberLines(state: ContactsState, width: number, theme: Theme): string[] {
  if (state.part !== 'general') return [];
  return numbersOf(state).map(({ name, masked, detail }) =>
    line(
      [
        ['  ', theme.text],
        [`${name} `.padEnd(23), theme.dim],
        [[masked ?? 'None', detail].filter(Boolean).join('  '), theme.text],
      ],
      width,
      theme.glyphs.ellipsis,
    ),
  );
}

/** Above the first field of each address, e-mail or phone: which it is, and whether it is primary. */
function itemTitle(state: ContactsState, contact: string, field: number): string | null {
  const [, kind, key, what] = state.form.fields[field]!.name.split('.');
  if (what !== 'type' || state.part === 'general') return null;
  const all = itemsOf(valuesIn(state), contact, state.part);
  const word = ONE_OF[state.part];
  const primary = valuesIn(state)[`${contact}.${kind}.${key}.primary`] === true ? ', primary' : '';
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${all.indexOf(key!) + 1} of ${all.length}${primary}`;
}

const emptyPart = ({ part }: ContactsState): string =>
  part === 'general' ? '' : `No ${ONE_OF[part]}. F6 in the fields adds one.`;

/** The ways of getting notices side by side, the one taken marked. */
function noticesLine(
  state: ContactsState,
  contact: string,
  { width, active, theme }: { readonly width: number; readonly active: boolean; readonly theme: Theme },
): string {
  const taken = valuesIn(state)[`${contact}.notices`];
  const field = state.form.fields[1]!;
  const mark: Segment = [active ? theme.glyphs.cursor : ' ', theme.key];
  const ways = (field.choices ?? []).flatMap(({ value, label, detail }): Segment[] => [
    '  ',
    [`(${value === taken ? theme.glyphs.bullet : ' '}) ${label}`, detail ? theme.dim : theme.text],
  ]);
  return line([mark, ' ', [field.label, active ? theme.key : theme.text], ...ways], width, theme.glyphs.ellipsis);
}

function partBar({ part }: ContactsState, width: number, theme: Theme): string {
  const names = PARTS.flatMap((one): Segment[] => [
    one === part ? [`[${PART_TITLES[one]}]`, theme.selected] : [` ${PART_TITLES[one]} `, theme.text],
    ' ',
  ]);
  return line(names, width, theme.glyphs.ellipsis);
}

/** What is wrong with the field in focus, why it is closed, or what it means. */
function message(state: ContactsState, width: number, theme: Theme): string {
  const field = state.pane === 'fields' ? currentField(state.form) : undefined;
  const error = field && state.form.errors[field.name];
  const open = field ? enabledNow(field, valuesIn(state)) : true;
  const said: Segment = error
    ? [`! ${error}`, theme.error]
    : [state.saving ? 'Saving' : open === true ? (field?.help ?? '') : open, theme.dim];
  return line([said], width, theme.glyphs.ellipsis);
}
