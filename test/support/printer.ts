import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import ipp from 'ipp-encoder';
import { onTestFinished } from 'vitest';

/** What a printer was given. */
export interface PrintedJob {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly document: Buffer;
}

/** What a printer does with a job: takes it, answers with a status of IPP, or falls silent after it has all of it. */
export type Mood = 'well' | 'silent' | number;

const codes = ipp.CONSTANTS;

/** A printer that speaks IPP over HTTP on the loopback. */
export async function printer(): Promise<{ url: string; jobs: PrintedJob[]; mood: { now: Mood } }> {
  const jobs: PrintedJob[] = [];
  const mood: { now: Mood } = { now: 'well' };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const asked = ipp.request.decode(body);
    const attributes = Object.fromEntries(
      asked.groups.flatMap((group) => group.attributes.map(({ name, value }) => [name, value])),
    );
    if (asked.operationId !== codes.PRINT_JOB) return void response.writeHead(400).end();
    if (mood.now === 'silent') return void request.socket.destroy();
    const well = mood.now === 'well';
    if (well) jobs.push({ attributes, document: body.subarray(ipp.request.decode.bytes) });
    const answer = ipp.response.encode({
      statusCode: well ? codes.SUCCESSFUL_OK : Number(mood.now),
      requestId: asked.requestId,
      groups: [
        {
          tag: codes.OPERATION_ATTRIBUTES_TAG,
          attributes: [
            { tag: codes.CHARSET, name: 'attributes-charset', value: ['utf-8'] },
            { tag: codes.NATURAL_LANG, name: 'attributes-natural-language', value: ['en-us'] },
          ],
        },
        { tag: codes.JOB_ATTRIBUTES_TAG, attributes: [{ tag: codes.INTEGER, name: 'job-id', value: [jobs.length] }] },
      ],
    });
    response.writeHead(200, { 'content-type': 'application/ipp' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  return { url: `ipp://127.0.0.1:${port}/ipp/print`, jobs, mood };
}
