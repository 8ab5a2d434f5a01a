import { closeDrawer } from './close.ts';
import { getDrawer, listDrawers } from './list.ts';
import { openDrawer } from './open.ts';

export const drawerOperations = [openDrawer, closeDrawer, listDrawers, getDrawer] as const;
