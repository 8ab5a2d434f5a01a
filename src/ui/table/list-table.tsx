import type { ReactNode } from 'react';
import type { Size } from '../screen.ts';
import type { Theme } from '../theme/tokens.ts';
import type { ListLens } from './lens.ts';
import { Table, type TableProps } from './table.tsx';

export interface ListTableProps<P, S, R> extends Pick<TableProps<R>, 'empty' | 'note'> {
  readonly lens: ListLens<P, S, R>;
  readonly state: S;
  /** Of the body of the screen; the lens says how many lines of it the table gets. */
  readonly size: Size;
  readonly theme: Theme;
}

/** The table of a list as its lens describes it to the keys: both count the same lines. */
export function ListTable<P, S, R>({ lens, state, size, theme, ...words }: ListTableProps<P, S, R>): ReactNode {
  return (
    <Table
      columns={lens.columns(state)}
      rows={lens.rows(state)}
      list={lens.get(state)}
      keyOf={lens.key}
      width={size.columns}
      height={lens.height(size, state)}
      theme={theme}
      {...words}
    />
  );
}
