import { fromEpochDay } from '#domain/civil-date.ts';

/** Civil dates as days since 1970 are what the generator counts with; these turn them to and fro, quickly. */
const texts: string[] = [];

/** `YYYY-MM-DD` of an epoch day. */
export const dateText = (day: number): string => (texts[day] ??= fromEpochDay(day));

/** Year and month as one number: year × 12 + month − 1. */
export function monthIndex(day: number): number {
  const text = dateText(day);
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

/** Epoch day of a day (1–28) of a month counted as in {@link monthIndex}. */
export const dayOfMonth = (month: number, day: number): number =>
  Math.round(Date.UTC(Math.floor(month / 12), month % 12, day) / 86_400_000);

/** An instant, epoch ms, at so many minutes of that day (UTC). */
export const instantOf = (day: number, minute: number): number => day * 86_400_000 + minute * 60_000;
