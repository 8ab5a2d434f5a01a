import { calculatePenalties, type CalculatedRun } from '#services/penalties/calculate.ts';
import { listPenaltyCodes } from '#services/penalties/terms.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { PenaltiesContext } from './model.ts';

type RunValues = FormValues & {
  readonly code: string;
  readonly runOn: string;
  readonly cycles: string;
  readonly routes: string;
  readonly classes: string;
  readonly overrideReason: string;
};

const runOn: FormField = {
  name: 'runOn',
  label: 'Day of the run',
  kind: 'date',
  required: true,
  help: 'What was due before this day, less the days of grace, is late; penalties take effect on it.',
};

export const overrideField: FormField = {
  name: 'overrideReason',
  label: 'Override',
  kind: 'text',
  maxLength: 200,
  help: 'Only where balanced batches hold payments of these accounts: why it is done all the same.',
};

const list = (name: string, label: string): FormField => ({
  name,
  label,
  kind: 'text',
  maxLength: 400,
  help: 'Codes, separated by commas; empty is everybody.',
});

const codesOf = (text: string): string[] => text.split(/[,\s]+/).filter((code) => code !== '');

/** Words for how far a calculation is. */
export const working = (phase: string, done: number, of: number | null): string =>
  of === null ? `${done} ${phase}` : `${done} of ${of} ${phase}`;

/** The form of a new run; `onProgress` is told how far its calculation is. */
export async function runForm(ctx: PenaltiesContext): Promise<FormDefinition<RunValues, CalculatedRun>> {
  const codes = (await ctx.call(listPenaltyCodes, {})).filter(({ active }) => active === 1);
  return {
    title: 'Calculate penalties',
    verb: 'Calculate',
    fields: [
      {
        name: 'code',
        label: 'Penalty',
        kind: 'code',
        required: true,
        choices: codes.map(({ code, name }) => ({ value: code, label: code, detail: name })),
      },
      runOn,
      list('cycles', 'Cycles'),
      list('routes', 'Routes'),
      list('classes', 'Revenue classes'),
      overrideField,
    ],
    initial: {
      code: codes[0]?.code ?? '',
      runOn: ctx.today,
      cycles: '',
      routes: '',
      classes: '',
      overrideReason: '',
    },
    today: ctx.today,
    save: ({ code, runOn: day, cycles, routes, classes, overrideReason }, _version, idempotencyKey) =>
      ctx.call(
        calculatePenalties,
        {
          code,
          runOn: day,
          cycles: codesOf(cycles),
          routes: codesOf(routes),
          classes: codesOf(classes),
          overrideReason,
        },
        { idempotencyKey, progress: (...told) => ctx.set({ working: working(...told) }) },
      ),
  };
}
