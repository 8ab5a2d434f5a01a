import { calculatePenalties } from './calculate.ts';
import { cancelPenalties } from './cancel.ts';
import { excludePenalties, includePenalties } from './exclude.ts';
import { postPenalties } from './post.ts';
import { listPenalties, listPenaltyRuns, penaltyItems } from './review.ts';
import { suggestReversals } from './suggest.ts';
import { listPenaltyCodes } from './terms.ts';

export const penaltyOperations = [
  calculatePenalties,
  cancelPenalties,
  excludePenalties,
  includePenalties,
  listPenalties,
  listPenaltyCodes,
  listPenaltyRuns,
  penaltyItems,
  postPenalties,
  suggestReversals,
] as const;
