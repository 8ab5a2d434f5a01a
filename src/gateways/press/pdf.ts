import PDFDocument from 'pdfkit';
import type { Sheet } from '#domain/paper-sheet.ts';
import { clean } from '#terminal/sanitize.ts';
import { drawBlocks } from './blocks.ts';
import { Fonts } from './fonts.ts';
import { Ink } from './ink.ts';
import { Pages } from './page.ts';
import type { Printed } from './press.ts';

/** The longest page that readers of PDF take, points. */
const LONGEST = 14_400;

/** A sheet as PDF, with the fonts that it uses embedded. */
export async function printPdf(sheet: Sheet, at: number): Promise<Printed> {
  const fonts = await Fonts.open();
  if (sheet.height !== null) return drawn(sheet, sheet.height, at, fonts);
  // A roll is cut where its text ends: laid out once to know where.
  const trial = await layOut(sheet, LONGEST, at, fonts);
  trial.ink.doc.end();
  return drawn(sheet, Math.min(LONGEST, Math.ceil(trial.y + sheet.margin)), at, fonts);
}

async function layOut(sheet: Sheet, height: number, at: number, fonts: Fonts): Promise<Pages> {
  const doc = new PDFDocument({
    size: [sheet.width, height],
    margin: 0,
    bufferPages: true,
    // None of the reader's own fonts: `null` keeps the library from loading one.
    font: null as unknown as string,
    lang: sheet.language,
    displayTitle: true,
    info: { Title: clean(sheet.title), Creator: 'meterdesk', Producer: 'meterdesk', CreationDate: new Date(at) },
  });
  const pages = new Pages(new Ink(doc, fonts), sheet, height);
  await drawBlocks(pages);
  return pages;
}

async function drawn(sheet: Sheet, height: number, at: number, fonts: Fonts): Promise<Printed> {
  const pages = await layOut(sheet, height, at, fonts);
  await pages.finish();
  const { doc } = pages.ink;
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.end();
  await done;
  return { content: Buffer.concat(chunks), mediaType: 'application/pdf', pages: pages.count };
}
