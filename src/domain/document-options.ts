import { z } from 'zod';
import { USUAL_MEDIA_TYPES } from './document.ts';

/** The company's options about documents. */
export const DOCUMENT_OPTIONS = {
  documentMegabytes: z
    .int()
    .min(1, 'At least 1 MB')
    .max(100, 'At most 100 MB')
    .default(25)
    .describe('Largest file of a document, in MB.'),
  documentTypes: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[a-z]+\/[\w.+-]{1,100}$/, 'Write kinds as application/pdf, image/png'),
    )
    .max(100, 'At most 100 kinds')
    .default([...USUAL_MEDIA_TYPES])
    .describe('Kinds of files that are taken as documents, by what is in them; programs never are.'),
  scannerFolder: z
    .string()
    .trim()
    .max(500, 'At most 500 characters')
    .refine((path) => path === '' || path.startsWith('/'), 'Write a whole path: /srv/scans')
    .default('')
    .describe('Folder that the scanner writes to, which Capture offers; empty: there is none.'),
} as const;
