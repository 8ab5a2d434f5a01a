import type { CivilDate } from '#domain/civil-date.ts';
import { footerHints } from '#keymap/hints.ts';
import type { Actor } from '#services/actor.ts';
import { line, segmentsWidth, spread, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth, oneLine, truncate, wrap } from '#ui/width.ts';
import type { Scope } from '../shell/scope.ts';
import type { ShellState } from '../shell/shell.ts';

export interface HeaderFacts {
  readonly crumbs: readonly string[];
  readonly code: string;
  readonly actor: Actor | null;
  readonly today: CivilDate;
  readonly theme: Theme;
  readonly columns: number;
}

/** Where one is, who one is, and the business date; what is narrow loses words, never the place. */
export function headerLine({ crumbs, code, actor, today, theme, columns }: HeaderFacts): string {
  const dot = theme.glyphs.name === 'ascii' ? ' - ' : ' · ';
  const groups = (actor?.groups ?? []).join(', ').toLowerCase();
  const full = [actor?.username, groups, `posting date ${today}`].filter(Boolean).join(dot);
  const short = [actor?.username, today.slice(5)].filter(Boolean).join(dot);
  const place = code === '' ? '' : ` =${code}`;
  const wanted = ` meterdesk  ${crumbs.join('   ')}${place}`.length;
  const right = wanted + full.length + 2 <= columns ? full : short;
  const room = columns - cellWidth(right) - cellWidth(' meterdesk  ') - place.length - 2;
  const left: Segment[] = [
    [' meterdesk', theme.title],
    '  ',
    ...crumbSegments(crumbs, room, theme),
    [place, theme.dim],
  ];
  return spread(left, [[right, theme.dim]], columns - 1, theme.glyphs.ellipsis);
}

/** The way to the open screen; when it is too long the beginning goes first. */
function crumbSegments(crumbs: readonly string[], room: number, theme: Theme): Segment[] {
  const separator = ` ${theme.glyphs.crumb} `;
  let first = 0;
  const text = () => (first > 0 ? `${theme.glyphs.ellipsis}${separator}` : '') + crumbs.slice(first).join(separator);
  while (first < crumbs.length - 1 && cellWidth(text()) > room) first += 1;
  const head = crumbs.slice(first, -1).map((crumb) => crumb + separator);
  const before = (first > 0 ? theme.glyphs.ellipsis + separator : '') + head.join('');
  const last = truncate(crumbs.at(-1) ?? '', Math.max(4, room - cellWidth(before)), theme.glyphs.ellipsis);
  return [
    [before, theme.dim],
    [last, theme.text],
  ];
}

const TONE_MARK = { info: '', good: '', warning: '! ', bad: '!! ' } as const;

export interface MessageFacts {
  readonly message: ShellState['message'];
  readonly busy: string;
  /** Who else has the record open. */
  readonly alsoHere: string;
  readonly waiting: number;
  readonly theme: Theme;
  readonly columns: number;
}

/** Lines that a message may take: one that tells what to do is read to its end. */
const MOST_LINES = 4;

/** What happened, left, over as many lines as it needs; what is going on, right in the last one. */
export function messageLines({ message, busy, alsoHere, waiting, theme, columns }: MessageFacts): readonly string[] {
  const keys = waiting === 0 ? '' : `${waiting} ${waiting === 1 ? 'key' : 'keys'} waiting`;
  const work = [keys, busy].filter(Boolean).join(', ');
  // At most half the line: what is said here matters more than who is looking.
  const others = truncate(alsoHere, columns >> 1, theme.glyphs.ellipsis);
  const right: Segment[] = [
    ...(work === '' ? [] : [[work, theme.dim] as const]),
    ...(work !== '' && others !== '' ? ['  '] : []),
    ...(others === '' ? [] : [[others, theme.warning] as const]),
  ];
  const text = message ? `${TONE_MARK[message.tone]}${oneLine(message.text)}` : '';
  const tone = message ? theme[message.tone] : undefined;
  const ended = (part: string): string => spread([[` ${part}`, tone]], right, columns - 1, theme.glyphs.ellipsis);
  const room = columns - 2 - (right.length > 0 ? segmentsWidth(right) + 1 : 0);
  if (cellWidth(text) <= room) return [ended(text)];
  const parts = wrap(text, Math.max(20, room));
  const last = parts.slice(MOST_LINES - 1).join(' ');
  const before = last === '' ? parts.slice(0, -1) : parts.slice(0, MOST_LINES - 1);
  return [
    ...before.map((part) => line([[` ${part}`, tone]], columns, theme.glyphs.ellipsis, true)),
    ended(last === '' ? parts.at(-1)! : last),
  ];
}

/** Whether a key would be a character in the field that is typed in. */
const isText = (key: string | undefined): boolean => key === undefined || key === 'space' || key.length === 1;

/** What can be done now, as far as it fits; Help always. */
export function footerLine(scopes: readonly Scope[], theme: Theme, columns: number): string {
  const room = columns - 4;
  const typing = scopes.some((scope) => scope.typing);
  const { hints, more } = footerHints(
    scopes.map(({ commands }) => (typing ? commands.filter(({ keys }) => !isText(keys[0])) : commands)),
    room,
    [{ key: 'F1', label: 'Help' }],
  );
  const segments = hints.flatMap((hint): Segment[] => [
    ' ',
    [hint.key, theme.key],
    [` ${hint.label}`, theme.text],
    ' ',
  ]);
  if (more && segmentsWidth(segments) + 2 <= columns - 1) segments.push([theme.glyphs.ellipsis, theme.dim]);
  return line(segments, columns - 1, theme.glyphs.ellipsis);
}
