import { a4, type Blocks, letter, type SystemFormat } from './parts.ts';

const reportBlocks: Blocks = [
  { type: 'text', text: '{{title}}', size: 13, bold: true },
  { type: 'text', text: '{{subtitle}}', when: 'subtitle' },
  { type: 'text', text: '{{company.name}}, {{printedOn}}, {{printedBy}}, {{count}} rows', size: 8 },
  { type: 'grid' },
];

const report = { title: '{{title}}', header: '{{title}}', margin: 30, blocks: reportBlocks };

/** The first is the standard one of a new utility. */
export const reportFormats: readonly SystemFormat[] = [
  {
    code: 'report',
    kind: 'report',
    name: 'Report, letter landscape',
    layout: { ...letter, ...report, landscape: true },
  },
  { code: 'report-tall', kind: 'report', name: 'Report, letter', layout: { ...letter, ...report } },
  { code: 'report-a4', kind: 'report', name: 'Report, A4 landscape', layout: { ...a4, ...report, landscape: true } },
];
