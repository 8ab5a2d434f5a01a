import type { Size } from '#ui/screen.ts';

/** From so many lines on, ageing has one of its own. */
const ROOM_FOR_AGEING = 9;

/** Lines of the tab that are not the list: the heading, and where there is room the ageing. */
export const chromeRows = ({ rows }: Size): number => (rows < ROOM_FOR_AGEING ? 1 : 2);
