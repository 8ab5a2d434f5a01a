import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { line, Lines, type Segment } from '#ui/text.tsx';
import { fit, wrap } from '#ui/width.ts';
import { closedPart } from './forms.ts';
import { fieldsFor, type NewCustomerState } from './model.ts';
import { missingIn, summaryOf } from './summary.ts';
import { SECTION_TITLES, SECTIONS } from './sections.ts';

const TITLE = 25;

/** The parts, each in one line with what is typed or still needed; below what the one under the cursor lacks. */
export function NewCustomerView({ state, size, theme }: ViewProps<undefined, NewCustomerState>): ReactNode {
  const { glyphs } = theme;
  const rows = SECTIONS.map((section, place): Segment[] => {
    const fields = fieldsFor(state, section);
    const closed = closedPart(section, state.typed, fields, state.choices);
    const problems = state.problems[section];
    const missing = closed ? [] : missingIn(fields, state.typed[section]);
    const active = place === state.at;
    const mark: Segment = problems
      ? ['!', theme.error]
      : missing.length > 0
        ? ['*', theme.warning]
        : [state.seen.includes(section) ? glyphs.check : ' ', theme.good];
    const said: Segment = closed
      ? [closed, theme.dim]
      : missing.length > 0 && !problems
        ? [
            `${summaryOf(state, section, fields)} needed: ${missing.map(({ label }) => label).join(', ')}`.trim(),
            theme.warning,
          ]
        : [
            problems ? Object.values(problems)[0]! : summaryOf(state, section, fields),
            problems ? theme.error : theme.text,
          ];
    return [
      [active ? glyphs.cursor : ' ', theme.key],
      ' ',
      mark,
      ' ',
      [fit(SECTION_TITLES[section], TITLE), active ? theme.selected : theme.text],
      said,
    ];
  });
  const hint = state.saving
    ? 'Saving …'
    : state.said || 'Enter fills in a part, n goes through all of them, F9 saves the customer. * is still needed.';
  const lines: Segment[][] = [
    [['A new customer: everything is saved together, or nothing.', theme.dim]],
    [],
    ...rows,
    [],
    [[glyphs.horizontal.repeat(size.columns), theme.border]],
    ...wrap(hint, Math.max(10, size.columns - 2)).map((text): Segment[] => [[` ${text}`, theme.dim]]),
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Lines lines={lines.slice(0, size.rows).map((segments) => line(segments, size.columns, glyphs.ellipsis))} />
    </Box>
  );
}
