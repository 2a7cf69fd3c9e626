import * as v from 'valibot';
import { LIMIT } from '../../server/edge/paging.ts';

const MOMENT = v.pipe(v.string(), v.isoTimestamp());

/** Which rows of a history: of a provision with what stands in it, or of another passage; what ended after a moment. */
export const HistorySearch = v.object({
	uid: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
	since: v.optional(MOMENT),
	after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/))),
	limit: LIMIT
});

/** Since when one wants to know what others changed. */
export const ChangesQuery = v.object({ since: MOMENT });
