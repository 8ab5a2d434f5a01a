import { paperLayout } from '#domain/paper-layout.ts';
import type { PaperKind } from '#domain/paper-kinds.ts';
import { historyFormats } from './formats/history.ts';
import { invoiceFormats } from './formats/invoice.ts';
import type { SystemFormat } from './formats/parts.ts';
import { receiptFormats } from './formats/receipt.ts';
import { reportFormats } from './formats/report.ts';
import { signupFormats } from './formats/signup.ts';
import { statementFormats } from './formats/statement.ts';
import type { Db } from './schema.ts';

/** The formats that every utility begins with. The first of each kind is the standard one of a new utility. */
export const SYSTEM_FORMATS: readonly SystemFormat[] = [
  ...statementFormats,
  ...receiptFormats,
  ...invoiceFormats,
  ...historyFormats,
  ...reportFormats,
  ...signupFormats,
];

/** Puts the formats that are not there yet with those that are; none that is there is changed. */
export async function addFormats(db: Db): Promise<void> {
  const rows = await db.selectFrom('paper_format').select(['code', 'id']).execute();
  const there = new Set(rows.map(({ code }) => code));
  const isFirst = new Set<PaperKind>();
  const values = SYSTEM_FORMATS.map(({ code, kind, name, layout }, at) => {
    const standard = rows.length === 0 && !isFirst.has(kind) ? 1 : 0;
    isFirst.add(kind);
    return { id: at + 1, code, kind, name, layout: JSON.stringify(paperLayout.parse(layout)), standard, system: 1 };
  }).filter(({ code }) => !there.has(code));
  if (values.length > 0)
    await db
      .insertInto('paper_format')
      .values(values as never)
      .execute();
}
