import ibmAr from './ibm-ar.json' with { type: 'json' };
import nychaWater from './nycha-water.json' with { type: 'json' };

/** Profiles that come with the program, unchecked, by name. */
export const shippedProfiles: Readonly<Record<string, { readonly name: string; readonly title: string }>> = {
  [nychaWater.name]: nychaWater,
  [ibmAr.name]: ibmAr,
};
