import type { ReactNode } from 'react';
import { customerDetails } from '#services/customers/details.ts';
import { Lines } from '#ui/text.tsx';
import type { Size } from '#ui/screen.ts';
import { docCommands, type DocLens, revealIn } from '../../document/commands.ts';
import { lineAt, newDoc, placeOf } from '../../document/model.ts';
import { Document } from '../../document/view.tsx';
import type { TabDefinition, TabViewProps } from '../../tab.ts';
import { barLine } from './frame/bar.ts';
import { enterOf, frameCommands, standingOf } from './frame/commands.ts';
import { followTab, loadTab, partContext, sections, sectionsFor } from './frame/load.ts';
import { customerPage, partOfLine } from './frame/page.ts';
import { partCommands } from './frame/part-commands.ts';
import type { CustomerTabKind, CustomerTabState } from './frame/state.ts';

type Props = TabViewProps<CustomerTabState>;

/** Cells below the bar of the parts. */
const pageSize = ({ columns, rows }: Size): Size => ({ columns, rows: Math.max(1, rows - 1) });

/** The parts' forms under the names that their drafts have. */
const formsOf = (kind: CustomerTabKind): TabDefinition<CustomerTabState>['forms'] =>
  Object.fromEntries(
    sections.flatMap(({ forms = {} }) =>
      Object.entries(forms).map(([name, open]) => [
        `${kind.id}.${name}`,
        (ctx, subjectId) => open(partContext(kind, ctx), subjectId),
      ]),
    ),
  );

/** A tab about a customer: the resident, or the owner of a rental. */
export function customerTabOf(kind: CustomerTabKind): TabDefinition<CustomerTabState> {
  const lens: DocLens<CustomerTabState> = {
    scope: kind.id,
    page: (ctx) => customerPage(kind, ctx.get(), pageSize(ctx.size()), ctx),
    get: ({ doc }) => doc,
    set: (doc) => ({ doc }),
    enter: enterOf(kind),
    takesSpace: (ctx) => standingOf(lens, ctx)?.part.commands?.some(({ keys }) => keys?.includes('space')) ?? false,
  };
  return {
    id: kind.id,
    title: kind.title,
    permission: kind.permission,
    exists: kind.exists,
    create: () => ({ customerId: null, details: null, data: {}, removed: [], doc: newDoc }),
    load: (ctx) => loadTab(kind, ctx),
    follow: followTab,
    commands: [...docCommands(lens), ...frameCommands(kind, lens), ...partCommands(kind, lens, sections)],
    reveal: (ctx, part) => revealIn(lens, ctx, part),
    forms: formsOf(kind),
    View: ({ state, size, theme, actor, today }: Props): ReactNode => {
      const inner = pageSize(size);
      const page = customerPage(kind, state, inner, { actor, today });
      const shown = sectionsFor(actor);
      const at = partOfLine(shown, lineAt(page, placeOf(page, state.doc))?.id)?.id;
      const bar = barLine({ parts: shown.slice(1), data: state.data, at }, size.columns, theme);
      return (
        <>
          <Lines lines={[bar]} />
          <Document page={page} state={state.doc} size={inner} theme={theme} />
        </>
      );
    },
  };
}

export const customerTab = customerTabOf({
  id: 'customer',
  title: 'Customer',
  exists: ({ customerId }) => customerId !== null,
  whose: ({ customerId }) => customerId,
  permission: 'customers.read',
  fetch: (call, { customerId, accountId }) =>
    customerId === null ? null : call(customerDetails, { customerId, accountId }),
});
