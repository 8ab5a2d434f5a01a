/** What these are called here without being replaced themselves. */
const RealSegmenter = Reflect.get(Intl, 'Segmenter') as typeof Intl.Segmenter;
const RealCollator = Reflect.get(Intl, 'Collator') as typeof Intl.Collator;

/** Characters that never join with their neighbours: ASCII with escape sequences, Latin, punctuation, box drawing, the signs of the program. */
const SEPARATE =
  /^[\n\x1b\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203b\u2190-\u2193\u2500-\u25a1\u25b2\u25bc\u25cf\u2713]*$/;

/**
 * Stands in for `Intl.Segmenter` in the built program. Packages make theirs while they are
 * loaded, and the first one reads Unicode's tables, which a start without unusual characters
 * does not need; and Ink asks for the characters of every line of every frame, which for
 * usual text are its code units.
 */
export class LazySegmenter {
  readonly #options: ConstructorParameters<typeof Intl.Segmenter>;
  readonly #words: boolean;
  #segmenter: Intl.Segmenter | null = null;

  constructor(...options: ConstructorParameters<typeof Intl.Segmenter>) {
    this.#options = options;
    this.#words = (options[1]?.granularity ?? 'grapheme') !== 'grapheme';
  }

  segment(text: string): Iterable<Intl.SegmentData> {
    if (!this.#words && SEPARATE.test(text)) return separate(text);
    this.#segmenter ??= new RealSegmenter(...this.#options);
    return this.#segmenter.segment(text);
  }
}

function separate(text: string): Intl.SegmentData[] {
  const segments: Intl.SegmentData[] = [];
  for (let index = 0; index < text.length; index += 1)
    segments.push({ segment: text[index] ?? '', index, input: text });
  return segments;
}

/** Stands in for `Intl.Collator`: the rules of a language are read when something is sorted. */
export class LazyCollator {
  readonly #options: ConstructorParameters<typeof Intl.Collator>;
  #collator: Intl.Collator | null = null;

  constructor(...options: ConstructorParameters<typeof Intl.Collator>) {
    this.#options = options;
  }

  readonly compare = (a: string, b: string): number => {
    this.#collator ??= new RealCollator(...this.#options);
    return this.#collator.compare(a, b);
  };
}
