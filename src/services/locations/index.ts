import type { AnyOperation } from '../operation.ts';
import { locationDetails } from './details.ts';
import { findFreeLocation } from './free.ts';
import { locationOwners } from './owners.ts';
import { setOwner, setOwnerCopy, setRental, takeBackOwner } from './rental.ts';
import { serviceDetails } from './service.ts';

export const locationOperations: readonly AnyOperation[] = [
  locationDetails,
  findFreeLocation,
  serviceDetails,
  locationOwners,
  setRental,
  setOwner,
  takeBackOwner,
  setOwnerCopy,
];
