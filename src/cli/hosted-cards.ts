import type { HostedCardForm } from '#gateways/hosted-card/hosted-card.ts';
import { cardSecretFile } from './paths.ts';

async function form(): Promise<HostedCardForm> {
  const [{ signedCardForm }, { readPassword }] = await Promise.all([
    import('#gateways/hosted-card/signed.ts'),
    import('#gateways/password-file.ts'),
  ]);
  return signedCardForm(() => readPassword(cardSecretFile(), 'the secret agreed with the card processor'));
}

/** The card processor's form, by the secret in its file; loaded when a card is set up. */
export const hostedCards: HostedCardForm = {
  link: async (request) => (await form()).link(request),
  result: async (text, now) => (await form()).result(text, now),
};
