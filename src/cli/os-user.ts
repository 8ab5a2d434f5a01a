import type { OsUserSource } from '#services/users/os-sign-in.ts';

/** Whom the operating system vouches for; looked up only where the company wants it. */
export const ownOsUser: OsUserSource = async (mode) => (await import('#gateways/os-user.ts')).osUser(mode);
