import { participate } from './participate.ts';
import { listParticipation } from './participation.ts';

export const deferredOperations = [listParticipation, participate] as const;
