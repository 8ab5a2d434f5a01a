import type { PaperKind } from '#domain/paper-kinds.ts';
import type {
  AccountHead,
  HistoryData,
  InvoiceData,
  LetterData,
  PaperAgeing,
  PaperData,
  PaperHead,
  ReadEntry,
  ReceiptData,
  ReportData,
  StatementData,
} from './data.ts';

/*
 * A paper of each kind with something in every place: what a format is tried with, and what tells
 * which names there are. All of it is made up.
 */

const head: PaperHead = {
  company: {
    name: 'Springfield Water and Light',
    address: ['1 Main St', 'Springfield, IL 62701'],
    phone: '(217) 555-0100',
    remitTo: ['Springfield Water and Light', 'PO Box 100', 'Springfield, IL 62705'],
  },
  printedOn: '2026-11-21',
  printedBy: 'Alice Alder',
};

const account: AccountHead = {
  ...head,
  account: {
    number: '10023',
    customerNumber: 'C10023',
    customerName: 'Rivera, Ana M',
    serviceAddress: '118 Alder St Apt 4, Springfield, IL 62704',
    balanceCents: 18_240,
    unpostedCents: -1000,
  },
  recipient: { name: 'Rivera, Ana M', lines: ['118 Alder St Apt 4', 'Springfield, IL 62704'] },
  duplicate: 'Duplicate for the owner',
};

const ageing: PaperAgeing = {
  currentCents: 11_830,
  days30Cents: 6410,
  days60Cents: 0,
  days90Cents: 0,
  olderCents: 0,
  creditCents: 0,
};

const charge = { service: 'Water', description: 'Water', usageMilli: 4250, unit: 'kgal', amountCents: 6830 };
const read: ReadEntry = {
  meter: 'W30000308',
  service: 'Water',
  fromOn: '2026-10-04',
  toOn: '2026-11-04',
  previousMilli: 314_061_300,
  presentMilli: 314_065_550,
  usageMilli: 4250,
  unit: 'kgal',
  estimated: true,
};
const scanLine = '05000000000001002300001824026122167';

const statement: StatementData = {
  ...account,
  number: 'B0000042',
  billedOn: '2026-11-01',
  dueOn: '2026-12-21',
  previousCents: 12_810,
  payments: [{ on: '2026-10-18', description: 'Payment R1042, Check 588', amountCents: -6400 }],
  paymentsTotalCents: -6400,
  adjustments: [{ on: '2026-10-20', description: 'Adjustment, Leak adjustment', amountCents: -500 }],
  adjustmentsTotalCents: -500,
  reads: [read],
  charges: [charge, { service: 'Sewer', description: 'Sewer', usageMilli: null, unit: '', amountCents: 5000 }],
  chargesTotalCents: 11_830,
  billedCents: 17_740,
  since: [{ on: '2026-11-10', description: 'Late charge', amountCents: 500 }],
  sinceTotalCents: 500,
  dueCents: 18_240,
  creditCents: 100,
  pastDueCents: 6410,
  ageing,
  scanLine,
  message: 'The office is closed on Thanksgiving.',
  notes: ['Your meter is replaced in December.'],
};

const receipt: ReceiptData = {
  ...account,
  number: 'R1043',
  paidOn: '2026-11-21',
  takenBy: 'alice',
  tenders: [{ method: 'Check', reference: '589', amountCents: 6410 }],
  parts: [{ account: '10023', name: 'Rivera, Ana M', amountCents: 6410, afterCents: 11_830 }],
  totalCents: 6410,
  memo: 'By mail',
  unposted: true,
  undone: true,
};

const invoice: InvoiceData = {
  ...account,
  number: 'B0000042',
  kind: 'Charge',
  billedOn: '2026-11-01',
  dueOn: '2026-12-21',
  statementNumber: 'B0000042',
  reads: [read],
  lines: [{ ...charge, openCents: 6830 }],
  totalCents: 6830,
  paidCents: 100,
  openCents: 6730,
  scanLine,
  memo: 'Estimated reading',
};

const history: HistoryData = {
  ...account,
  fromOn: '2026-10-01',
  toOn: '2026-11-21',
  openingCents: 12_810,
  rows: [
    {
      on: '2026-10-18',
      description: 'Payment R1042, Check 588',
      dueOn: '',
      chargeCents: null,
      creditCents: 6400,
      balanceCents: 6410,
      detail: false,
    },
    {
      on: '2026-11-01',
      description: 'Charge B0000042',
      dueOn: '2026-12-21',
      chargeCents: 11_830,
      creditCents: null,
      balanceCents: 18_240,
      detail: false,
    },
  ],
  chargesCents: 11_830,
  creditsCents: 6400,
  closingCents: 18_240,
  ageing,
};

const letter: LetterData = {
  ...account,
  phone: '(217) 555-0142',
  email: 'ana@home.example',
  processor: 'Prairie Payments',
  budget: true,
};

const report: ReportData = {
  ...head,
  title: 'Accounts',
  subtitle: 'all that owe',
  count: '2',
  grid: {
    columns: [
      { title: 'Account', align: 'left' },
      { title: 'Balance', align: 'right' },
    ],
    rows: [
      ['10023', '182.40'],
      ['10024', '7.00'],
    ],
  },
};

/** A paper of that kind that is about nobody. */
export const SAMPLES: Readonly<Record<PaperKind, PaperData>> = {
  statement,
  receipt,
  invoice,
  ar_history: history,
  history,
  report,
  letter,
};
