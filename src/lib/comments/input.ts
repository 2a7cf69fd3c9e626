import * as v from 'valibot';
import { m } from '../i18n/paraglide/messages.js';
import { LIMIT } from '../server/edge/paging.ts';
import type { ChosenPassage } from './threads.ts';

/** What people and programs send about threads: the same schemas read forms and JSON. */

const MOST_PASSAGES = 50;

const words = (longest: number) => v.pipe(v.string(), v.normalize('NFC'), v.maxLength(longest));
const id = v.pipe(v.string(), v.uuid());

/** A relative position of Yjs, encoded, as pages have it; programs leave it out. */
const position = v.pipe(
	v.string(),
	v.maxLength(400),
	v.base64(),
	v.description('A relative position of Yjs, encoded, in base64.')
);

const passage = v.object({
	uid: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
	quote: v.optional(v.nullable(v.pipe(words(10_000), v.minLength(1, m.comments_error_quote))), null),
	prefix: v.optional(words(200), ''),
	suffix: v.optional(words(200), ''),
	start: v.optional(position),
	end: v.optional(position)
});
const ranges = v.pipe(v.array(passage), v.maxLength(MOST_PASSAGES, m.comments_error_passages));

/** Names in it: `@[name](person:ID)`, `@[name](agency:ID)`. */
const body = v.pipe(
	v.string(m.comments_error_body),
	v.normalize('NFC'),
	v.trim(),
	v.minLength(1, m.comments_error_body),
	v.maxLength(20_000, m.comments_error_long)
);
const sentence = v.optional(v.pipe(words(2000), v.trim()), '');

/** What is commented on: `ranges`, none for the whole document; or one passage by itself. */
const passages = {
	ranges: v.optional(ranges),
	...v.partial(passage).entries
};

interface Chosen {
	ranges?: ChosenPassage[];
	uid?: string;
	quote?: string | null;
	prefix?: string;
	suffix?: string;
}

function rangesOf<Given extends Chosen>(given: Given) {
	const { ranges, uid, quote = null, prefix = '', suffix = '', ...rest } = given;
	return { ...rest, ranges: ranges ?? (uid === undefined ? [] : [{ uid, quote, prefix, suffix }]) };
}

export const NewThread = v.pipe(v.object({ ...passages, body, assigneeId: v.nullish(id) }), v.transform(rangesOf));

export const Placing = v.pipe(v.object(passages), v.transform(rangesOf));

export const Words = v.object({ body });

export const Assigning = v.object({ assigneeId: v.nullable(id) });

export const Settling = v.object({ sentence });

export const Hiding = v.object({ reason: v.pipe(words(2000), v.trim(), v.minLength(1, m.comments_error_reason)) });

export const PeopleSearch = v.object({
	q: v.optional(v.pipe(v.string(), v.maxLength(200), v.description('Words of a name.')), '')
});

export const ThreadSearch = v.object({
	state: v.optional(v.picklist(['open', 'resolved'])),
	agency: v.optional(id),
	person: v.optional(id),
	uid: v.optional(v.pipe(v.string(), v.maxLength(200))),
	q: v.optional(v.pipe(v.string(), v.maxLength(200))),
	after: v.optional(v.string()),
	limit: LIMIT
});
