import { customerCodes, findUserCodes, locationCodes } from './read.ts';
import {
  addCustomerCode,
  addLocationCode,
  changeCustomerCode,
  changeLocationCode,
  removeCustomerCode,
  removeLocationCode,
} from './write.ts';

export const userCodeOperations = [
  customerCodes,
  locationCodes,
  findUserCodes,
  addCustomerCode,
  addLocationCode,
  changeCustomerCode,
  changeLocationCode,
  removeCustomerCode,
  removeLocationCode,
] as const;
