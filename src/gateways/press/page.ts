import type { RunningPart, Sheet } from '#domain/paper-sheet.ts';
import { clean } from '#terminal/sanitize.ts';
import { type Ink, LEADING } from './ink.ts';

/** The lowest part of a page with a stub, where a reading device wants nothing but the scan line (5/8 inch). */
const CLEAR_BAND = 45;
/** Work without a pause, ms: less than a person notices. */
const AT_A_STRETCH = 15;
const RUNNING_SIZE = 8;
const RUNNING_SPACE = 16;

/** Where on the pages the next thing goes. */
export class Pages {
  readonly ink: Ink;
  readonly sheet: Sheet;
  readonly height: number;
  readonly left: number;
  readonly width: number;
  y: number;
  count = 1;
  #since = performance.now();

  constructor(ink: Ink, sheet: Sheet, height: number) {
    this.ink = ink;
    this.sheet = sheet;
    this.height = height;
    this.left = sheet.margin;
    this.width = sheet.width - 2 * sheet.margin;
    this.y = sheet.margin;
  }

  /** The lowest line that the page takes; above the stub on the first. */
  get bottom(): number {
    const { stub, margin, footer } = this.sheet;
    const foot = footer.length > 0 ? RUNNING_SPACE : 0;
    if (stub && this.count === 1) return this.height - stub.height - CLEAR_BAND - foot;
    return this.height - margin - foot;
  }

  get top(): number {
    return this.sheet.margin + (this.sheet.header.length > 0 && this.count > 1 ? RUNNING_SPACE : 0);
  }

  /** Goes to a new page when so much does not fit on this one; true when it did. */
  need(height: number): boolean {
    if (this.y + height <= this.bottom || this.y <= this.top) return false;
    this.next();
    return true;
  }

  next(): void {
    this.ink.doc.addPage();
    this.count += 1;
    this.y = this.top;
  }

  /** Lets keys and other work through in a long document: called between its rows. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since < AT_A_STRETCH) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }

  /** Text over the whole width, on as many pages as it takes. */
  text(text: string, size: number, align: 'left' | 'right' | 'center', bold: boolean): void {
    for (const line of this.ink.wrap(text, this.width, { size, bold })) {
      this.need(size * LEADING);
      this.ink.line(line, this.left, this.y, this.width, { size, bold, align });
      this.y += size * LEADING;
    }
  }

  /** Heads, feet and the stub: when it is known how many pages there are. */
  async finish(): Promise<void> {
    const { sheet, ink } = this;
    for (let at = 0; at < this.count; at++) {
      ink.doc.switchToPage(at);
      const setting = { size: RUNNING_SIZE } as const;
      if (at > 0) ink.line(this.#running(sheet.header, at), this.left, sheet.margin - 4, this.width, setting);
      const foot =
        sheet.stub && at === 0
          ? this.height - sheet.stub.height - CLEAR_BAND - RUNNING_SPACE + 2
          : this.height - sheet.margin - RUNNING_SPACE + 6;
      ink.line(this.#running(sheet.footer, at), this.left, foot, this.width, { ...setting, align: 'right' });
      await this.breathe();
    }
    ink.doc.switchToPage(0);
    this.#stub();
  }

  #running(parts: readonly RunningPart[], page: number): string {
    return parts
      .map((part) => (typeof part === 'string' ? clean(part) : String(part.count === 'page' ? page + 1 : this.count)))
      .join('');
  }

  #stub(): void {
    const { stub } = this.sheet;
    if (!stub) return;
    const { ink, left, width } = this;
    const top = this.height - CLEAR_BAND - stub.height;
    const size = this.sheet.fontSize;
    ink.rule(left, top, width, { dashed: true });
    ink.line(stub.title, left, top + 6, width, { size: size - 1, align: 'center' });
    let y = top + 28;
    for (const [label, text] of stub.facts) {
      ink.line(label, left + width * 0.55, y, width * 0.2, { size });
      ink.line(text, left + width * 0.75, y, width * 0.25, { size: size + 1, bold: true, align: 'right' });
      y += (size + 1) * LEADING * 1.15;
    }
    const lines = stub.left.split('\n').flatMap((line) => ink.wrap(line, width * 0.45, { size }));
    // Low enough for the window of an envelope for answers.
    const from = Math.max(top + 28, this.height - CLEAR_BAND - 14 - lines.length * size * LEADING);
    for (const [at, line] of lines.entries()) ink.line(line, left, from + at * size * LEADING, width * 0.45, { size });
    if (stub.scanLine) ink.scanLine(stub.scanLine, left, this.height - CLEAR_BAND + 14, width);
  }
}
