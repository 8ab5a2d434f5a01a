import type { AnyScreen } from '#ui/screen.ts';
import { accountPanel } from './account-panel/screen.ts';
import { refundRunScreen } from './account-runs/refunds.ts';
import { writeOffScreen } from './account-runs/write-offs.ts';
import { arHistoryScreen } from './ar-history/screen.ts';
import { approvals } from './approvals/screen.tsx';
import { audit } from './audit/screen.ts';
import { deposits } from './deposits/screen.tsx';
import { communications } from './communications/screen.ts';
import { groups } from './groups/screen.ts';
import { batch } from './batch/screen.tsx';
import { batches } from './batches/screen.tsx';
import { drawers } from './drawers/screen.tsx';
import { createHome } from './home/screen.ts';
import { lockbox } from './lockbox/screen.tsx';
import { lookUp } from './look-up/screen.ts';
import { newCustomerScreen } from './new-customer/screen.ts';
import { noteSearch } from './note-search/screen.ts';
import { options } from './options/screen.ts';
import { penalties } from './penalties/screen.tsx';
import { penaltyRun } from './penalty-run/screen.tsx';
import { tokens } from './tokens/screen.ts';
import { paperFormats } from './paper-formats/screen.tsx';
import { payment } from './payment/screen.ts';
import { periods } from './periods/screen.tsx';
import { setup } from './setup/screen.ts';
import { users } from './users/screen.tsx';

/** Every screen but Home, one line each: menu, palette, codes and the sweep of the tests follow from it. */
const others: readonly AnyScreen[] = [
  lookUp,
  accountPanel,
  newCustomerScreen,
  payment,
  batches,
  batch,
  drawers,
  lockbox,
  periods,
  arHistoryScreen,
  approvals,
  refundRunScreen,
  writeOffScreen,
  noteSearch,
  deposits,
  communications,
  penalties,
  penaltyRun,
  audit,
  users,
  groups,
  tokens,
  options,
  setup,
  paperFormats,
];

export const screens: readonly AnyScreen[] = [createHome(others), ...others];
