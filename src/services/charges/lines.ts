import type { Db } from '#db/schema.ts';
import { shareOf } from '#domain/share.ts';
import { z } from 'zod';
import { codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';
import { GL, serviceCodes } from '../ledger/gl.ts';
import type { NewLine } from '../ledger/rows.ts';
import type { ChargeLine } from './input.ts';

/** What the table of charge codes adds to a code. */
const attributes = z.object({
  gl: z.string().default(GL.other),
  taxable: z.union([z.literal(0), z.literal(1)]).default(0),
  /** Of the code `tax`: the rate. */
  millionths: z.number().int().min(0).max(1_000_000).default(0),
});

/** A charge code with its revenue account. */
export interface ChargeCode extends z.infer<typeof attributes> {
  readonly code: string;
  readonly name: string;
}

/** The code that taxes are booked under. */
const TAX = 'tax';

/** Charge codes by code. */
export async function chargeCodes(db: Db): Promise<Map<string, ChargeCode>> {
  const values = await codeValues(db, 'charge_code');
  return new Map(
    values.map(({ code, name, attributes: json }) => {
      const parsed = attributes.safeParse(JSON.parse(json ?? '{}'));
      return [code, { code, name, ...(parsed.success ? parsed.data : attributes.parse({})) }];
    }),
  );
}

/** Where charges of a utility are booked. */
export interface ChargeBooks {
  readonly codes: ReadonlyMap<string, ChargeCode>;
  readonly services: ReadonlyMap<number, { readonly receivableGl: string; readonly revenueGl: string }>;
}

export const chargeBooks = async (db: Db): Promise<ChargeBooks> => ({
  codes: await chargeCodes(db),
  services: await serviceCodes(db),
});

/** A line with the tax on it, which follows it: the caller ties them when the line has its id. */
export interface BookedLine {
  readonly line: NewLine;
  readonly tax: NewLine | null;
}

const wrong = (at: number, field: string, message: string): Failure =>
  new Failure('invalid', message, { [`lines.${at}.${field}`]: message });

/**
 * Lines of a charge as they are booked: receivable against revenue, a discount the other way, and
 * tax on what is taxable unless the customer is exempt.
 * @throws Failure `invalid` at the line
 */
export function bookedLines(lines: readonly ChargeLine[], books: ChargeBooks, exempt: boolean): BookedLine[] {
  const rate = exempt ? 0 : (books.codes.get(TAX)?.millionths ?? 0);
  return lines.map((line, at): BookedLine => {
    if (line.cents === 0) throw wrong(at, 'cents', 'Enter an amount.');
    const service = line.serviceTypeId === null ? null : books.services.get(line.serviceTypeId);
    if (service === undefined) throw wrong(at, 'serviceTypeId', 'There is no such service.');
    const code = line.code === null ? null : books.codes.get(line.code);
    if (code === undefined) throw wrong(at, 'code', 'There is no such charge code.');
    if (service === null && code === null) throw wrong(at, 'code', 'Name the service or the charge code.');
    const receivable = service?.receivableGl ?? GL.receivable;
    const booked = { ...line, receivable, revenue: code?.gl ?? service!.revenueGl };
    const tax = line.taxable && rate > 0 ? shareOf(line.cents, rate) : 0;
    return {
      line: newLine(booked),
      tax:
        tax === 0
          ? null
          : {
              ...newLine({ ...booked, cents: tax, revenue: GL.taxes }),
              code: TAX,
              description: books.codes.get(TAX)!.name,
              quantityMilli: null,
              unit: null,
              shareMillionths: rate,
            },
    };
  });
}

function newLine(line: ChargeLine & { readonly receivable: string; readonly revenue: string }): NewLine {
  const debit = line.cents > 0;
  return {
    serviceTypeId: line.serviceTypeId,
    code: line.code,
    description: line.description,
    quantityMilli: line.quantityMilli,
    unit: line.unit,
    debitGl: debit ? line.receivable : line.revenue,
    creditGl: debit ? line.revenue : line.receivable,
    amountCents: Math.abs(line.cents),
    effect: debit ? 1 : -1,
  };
}
