import { recordBounce } from './bounced.ts';
import { cancelCommunication, fileWritten, resendCommunication, retryCommunication } from './change.ts';
import { listCommunications, readDocument } from './read.ts';

export const communicationOperations = [
  listCommunications,
  readDocument,
  retryCommunication,
  cancelCommunication,
  resendCommunication,
  fileWritten,
  recordBounce,
] as const;
