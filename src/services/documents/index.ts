import { editDocument } from './edit.ts';
import { openDocument, openSecureDocument } from './open.ts';
import { documentRules, documentVersions, getDocument, listDocuments } from './read.ts';
import { listDocumentTypes } from './types.ts';
import { addDocument, addDocumentFile, deleteDocument, restoreDocument } from './write.ts';

export const documentOperations = [
  listDocuments,
  getDocument,
  documentVersions,
  documentRules,
  openDocument,
  openSecureDocument,
  addDocument,
  addDocumentFile,
  editDocument,
  deleteDocument,
  restoreDocument,
  listDocumentTypes,
] as const;
