import { clean } from '#terminal/sanitize.ts';
import type { Delivery, PrintJob } from './delivery.ts';

/** How long a printer may take to answer, ms. */
const PATIENCE = 60_000;
const IPP_PORT = 631;
const LARGEST_ANSWER = 1 << 20;
/** `server-error-…` of RFC 8011: busy, out of order, not now. */
const SERVER_ERRORS = 0x05_00;
const LAST_SUCCESS = 0x00_ff;

/** Sends a document to a printer by IPP (RFC 8010, 8011). */
export async function printByIpp(job: PrintJob): Promise<Delivery> {
  const [{ default: ipp }, http, https] = await Promise.all([
    import('ipp-encoder'),
    import('node:http'),
    import('node:https'),
  ]);
  const url = new URL(job.printer);
  const secure = url.protocol === 'ipps:' || url.protocol === 'https:';
  const isIpp = url.protocol.startsWith('ipp');
  const body = Buffer.concat([ipp.request.encode(requestOf(ipp.CONSTANTS, job)), job.document.content]);
  return new Promise((resolve) => {
    const request = (secure ? https : http).request(
      {
        method: 'POST',
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port) || (isIpp ? IPP_PORT : secure ? 443 : 80),
        path: url.pathname + url.search,
        headers: { 'content-type': 'application/ipp', 'content-length': body.length },
        signal: AbortSignal.timeout(PATIENCE),
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= LARGEST_ANSWER) chunks.push(chunk);
        });
        response.on('end', () => resolve(answered(ipp, response.statusCode ?? 0, Buffer.concat(chunks))));
        response.on('error', lost);
      },
    );
    const lost = (error: Error): void => {
      const reason = clean(error.message, { maxLength: 300 });
      // Not a byte has left: the printer cannot have it.
      if ((request.socket?.bytesWritten ?? 0) === 0) resolve({ outcome: 'later', reason });
      else resolve({ outcome: 'unclear', reason: `The printer did not answer; it may have printed. ${reason}` });
    };
    request.on('error', lost);
    request.end(body);
  });
}

type Ipp = typeof import('ipp-encoder').default;

const requestOf = (C: Ipp['CONSTANTS'], { printer, name, user, document }: PrintJob) => ({
  operationId: C.PRINT_JOB,
  requestId: 1,
  groups: [
    {
      tag: C.OPERATION_ATTRIBUTES_TAG,
      attributes: [
        { tag: C.CHARSET, name: 'attributes-charset', value: ['utf-8'] },
        { tag: C.NATURAL_LANG, name: 'attributes-natural-language', value: ['en-us'] },
        { tag: C.URI, name: 'printer-uri', value: [printer] },
        { tag: C.NAME_WITHOUT_LANG, name: 'requesting-user-name', value: [clean(user, { maxLength: 60 })] },
        { tag: C.NAME_WITHOUT_LANG, name: 'job-name', value: [clean(name, { maxLength: 60 })] },
        { tag: C.MIME_MEDIA_TYPE, name: 'document-format', value: [document.mediaType] },
      ],
    },
  ],
});

function answered(ipp: Ipp, status: number, body: Buffer): Delivery {
  if (status !== 200) {
    const reason = `The printer answered with HTTP ${status}.`;
    return status >= 500 ? { outcome: 'later', reason } : { outcome: 'refused', reason, bounced: false };
  }
  let code: number;
  let job: unknown;
  try {
    const answer = ipp.response.decode(body);
    code = answer.statusCode;
    const attributes = answer.groups.flatMap((group) => group.attributes);
    job = attributes.find(({ name }) => name === 'job-id')?.value;
  } catch {
    return { outcome: 'unclear', reason: 'The printer’s answer cannot be read; it may have printed.' };
  }
  if (code <= LAST_SUCCESS) return { outcome: 'sent', detail: job === undefined ? 'taken' : `job ${String(job)}` };
  const words = ipp.STATUS_CODES[code] ?? `status ${code}`;
  const reason = `The printer refused it: ${clean(words)}.`;
  return code >= SERVER_ERRORS ? { outcome: 'later', reason } : { outcome: 'refused', reason, bounced: false };
}
