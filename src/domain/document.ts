import { z } from 'zod';
import { yesNo } from './code-attributes.ts';

/** What a document belongs to; it stays with that. */
export type DocumentLevel = 'customer' | 'location' | 'account' | 'note';

/** What a type of document adds to its code and name. */
export const documentTypeAttributes = z.object({
  /** Its documents are sealed, and opened only by who may open secure ones. */
  secure: yesNo(0),
});

export const DOCUMENT_LIMITS = { description: 200, fileName: 120 } as const;

/**
 * Kinds of files that offices keep, by their content and not by their name: what a program is, or
 * can hold one that starts by itself (macros, installers, archives), is not among them.
 */
export const USUAL_MEDIA_TYPES = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'image/gif',
  'image/webp',
  'image/heic',
  'image/bmp',
  'text/plain',
  'application/rtf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'audio/mpeg',
  'audio/wav',
] as const;

/** Programs, whatever the company allows. */
const PROGRAMS = [
  'application/x-elf',
  'application/x-msdownload',
  'application/x-mach-binary',
  'application/java-vm',
  'application/x-executable',
  'application/wasm',
  'application/vnd.microsoft.portable-executable',
  'text/x-shellscript',
];

const SHORT: Readonly<Record<string, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint',
  'application/vnd.oasis.opendocument.text': 'OpenDocument text',
  'application/vnd.oasis.opendocument.spreadsheet': 'OpenDocument sheet',
  'text/plain': 'text',
};

/** What people call a kind of file. */
export const mediaName = (mediaType: string): string =>
  SHORT[mediaType] ?? mediaType.replace(/^.*\//, '').replace(/^x-/, '').toUpperCase();

/** Why a file of that kind is not taken; null when it is. */
export function mediaProblem(mediaType: string, allowed: readonly string[]): string | null {
  if (PROGRAMS.includes(mediaType)) return 'That is a program; programs are never taken.';
  if (allowed.includes(mediaType)) return null;
  if (mediaType === '') return 'What kind of file that is cannot be told; it is not taken.';
  return `Files of the kind ${mediaType} are not taken (company option documentTypes).`;
}

const KB = 1024;
const MB = KB * KB;

/** A size as people say it: `312 B`, `48 KB`, `2.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < KB) return `${bytes} B`;
  return bytes < MB ? `${Math.round(bytes / KB)} KB` : `${(bytes / MB).toFixed(1)} MB`;
}

/** The last part of a path as a name that any system can keep: no separators, nothing that steers a terminal. */
export function plainFileName(name: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+/, '')
    .trim();
  if (clean.length <= DOCUMENT_LIMITS.fileName) return clean || 'document';
  const ending = /\.\w{1,8}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, DOCUMENT_LIMITS.fileName - ending.length).toWellFormed() + ending;
}

/** A secure document is one whose type is secure, or whose newest file was sealed while it was. */
export const isSecure = (type: { readonly secure: 0 | 1 } | null, sealed: 0 | 1): boolean =>
  type?.secure === 1 || sealed === 1;
