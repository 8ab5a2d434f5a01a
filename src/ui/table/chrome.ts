/** Lines of a table that are not rows: heading and status. */
export const TABLE_CHROME = 2;
