import type PDFDocument from 'pdfkit';
import type { Align } from '#domain/paper-sheet.ts';
import type { FontName, Fonts, Run } from './fonts.ts';

type Doc = InstanceType<typeof PDFDocument>;

/** How text is set. */
export interface Setting {
  readonly size: number;
  readonly bold?: boolean;
  readonly align?: Align;
}

/** From one line's top to the next one's, in sizes of the type. */
export const LEADING = 1.3;

interface Measured {
  readonly runs: readonly Run[];
  readonly width: number;
}

const MOST_KNOWN = 2000;

/** Measures, breaks and draws text on a page. */
export class Ink {
  readonly doc: Doc;
  readonly #fonts: Fonts;
  readonly #known = new Map<string, Measured>();

  constructor(doc: Doc, fonts: Fonts) {
    this.doc = doc;
    this.#fonts = fonts;
    for (const name of ['plain', 'bold', 'wide', 'digits'] as const satisfies readonly FontName[]) {
      doc.registerFont(name, Buffer.from(fonts.bytesOf(name)));
    }
  }

  width(text: string, setting: Setting): number {
    return this.#measured(text, setting).width;
  }

  /** Text in its fonts with its width; what was measured lately is known, because it is drawn next. */
  #measured(text: string, { size, bold = false }: Setting): Measured {
    const key = `${bold ? 'b' : ''}${size} ${text}`;
    const known = this.#known.get(key);
    if (known) return known;
    const runs = this.#fonts.runs(text, bold);
    const width = runs.reduce((sum, run) => sum + this.doc.font(run.font, size).widthOfString(run.text), 0);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    const measured = { runs, width };
    this.#known.set(key, measured);
    return measured;
  }

  /** A text as lines that are at most so wide: broken at spaces, and within a word that is wider. */
  wrap(text: string, width: number, setting: Setting): string[] {
    return text.split('\n').flatMap((line) => this.#wrapLine(line, width, setting));
  }

  #wrapLine(text: string, width: number, setting: Setting): string[] {
    if (this.width(text, setting) <= width) return [text];
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/(?<=\s)/)) {
      if (this.width(line + word.trimEnd(), setting) <= width) {
        line += word;
        continue;
      }
      if (line !== '') lines.push(line.trimEnd());
      line = word;
      while (this.width(line.trimEnd(), setting) > width) {
        const fits = this.#longestFit(line, width, setting);
        lines.push(fits);
        line = line.slice(fits.length);
      }
    }
    if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
    return lines;
  }

  /** As many whole characters as fit, at least one. */
  #longestFit(word: string, width: number, setting: Setting): string {
    const characters = [...word];
    let low = 1;
    let high = characters.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.width(characters.slice(0, middle).join(''), setting) <= width) low = middle;
      else high = middle - 1;
    }
    return characters.slice(0, low).join('');
  }

  /** One line of text within `width` from `x`. */
  line(text: string, x: number, y: number, width: number, setting: Setting): void {
    const { size, align = 'left' } = setting;
    const { runs, width: taken } = this.#measured(text, setting);
    const free = width - taken;
    let at = x + (align === 'right' ? free : align === 'center' ? free / 2 : 0);
    for (const run of runs) {
      this.doc.font(run.font, size).text(run.text, at, y, { lineBreak: false });
      if (runs.length > 1) at += this.doc.widthOfString(run.text);
    }
  }

  /** A line that a device reads: in one font of fixed pitch. */
  scanLine(text: string, x: number, y: number, width: number): void {
    this.doc.font('digits', 12);
    this.doc.text(text, x + width - this.doc.widthOfString(text), y, { lineBreak: false });
  }

  rule(x: number, y: number, width: number, { dashed = false } = {}): void {
    this.doc.lineWidth(0.5);
    if (dashed) this.doc.dash(3, { space: 3 });
    this.doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke('#555555');
    if (dashed) this.doc.undash();
  }
}
