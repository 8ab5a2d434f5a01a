import type { Fact } from './facts.ts';
import { KEY_KINDS, kindOf } from './kinds.ts';

/** Facts as one text: a line each, its kind's number first. Folded texts hold no line ends. */
export const writeFacts = (facts: readonly Fact[]): string =>
  facts.map(({ kind, text }) => `${KEY_KINDS[kind]} ${text}`).join('\n');

export const readFacts = (document: string): Fact[] =>
  document === ''
    ? []
    : document.split('\n').map((line) => {
        const gap = line.indexOf(' ');
        return { kind: kindOf(Number(line.slice(0, gap))), text: line.slice(gap + 1) };
      });
