import { createHash } from 'node:crypto';
import type { PaperKind } from '#domain/paper-kinds.ts';
import type { Sheet } from '#domain/paper-sheet.ts';
import { Failure } from '../failure.ts';
import type { Preparation } from '../operation.ts';
import { sightOf } from '../sight.ts';
import { assertVisible } from '../subject.ts';
import { compose, composeMail } from './compose.ts';
import type { AccountHead, Grid, ReportData } from './data.ts';
import { loadOptions } from '../options/operations.ts';
import { mailsStatements } from './contact-copies.ts';
import { layoutFor } from './formats.ts';
import { paperData, type WhichPaper } from './papers.ts';
import { lastStatements } from './statement.ts';
import { accountRow, copiesFor, type Making, paperHead } from './who.ts';

/** A document that was made and is to be kept. */
export interface Produced {
  readonly kind: PaperKind;
  readonly accountId: number | null;
  readonly customerId: number | null;
  readonly transactionId: number | null;
  readonly statementId: number | null;
  /** File name. */
  readonly name: string;
  readonly mediaType: string;
  /** Base64. */
  readonly content: string;
  readonly digest: string;
  readonly pages: number;
  /** Whom it is for, when it is a duplicate. */
  readonly duplicate: string;
  /** Where a duplicate goes by e-mail whatever becomes of the others; null: the way of them all. */
  readonly email: string | null;
  readonly mail: { readonly subject: string; readonly body: string };
}

export const makingOf = ({ db, actor, today }: Preparation): Making => ({ db, actor, today, sight: sightOf(actor) });

/**
 * Makes a paper about an account, and with `copies` one more for each who gets a duplicate: all of
 * them on paper, or with `mail` by e-mail for those who take theirs so. Runs
 * before the command's transaction: a long history takes seconds.
 * @throws Failure
 */
export async function produce(
  aids: Preparation,
  paper: WhichPaper,
  copies: 'none' | 'paper' | 'mail',
): Promise<Produced[]> {
  const making = makingOf(aids);
  await assertVisible(making, { accountId: paper.accountId });
  const layout = await layoutFor(aids.db, paper.kind, paper.format);
  const account = await accountRow(aids.db, paper.accountId);
  const data = await paperData(making, paper);
  const byMail = copies === 'mail' && mailsStatements(aids.actor, await loadOptions(aids.db));
  const duplicates = copies === 'none' ? [] : await copiesFor(making, account, byMail);
  const [statement] = paper.kind === 'statement' ? await lastStatements(aids.db, paper.accountId) : [];
  const papers: { head: AccountHead; email: string | null }[] = [
    { head: data, email: null },
    ...duplicates.map(({ as, email, name, lines }) => ({
      head: { ...data, recipient: { name, lines }, duplicate: `Duplicate for the ${as}` },
      email,
    })),
  ];
  const facts = {
    kind: paper.kind,
    accountId: paper.accountId,
    customerId: account.customerId,
    transactionId: paper.transactionId ?? null,
    statementId: statement?.id ?? null,
  };
  const made: Produced[] = [];
  for (const { head, email } of papers) {
    const printed = await onPaper(aids, compose(layout, head));
    made.push({ ...facts, ...printed, duplicate: head.duplicate, email, mail: composeMail(layout, head) });
  }
  return made;
}

/** What is printed of a table on the screen. */
export interface Report extends Grid {
  readonly title: string;
  readonly subtitle: string;
  readonly format?: string | undefined;
}

export async function produceReport(aids: Preparation, report: Report): Promise<Produced[]> {
  const { title, subtitle, columns, rows, format } = report;
  const layout = await layoutFor(aids.db, 'report', format);
  const { head } = await paperHead(makingOf(aids));
  const data: ReportData = { ...head, title, subtitle, count: String(rows.length), grid: { columns, rows } };
  const printed = await onPaper(aids, compose(layout, data));
  const facts = { kind: 'report', accountId: null, customerId: null, transactionId: null, statementId: null } as const;
  return [{ ...facts, ...printed, duplicate: '', email: null, mail: composeMail(layout, data) }];
}

async function onPaper({ press, now }: Preparation, sheet: Sheet) {
  if (!press) throw new Failure('unavailable', 'Nothing can be put on paper here.');
  const { content, mediaType, pages } = await press.print(sheet, now);
  return {
    name: fileName(sheet.title),
    mediaType,
    pages,
    content: Buffer.from(content).toString('base64'),
    digest: createHash('sha256').update(content).digest('hex'),
  };
}

/** A name that every system takes, of letters, digits and a few signs. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/[^\w .-]+/g, '')
    .replaceAll(/\s+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  return `${plain || 'document'}.pdf`;
}
