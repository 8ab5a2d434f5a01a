import { civilDateOf } from '#domain/civil-date.ts';
import { mediaName, sizeText } from '#domain/document.ts';
import type { DocumentRow } from '#services/documents/rows.ts';

/** Who may open a document, by level of the readers' groups. */
export const READERS: Readonly<Record<number, string>> = { 1: 'Everybody', 2: 'Some', 3: 'Management' };

/** What a document is called: what was said of it, or else its file. */
export const documentTitle = ({ opens, description, fileName, typeName }: DocumentRow): string => {
  if (!opens) return 'secure; you may not open it';
  return description || fileName || typeName;
};

/** A day and a clock, local time. */
export const momentText = (at: number): string => `${civilDateOf(at)} ${new Date(at).toTimeString().slice(0, 5)}`;

/** File, size, day and person, as far as the reader may know. */
export function documentFacts(row: DocumentRow): string {
  const { opens, description, fileName, mediaType, size, secure, files, accessLevel } = row;
  return [
    opens && description !== '' ? fileName : '',
    opens ? `${mediaName(mediaType)} ${sizeText(size)}` : '',
    `${civilDateOf(row.addedAt)} by ${row.addedBy}`,
    secure === 1 ? 'secure' : '',
    files > 1 ? `${files} versions` : '',
    accessLevel > 1 ? `for ${READERS[accessLevel]?.toLowerCase()}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
