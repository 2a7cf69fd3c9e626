import * as v from 'valibot';
import { LIMIT } from '../edge/paging.ts';
import { MAIL_STATES } from './mail-list.ts';

/** Which mails somebody asks for, as an address says it; `after` is the `next` of the page before. */
export const MailFilter = v.object({
	state: v.optional(v.nullable(v.picklist(MAIL_STATES)), null),
	after: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[\dT:.+-]{19,35}\|[\da-f-]{36}$/))), null),
	limit: LIMIT
});

/** What becomes of a mail: queued once more, or cancelled. */
export const MailChange = v.object({ state: v.picklist(['queued', 'cancelled']) });
