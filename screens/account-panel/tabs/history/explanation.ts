import { formatCents } from '#domain/money.ts';
import type { Explanation } from '#services/history/explain.ts';
import type { ExplainedLine, ExplainedSection } from '#services/history/explain-words.ts';
import { fit, wrap } from '#ui/width.ts';
import type { DetailsLine } from './details.ts';

const AMOUNT = 14;

const money = (cents: number): string => fit(formatCents(cents), AMOUNT, 'right');

/** The answer, then each section with its amounts in a column and the sum below. */
export function explanationLines({ answer, sections }: Explanation, width: number): DetailsLine[] {
  return [
    ...wrap(answer, width).map((text): DetailsLine => ({ parts: [text] })),
    ...sections.flatMap((section) => sectionLines(section, width)),
  ];
}

function sectionLines({ title, lines, sum, cents }: ExplainedSection, width: number): DetailsLine[] {
  const words = Math.max(10, width - AMOUNT);
  return [
    { parts: [''] },
    { parts: [[title, 'title']] },
    ...lines.map((line) => explainedLine(line, words)),
    {
      parts: [
        [fit(sum, words), 'dim'],
        [money(cents), 'title'],
      ],
    },
  ];
}

function explainedLine({ text, cents, transactionId, accountId }: ExplainedLine, words: number): DetailsLine {
  const target = transactionId === undefined ? {} : { target: { id: transactionId, accountId: accountId! } };
  return cents === null
    ? { parts: [[text, 'dim']], ...target }
    : { parts: [fit(text, words), money(cents)], ...target };
}
