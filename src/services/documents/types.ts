import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { readAttributes } from '#domain/code-attributes.ts';
import { documentTypeAttributes } from '#domain/document.ts';
import { codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';

/** A type of documents. */
export interface DocumentType {
  readonly code: string;
  readonly name: string;
  /** Its documents are sealed, and opened only by who may open secure ones. */
  readonly secure: 0 | 1;
  readonly active: 0 | 1;
}

/** What is written wrongly counts as secure: nobody sees too much by a slip. */
export function secureOf(attributes: string | null): 0 | 1 {
  const read = readAttributes(documentTypeAttributes, attributes);
  return 'values' in read ? read.values.secure : 1;
}

/** All types, those out of use too. */
export async function documentTypes(db: Db): Promise<DocumentType[]> {
  const values = await codeValues(db, 'document_type', true);
  return values.map(({ code, name, active, attributes }) => ({ code, name, active, secure: secureOf(attributes) }));
}

/**
 * The type that a document is given, or keeps.
 * @throws Failure `invalid` at the field, when there is none or it is out of use
 */
export async function knownType(db: Db, code: string, kept: string | null = null): Promise<DocumentType> {
  const type = (await documentTypes(db)).find((one) => one.code === code);
  if (type && (type.active === 1 || code === kept)) return type;
  if (code === kept) return { code, name: code, secure: 1, active: 0 };
  throw new Failure('invalid', 'Type: no such type of document.', { type: 'No such type of document.' });
}

export const listDocumentTypes = query({
  name: 'document.types',
  summary: 'Types of documents, and which of them are secure',
  permission: 'documents.read',
  input: z.object({}),
  run: ({ db }) => documentTypes(db),
});
