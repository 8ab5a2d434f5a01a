import { z } from 'zod';
import { type DraftRow, listDrafts } from '#services/drafts/drafts.ts';
import { findFreeLocation } from '#services/locations/free.ts';
import type { DraftRef, ScreenDraft } from '#ui/screen.ts';
import { isBegun, type NewCustomerContext, type NewCustomerState } from './model.ts';
import { openPart, partDraft } from './steps.ts';
import { summaryOf } from './summary.ts';
import { type Section, SECTIONS, type Typed, UNTYPED } from './sections.ts';

const FORM = 'customer.new';

const part = z.record(z.string(), z.union([z.string(), z.boolean()]));
const kept = z.partialRecord(z.enum(SECTIONS), z.string());

/** What was typed so far, without sensitive numbers; null before anything was and after it is saved. */
export function newCustomerDraft(state: NewCustomerState): ScreenDraft | null {
  if (state.done || !isBegun(state)) return null;
  const open = SECTIONS.filter((section) => section !== 'personal');
  return {
    ref: { form: FORM, subjectId: null },
    title: `New customer ${summaryOf(state, 'detail', [])}`.trim().slice(0, 200),
    values: Object.fromEntries(open.map((section) => [section, JSON.stringify(state.typed[section])])),
    words: open.map((section) => summaryOf(state, section, [])).filter((line) => line !== ''),
  };
}

function typedOf({ values }: DraftRow): Typed | null {
  const read = kept.safeParse(values);
  if (!read.success) return null;
  const typed: Record<Section, Typed[Section]> = { ...UNTYPED };
  for (const [section, text] of Object.entries(read.data)) {
    const values = part.safeParse(JSON.parse(text ?? '{}'));
    if (values.success) typed[section as Section] = { ...UNTYPED[section as Section], ...values.data };
  }
  return typed;
}

/** Takes up what was left, the location looked at anew: somebody else may have moved in meanwhile. */
export async function takeUpLeft(ctx: NewCustomerContext): Promise<boolean> {
  if (isBegun(ctx.get())) return true;
  const draft = (await ctx.call(listDrafts, { form: FORM })).find(({ form }) => form === FORM);
  const typed = draft && typedOf(draft);
  if (!draft || !typed) return false;
  const { where, location: number } = typed.site;
  const found = where === 'existing' && number ? await ctx.call(findFreeLocation, { text: String(number) }) : [];
  ctx.set({
    typed,
    location: found.find((one) => one.number === number) ?? null,
    said: `Taken up from the draft of ${new Date(draft.savedAt).toTimeString().slice(0, 5)}.`,
  });
  return true;
}

/** A draft that was chosen from the list: of the whole, or of a part that was being typed. */
export async function resumeNewCustomer(ctx: NewCustomerContext, { form }: DraftRef): Promise<boolean> {
  if (form === FORM) return takeUpLeft(ctx);
  const at = SECTIONS.findIndex((section) => partDraft(section) === form);
  if (at < 0) return false;
  ctx.set({ at });
  await openPart(ctx);
  return true;
}
