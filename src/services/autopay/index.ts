import type { AnyOperation } from '../operation.ts';
import { addBank, findBanks } from './banks.ts';
import { addCard, beginCard, deleteToken, editCard } from './card.ts';
import { addDraft, editDraft } from './draft.ts';
import { endAutopay, restoreAutopay } from './end.ts';
import { listAutopay, readAutopay } from './list.ts';
import { nextAutopay } from './next.ts';
import { resumeAutopay, setAutomatic, suspendAutopay } from './state.ts';

/** Automatic payments: bank drafts and cards, and the directory of banks. */
export const autopayOperations: readonly AnyOperation[] = [
  listAutopay,
  readAutopay,
  nextAutopay,
  addDraft,
  editDraft,
  beginCard,
  addCard,
  editCard,
  deleteToken,
  suspendAutopay,
  resumeAutopay,
  setAutomatic,
  endAutopay,
  restoreAutopay,
  findBanks,
  addBank,
];
