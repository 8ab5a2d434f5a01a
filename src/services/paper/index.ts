import { listFormats, paperFields, readFormat, saveFormat, setFormat } from './formats.ts';
import { paperReads } from './read.ts';
import { paperSends } from './send.ts';

/** Operations that put something on paper, and those on its formats. */
export const paperOperations = [
  listFormats,
  readFormat,
  paperFields,
  saveFormat,
  setFormat,
  ...paperReads,
  ...paperSends,
] as const;
