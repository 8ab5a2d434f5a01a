/**
 * The DejaVu fonts (free licence of Bitstream Vera): Latin, Greek, Cyrillic, Armenian, Georgian and
 * more. What the narrow one lacks is set in the wide one.
 */
export const FONT_FILES = {
  plain: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  wide: 'DejaVuSans.ttf',
  /** 12 points of it are ten characters to the inch, the pitch of OCR-A. */
  digits: 'DejaVuSansMono.ttf',
} as const;
