import { z } from 'zod';

/** What no database keeps: NUL characters and halves of surrogate pairs. */
export const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** A text of at most so many characters: codes, names, places in a list. Nothing may be of any length. */
export const shortText = (most = 200) => z.string().max(most, `Use at most ${most} characters`).overwrite(storable);

/**
 * Free text as typed, pasted or imported, with plain line ends. What a terminal must not see is
 * taken out when it is shown, not here.
 */
export const typedText = (most: number) => shortText(most).overwrite((text) => text.replaceAll(/\r\n?/g, '\n'));

/** The same on one line: names, numbers, lines of an address. Blanks at its ends and in a row are not kept. */
export const typedLine = (most: number) =>
  typedText(most).overwrite((text) => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim());
