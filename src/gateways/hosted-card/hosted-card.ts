import type { CivilDate } from '#domain/civil-date.ts';

/** What the hosted form is asked to do: for whom, once, until when. */
export interface CardRequest {
  /** Address of the processor's hosted form (company option `cardFormUrl`). */
  readonly formUrl: string;
  readonly customerId: number;
  /** Number of the customer, that the processor may show; never a name. */
  readonly customerNumber: string;
  /** Random, used once. */
  readonly nonce: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Of a made-up utility: where no secret is agreed, that of demos signs, which everybody knows. */
  readonly demo: boolean;
}

/** A link to the hosted form that works once. */
export interface CardLink {
  readonly url: string;
  /** What the processor must give back unchanged in its result. */
  readonly reference: string;
}

/** What a processor said, proven to come from it and to answer a link of ours that has not run out. */
export interface CardResult {
  readonly customerId: number;
  readonly nonce: string;
  /** Stands for the card at the processor; worthless to anybody else. */
  readonly token: string;
  readonly brand: string;
  readonly last4: string;
  /** Last month of the card, `YYYY-MM`. */
  readonly expiresIn: CivilDate;
}

/** Why a result is not taken, in the operator's words. */
export class CardResultRefused extends Error {
  override readonly name = 'CardResultRefused';
}

/** The processor's form, where alone card numbers are entered. */
export interface HostedCardForm {
  /** @throws CardResultRefused while no secret is agreed with a processor */
  readonly link: (request: CardRequest) => Promise<CardLink>;
  /** @throws CardResultRefused */
  readonly result: (text: string, now: number, demo: boolean) => Promise<CardResult>;
}
