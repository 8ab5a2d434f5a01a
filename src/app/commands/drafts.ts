import type { DraftRow } from '#services/drafts/drafts.ts';
import { whenInWords } from '../overlays/form/conflict.ts';
import type { Shell } from '../shell/shell.ts';

/** Lists the operator's drafts; the one taken opens where it was, or is read or forgotten. */
export async function openDrafts(shell: Shell): Promise<void> {
  const { desk } = shell.session;
  const { discardDraft, listDrafts } = await import('#services/drafts/drafts.ts');
  const drafts = await desk.call(listDrafts, {});
  if (drafts.length === 0) return shell.toast('No form was left with something typed.', 'info');
  const now = shell.options.timers.now();
  const draft = await desk.choose(
    'Drafts',
    drafts.map((value) => ({
      value,
      label: [value.title || value.form, value.place?.label].filter(Boolean).join(': '),
      detail: `typed ${whenInWords(value.savedAt, now)}`,
    })),
  );
  if (draft === null) return;
  const what = await desk.choose<'open' | 'read' | 'forget'>(draft.title || draft.form, [
    { value: 'open', label: 'Go on where it was left' },
    { value: 'read', label: 'Read what was typed' },
    { value: 'forget', label: 'Forget it' },
  ]);
  if (what === 'open' && !(await resume(shell, draft))) {
    shell.toast('It cannot be opened where it was; the draft is kept and can be read.', 'warning');
  }
  if (what === 'read') await desk.show(draft.title || draft.form, typedLines(draft));
  if (what !== 'forget') return;
  await desk.call(discardDraft, { form: draft.form, subjectId: draft.subjectId });
  await shell.desktop.refresh();
  shell.toast('Draft forgotten.', 'good');
}

/** Opens the screen of a draft and the form over it; false when that cannot be. */
async function resume(shell: Shell, { place, form, subjectId }: DraftRow): Promise<boolean> {
  if (place === null) return false;
  const definition = shell.registry.byId(place.screenId);
  if (!definition?.resume || !shell.desktop.allowed(definition)) return false;
  const ctx = await shell.desktop.opened(
    definition.id,
    (typeof place.params === 'string' ? JSON.parse(place.params) : place.params) ?? undefined,
  );
  return ctx !== null && definition.resume(ctx, { form, subjectId });
}

const typedLines = ({ values, words }: DraftRow): readonly string[] =>
  words ??
  Object.entries(values).flatMap(([name, value]) =>
    value === '' || value === false ? [] : [`${name}: ${value === true ? 'yes' : value}`],
  );
