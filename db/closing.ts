import type { Database } from './database.ts';

/** What is to be done before a database is closed. */
export function closing(): { readonly add: Database['beforeClose']; readonly run: () => Promise<void> } {
  const works: (() => Promise<void>)[] = [];
  return {
    add: (work) => void works.push(work),
    run: async () => {
      for (const work of works.splice(0)) await work();
    },
  };
}
