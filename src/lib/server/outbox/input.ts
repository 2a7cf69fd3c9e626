import * as v from 'valibot';
import { MAIL_STATES } from './mail-list.ts';

const MOST = 200;

/** Which mails somebody asks for, as an address says it; `after` is the `next` of the page before. */
export const MailFilter = v.object({
	state: v.optional(v.nullable(v.picklist(MAIL_STATES)), null),
	after: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[\dT:.+-]{19,35}\|[\da-f-]{36}$/))), null),
	limit: v.optional(v.pipe(v.unknown(), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(MOST)), 50)
});

/** What becomes of a mail: queued once more, or cancelled. */
export const MailChange = v.object({ state: v.picklist(['queued', 'cancelled']) });
