import type { Carriers } from '#gateways/delivery.ts';
import { mailPasswordFile } from './paths.ts';

/** The ways out of this process; what they need is loaded when something leaves by them. */
export const carriers: Carriers = {
  mail: async (mail) => {
    const [{ sendMail }, { readPassword }] = await Promise.all([
      import('#gateways/mail.ts'),
      import('#gateways/password-file.ts'),
    ]);
    return sendMail(mail, { password: () => readPassword(mailPasswordFile()) });
  },
  print: async (job) => (await import('#gateways/printer.ts')).printByIpp(job),
};
