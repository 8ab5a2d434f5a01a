import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import type { FormatRow } from '#services/paper/formats.ts';
import type { Destinations } from '#services/paper/read.ts';
import type { PaperRequest } from '#ui/dialogs.ts';
import type { Choice } from '#ui/choice.ts';
import type { Desk } from '../../shell/desk.ts';
import type { Shell } from '../../shell/shell.ts';

/** Where a paper goes. */
export type Destination =
  | { readonly to: 'printer'; readonly name: string }
  | { readonly to: 'file' }
  | { readonly to: 'mail' };

/** Asks for the format, the standard one first; null when left. */
export async function askFormat(desk: Desk, { kind }: PaperRequest): Promise<FormatRow | null> {
  const { listFormats } = await import('#services/paper/formats.ts');
  const formats = await desk.call(listFormats, { kind, all: false });
  if (formats.length === 0) {
    desk.toast(`There is no format in use for ${PAPER_LABELS[kind].toLowerCase()}s.`, 'warning');
    return null;
  }
  const choices = formats.map((format): Choice<FormatRow> => ({
    value: format,
    label: format.name,
    detail: format.standard ? `${format.code}, standard` : format.code,
  }));
  return desk.choose('Select report format', choices);
}

/** What can be chosen here and now: without a printer or a mail server there is only the file. */
function choicesOf(shell: Shell, request: PaperRequest, places: Destinations, mayMail: boolean): Choice<Destination>[] {
  const { exportLimit } = shell.options.outside;
  const printers = places.printers.map((name): Choice<Destination> => ({
    value: { to: 'printer', name },
    label: `Printer ${name}`,
  }));
  const file: Choice<Destination> = { value: { to: 'file' }, label: 'File', detail: 'PDF' };
  const refused = request.kind === 'statement' ? places.noStatementMail : null;
  const mail: Choice<Destination> = {
    value: { to: 'mail' },
    label: 'E-mail',
    detail: refused ?? places.emails[0] ?? '',
  };
  return [
    ...printers,
    ...(exportLimit === 'none' ? [] : [file]),
    ...(places.mail && mayMail && refused === null ? [mail] : []),
  ];
}

/** Asks where to; null when left, or when there is nowhere. */
export async function askDestination(
  shell: Shell,
  desk: Desk,
  request: PaperRequest,
  places: Destinations,
): Promise<Destination | null> {
  const { may } = await import('#services/actor.ts');
  if (request.kind !== 'report' && request.byMail) {
    const why = whyNoMail(request, places, may(desk.actor, 'paper.mail'));
    if (why === null) return { to: 'mail' };
    desk.toast(why, 'warning');
    return null;
  }
  const mayMail = may(desk.actor, 'paper.mail') && (request.kind !== 'report' || may(desk.actor, 'lists.export'));
  const choices = choicesOf(shell, request, places, mayMail);
  if (request.kind === 'report' && !may(desk.actor, 'lists.export')) {
    return chosen(
      desk,
      choices.filter(({ value }) => value.to === 'printer'),
    );
  }
  return chosen(desk, choices);
}

function whyNoMail({ kind }: PaperRequest, places: Destinations, mayMail: boolean): string | null {
  if (!mayMail) return 'You may not send mail (paper.mail).';
  if (!places.mail) return 'No mail can be sent: set the company options mailServer and mailFrom.';
  return kind === 'statement' ? places.noStatementMail : null;
}

async function chosen(desk: Desk, choices: readonly Choice<Destination>[]): Promise<Destination | null> {
  if (choices.length > 0) return desk.choose('Where to', choices);
  desk.toast('There is no printer (company option printers), and no files are written from this session.', 'warning');
  return null;
}
