/** What became of a message or a print job. */
export type Delivery =
  /** The other side has it. */
  | { readonly outcome: 'sent'; readonly detail: string }
  /** It was not given away, and may be tried again. */
  | { readonly outcome: 'later'; readonly reason: string }
  /** It was turned down for good; `bounced` when its receiver is the reason. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly bounced: boolean }
  /** All of it was on its way when the connection was lost: nobody knows, so nobody repeats it unasked. */
  | { readonly outcome: 'unclear'; readonly reason: string };

/** A document that goes with a message, or is printed. */
export interface Enclosure {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** An e-mail. */
export interface Mail {
  /** `smtp://user@host:587`, `smtps://…`. */
  readonly server: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** The same at every try. */
  readonly messageId: string;
  /** Epoch ms. */
  readonly date: number;
  readonly enclosure: Enclosure | null;
}

/** A document for a printer. */
export interface PrintJob {
  /** `ipp://host/ipp/print`. */
  readonly printer: string;
  readonly name: string;
  readonly user: string;
  readonly document: Enclosure;
}

/** Ways out of the program; neither ever throws. */
export interface Carriers {
  readonly mail: (mail: Mail) => Promise<Delivery>;
  readonly print: (job: PrintJob) => Promise<Delivery>;
}
