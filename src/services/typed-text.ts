import { z } from 'zod';

/**
 * Free text as typed, pasted or imported, less what no database keeps: NUL characters and
 * halves of surrogate pairs. Line ends become plain ones. What a terminal must not see is
 * taken out when it is shown, not here.
 */
export const typedText = () =>
  z.string().overwrite((text) => text.replaceAll('\u0000', '').replaceAll(/\r\n?/g, '\n').toWellFormed());
