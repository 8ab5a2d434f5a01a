import { addressPart } from './address/part.ts';
import { autopayPart } from './autopay/part.ts';
import { codesPart } from './codes/part.ts';
import { deferredPart } from './deferred/part.ts';
import { documentsPart } from './documents/part.ts';
import { fieldsPart } from './fields/part.ts';
import type { AnyPart } from './part.ts';
import { personalPart } from './personal/part.ts';

/** The parts below the ID section, in their order. */
export const parts: readonly AnyPart[] = [
  addressPart,
  personalPart,
  autopayPart,
  codesPart,
  documentsPart,
  deferredPart,
  fieldsPart,
];
