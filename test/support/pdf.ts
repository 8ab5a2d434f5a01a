import { getDocumentProxy } from 'unpdf';

/** A word on a page, with its place from the page's top left, points. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** What an independent reader finds in a PDF. */
export interface ReadPdf {
  readonly title: string;
  readonly pages: readonly {
    readonly text: string;
    readonly items: readonly Placed[];
    readonly width: number;
    readonly height: number;
  }[];
  readonly text: string;
}

export async function readPdf(content: Uint8Array | string): Promise<ReadPdf> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'base64') : content;
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const pages = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const placed = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [{ text: item.str, x: item.transform[4] as number, y: height - (item.transform[5] as number) }]
        : [],
    );
    pages.push({ items: placed, text: linesOf(placed), width, height });
  }
  const { info } = await document.getMetadata();
  const title = String((info as Record<string, unknown>).Title ?? '');
  return { title, pages, text: pages.map((page) => page.text).join('\n\f\n') };
}

/** The words line by line, as a person reads them. */
function linesOf(items: readonly Placed[]): string {
  const lines = Map.groupBy(items, ({ y }) => Math.round(y / 3));
  return [...lines]
    .toSorted(([a], [b]) => a - b)
    .map(([, words]) =>
      words
        .toSorted((a, b) => a.x - b.x)
        .map(({ text }) => text)
        .join(' '),
    )
    .join('\n');
}
