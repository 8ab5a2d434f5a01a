import type { TokenRow } from '#services/users/tokens.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface TokensState {
  readonly list: ListState;
  readonly rows: readonly TokenRow[];
}

export type TokensContext = ScreenContext<undefined, TokensState>;

export const createTokens = (): TokensState => ({ list: newList(), rows: [] });

/** Rights that it is confined to, by name, or that there are none such. */
export const rightsOf = ({ permissions }: TokenRow): string =>
  permissions === null ? 'all of its user' : permissions.join(', ');
