/** Modules of light around the square: less than the four of the standard, enough for telephones, and it fits 24 rows. */
const BORDER = 1;

/**
 * A text as a square of dots, two rows of it in a line of half blocks; light is drawn, dark left out.
 * The package is loaded when somebody sets up a second factor.
 */
export async function qrLines(text: string): Promise<string[]> {
  const { encode } = await import('uqr');
  const { data } = encode(text, { ecc: 'L', border: BORDER });
  const isLight = (row: number, column: number) => data[row]?.[column] !== true;
  return Array.from({ length: Math.ceil(data.length / 2) }, (_, pair) =>
    data[0]!
      .map((_module, column) => HALVES[Number(isLight(2 * pair, column)) * 2 + Number(isLight(2 * pair + 1, column))])
      .join(''),
  );
}

/** By upper and lower half: neither light, lower, upper, both. */
const HALVES = [' ', '▄', '▀', '█'] as const;
