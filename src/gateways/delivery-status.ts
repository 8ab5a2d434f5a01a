import { clean } from '#terminal/sanitize.ts';

/** What a delivery-status notification says of one receiver (RFC 3464). */
export interface DeliveryStatus {
  /** Identity of the message that it is about; null when the notification does not bring it along. */
  readonly messageId: string | null;
  readonly address: string;
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** `5.1.1` (RFC 3463). */
  readonly status: string;
  readonly reason: string;
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
const LARGEST = 50 << 20;

/** What a message says as a delivery-status notification; nothing when it is any other message. */
export async function deliveryStatuses(message: Uint8Array): Promise<DeliveryStatus[]> {
  if (message.length > LARGEST) return [];
  const { default: PostalMime } = await import('postal-mime');
  const headersOf = async (text: string) => {
    const { headers } = await PostalMime.parse(`${text.trim()}\r\n\r\n`);
    return new Map(headers.map(({ key, value }) => [key, value]));
  };
  const { attachments } = await PostalMime.parse(message, { forceRfc822Attachments: true });
  const textOf = (...types: readonly string[]): string | null => {
    const part = attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()));
    if (!part) return null;
    return typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content);
  };
  const report = textOf('message/delivery-status', 'message/global-delivery-status');
  if (report === null) return [];
  const original = textOf('message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers');
  const messageId = original === null ? null : ((await headersOf(headPart(original))).get('message-id') ?? null);
  const [, ...receivers] = report.trim().split(/(?:\r?\n[ \t]*){2,}/);
  const found: DeliveryStatus[] = [];
  for (const receiver of receivers) {
    const fields = await headersOf(receiver);
    const action = ACTIONS.find((one) => one === fields.get('action')?.trim().toLowerCase());
    if (!action) continue;
    found.push({
      messageId: messageId?.trim() ?? null,
      address: valueOf(fields.get('final-recipient') ?? fields.get('original-recipient')),
      action,
      status: /^\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status')?.trim() ?? '')?.[0] ?? '',
      reason: valueOf(fields.get('diagnostic-code')),
    });
  }
  return found;
}

/** `rfc822; ana@home.example` without the kind in front. */
const valueOf = (field: string | undefined): string =>
  clean(
    (field ?? '')
      .replace(/^[^;]{1,40};/, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    { removed: 'drop', maxLength: 300 },
  );

const headPart = (message: string): string => message.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? '';
