import { Box } from 'ink';
import type { ReactNode } from 'react';
import { formatCents } from '#domain/money.ts';
import { ageingLine } from '#ui/ageing.ts';
import type { ViewProps } from '#ui/screen.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { line, Lines, Painted, spread } from '#ui/text.tsx';
import { lens } from './lens.ts';
import type { ArParams, ArState } from './model.ts';

/** What to do where nobody was named. */
export const NOBODY = 'Type =ARH and the number of an account, or press H in the History tab of one.';

/** Opening balance, events, closing balance and ageing. */
export function ArView({ state, size, theme }: ViewProps<ArParams | undefined, ArState>): ReactNode {
  const { answer } = state;
  const { columns: width } = size;
  const { ellipsis } = theme.glyphs;
  const sum = (label: string, cents: number): string => `${label} ${formatCents(cents)} `;
  const days = answer === null ? '' : `, ${answer.from} to ${answer.to}`;
  const opening = answer === null ? '' : sum('Opening', answer.openingCents);
  const unposted =
    answer === null || answer.unpostedCents === 0 ? '' : `unposted ${formatCents(answer.unpostedCents)}, `;
  const closing = answer === null ? '' : sum(`${unposted}Closing`, answer.closingCents);
  const left = [` ${answer?.of ?? 'A/R history'}`, theme.title] as const;
  const ageing =
    answer === null
      ? ' '
      : line(
          ageingLine(
            answer.ageing,
            { openCents: answer.openCreditCents, serviceCents: answer.serviceCreditCents },
            theme,
            width,
          ),
          width,
          ellipsis,
        );
  return (
    <Box flexDirection="column" width={width} height={size.rows} overflow="hidden">
      <Painted text={spread([left, days], [[opening, theme.title]], width, ellipsis)} />
      <ListTable
        lens={lens}
        state={state}
        size={size}
        theme={theme}
        empty={state.whom === null ? NOBODY : answer === null ? 'Loading.' : 'Nothing happened in these days.'}
      />
      <Lines lines={[spread([], [[closing, theme.title]], width, ellipsis), ageing]} />
    </Box>
  );
}
