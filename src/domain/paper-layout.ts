import { z } from 'zod';
import { shortText } from './typed-text.ts';

/*
 * A format of paper as a utility writes it: JSON. Texts are templates (mustache): `{{totalDue}}`
 * is filled in, `{{#messages}}…{{/messages}}` is repeated for each of a list, `{{^paid}}…{{/paid}}`
 * stands where there is none. Which names there are depends on the kind of paper
 * (`meterdesk paper fields KIND` lists them).
 */

const template = (most = 2000) => shortText(most);
const short = template(200);
const align = z.enum(['left', 'right', 'center'], 'Choose left, right or center');
/** Name of a value; the block is left out where that is empty, zero or false. */
const when = z
  .string()
  .max(60, 'Use at most 60 characters')
  .regex(/^!?[A-Za-z][\w.]*$/, 'Name a value, with ! in front for its absence')
  .optional();

const pair = z.strictObject({ label: short, text: short, when });

const text = z.strictObject({
  type: z.literal('text'),
  text: template(),
  size: z.number().min(5, 'At least 5 points').max(40, 'At most 40 points').optional(),
  align: align.default('left'),
  bold: z.boolean().default(false),
  when,
});

const table = z.strictObject({
  type: z.literal('table'),
  /** Name of the list that gives the rows. */
  of: z.string().regex(/^[A-Za-z][\w.]*$/, 'Name a list'),
  columns: z
    .array(
      z.strictObject({
        title: short,
        text: short,
        align: align.default('left'),
        width: z.number().min(1, 'At least 1').max(100, 'At most 100').default(10),
      }),
    )
    .min(1, 'Give at least one column')
    .max(20, 'At most 20 columns'),
  /** In place of the table when there is no row; without one there is nothing at all. */
  empty: short.optional(),
  /** A last row: its first cell and its last. */
  total: z.strictObject({ label: short, text: short }).optional(),
  compact: z.boolean().default(false),
  when,
});

const block = z.discriminatedUnion(
  'type',
  [
    text,
    z.strictObject({
      type: z.literal('address'),
      text: template(),
      window: z.enum(['left', 'right', 'none'], 'Choose left, right or none').default('none'),
    }),
    z.strictObject({
      type: z.literal('facts'),
      rows: z.array(pair).min(1, 'Give at least one row').max(40, 'At most 40 rows'),
      align: z.enum(['left', 'right'], 'Choose left or right').default('left'),
      when,
    }),
    table,
    z.strictObject({
      type: z.literal('totals'),
      rows: z
        .array(pair.extend({ strong: z.boolean().default(false) }))
        .min(1, 'Give at least one row')
        .max(40, 'At most 40 rows'),
      when,
    }),
    z.strictObject({
      type: z.literal('ageing'),
      labels: z.array(short).length(5, 'Give five headings: current, 1-30, 31-60, 61-90, older'),
      when,
    }),
    /** The table of a report, with the columns that it has on the screen. */
    z.strictObject({ type: z.literal('grid'), compact: z.boolean().default(true) }),
    z.strictObject({ type: z.literal('rule') }),
    z.strictObject({ type: z.literal('space'), points: z.number().min(1).max(400) }),
    z.strictObject({ type: z.literal('page') }),
  ],
  'There is no such block',
);

export const PAGES = {
  letter: [612, 792],
  a4: [595, 842],
  /** A roll of 80 mm, for receipts. */
  roll: [227, null],
} as const satisfies Readonly<Record<string, readonly [number, number | null]>>;

const LOCALE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

export const paperLayout = z.strictObject({
  page: z.enum(['letter', 'a4', 'roll'], 'Choose letter, a4 or roll'),
  landscape: z.boolean().default(false),
  margin: z.number().min(5, 'At least 5 points').max(150, 'At most 150 points').default(48),
  fontSize: z.number().min(5, 'At least 5 points').max(20, 'At most 20 points').default(9),
  /** Decides how amounts and dates are written: `en-US`, `en-GB`, `es-US`. */
  locale: z.string().max(20).regex(LOCALE, 'Write a locale such as en-US').default('en-US'),
  dates: z.enum(['locale', 'iso'], 'Choose locale or iso').default('locale'),
  /** As the document is called: its title, and the file's name. */
  title: short,
  header: short.default(''),
  footer: short.default(''),
  blocks: z.array(block).min(1, 'Give at least one block').max(100, 'At most 100 blocks'),
  stub: z
    .strictObject({
      title: short,
      left: template(),
      rows: z.array(pair).max(10, 'At most 10 rows'),
      height: z.number().min(90, 'At least 90 points').max(300, 'At most 300 points').default(190),
      when,
    })
    .optional(),
  /** What is sent with it by e-mail. */
  mail: z.strictObject({ subject: short, body: template(5000) }).optional(),
});

export type PaperLayout = z.output<typeof paperLayout>;
export type PaperLayoutInput = z.input<typeof paperLayout>;
export type LayoutBlock = PaperLayout['blocks'][number];
