import * as v from 'valibot';

/** What becomes of a job: it is tried again, or given up. */
export const JobChange = v.object({ state: v.picklist(['waiting', 'discarded']) });
