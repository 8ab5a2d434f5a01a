import { z } from 'zod';
import { type RecordLevel, RECORD_LEVELS } from './custom-field.ts';

const levels = Object.keys(RECORD_LEVELS) as [RecordLevel, ...RecordLevel[]];

/** What a caption of user-defined codes says (code table `udc_caption`). */
export const captionAttributes = z.object({ level: z.enum(levels).default('customer') });

/** What a value says (code table `udc_value`): the caption that it belongs to. */
export const valueAttributes = z.object({ caption: z.string().default('') });
