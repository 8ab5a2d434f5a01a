import type { HostedCardForm } from '#gateways/hosted-card/hosted-card.ts';
import { cardSecretFile } from './paths.ts';

async function form(): Promise<HostedCardForm> {
  const [{ signedCardForm }, { DEMO_CARD_SECRET }, { readPassword }] = await Promise.all([
    import('#gateways/hosted-card/signed.ts'),
    import('#gateways/hosted-card/demo.ts'),
    import('#gateways/password-file.ts'),
  ]);
  return signedCardForm(async (demo) => {
    const agreed = await readPassword(cardSecretFile(), 'the secret agreed with the card processor');
    return agreed ?? (demo ? DEMO_CARD_SECRET : null);
  });
}

/** The card processor's form, by the secret in its file; loaded when a card is set up. */
export const hostedCards: HostedCardForm = {
  link: async (request) => (await form()).link(request),
  result: async (text, now, demo) => (await form()).result(text, now, demo),
};
