import { formatCents } from '#domain/money.ts';
import type { Installation, ServiceDetails } from '#services/locations/service.ts';
import { yesNo } from '../../document/lines.ts';

/** Thousandths as people write quantities: `1234.5`. */
export const quantity = (milli: number): string => {
  const whole = Math.trunc(milli / 1000);
  const rest = String(Math.abs(milli % 1000))
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${milli < 0 && whole === 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
};

function installationLines(one: Installation): string[] {
  const device = [one.make, one.size].filter(Boolean).join(' ');
  const removed =
    one.removedOn === null
      ? []
      : [
          `  Removed    ${one.removedOn} at ${one.removeReadMilli === null ? '-' : quantity(one.removeReadMilli)} ${one.unit}`,
        ];
  return [
    `Meter ${one.meterNumber}${device === '' ? '' : `  ${device}`}  ${one.removedOn === null ? 'in place' : 'removed'}`,
    `  Dials      ${one.dials}, multiplier ${quantity(one.multiplierMilli)}, unit ${one.unit}`,
    `  Installed  ${one.installedOn} at ${quantity(one.installReadMilli)} ${one.unit}`,
    ...removed,
    `  Last read  ${one.lastReadOn ?? 'never on this account'}`,
    ...(one.transmitter === null ? [] : [`  Transmitter ${one.transmitter}`]),
    '',
  ];
}

/** A service and its device history as lines of text. */
export function serviceText(service: ServiceDetails): string[] {
  const rate = [service.rateCode, service.rateName].filter(Boolean).join(' ');
  const minimum = service.minimumCents === null ? '' : `, minimum ${formatCents(service.minimumCents)}`;
  const ended = service.endedOn === null ? '' : ` to ${service.endedOn}`;
  return [
    `Rate      ${rate === '' ? 'none' : rate}${minimum}`,
    `Status    ${service.status}, billed: ${yesNo(service.active)}`,
    `Date on   ${service.startedOn}${ended}`,
    `Unit      ${service.unit ?? 'not metered'}`,
    '',
    ...(service.installations.length === 0
      ? ['No meter has been installed.']
      : ['Installations and device history', '']),
    ...service.installations.flatMap(installationLines),
  ];
}
