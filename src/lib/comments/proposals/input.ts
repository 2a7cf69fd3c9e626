import * as v from 'valibot';
import { m } from '../../i18n/paraglide/messages.js';
import { LIMIT } from '../../server/edge/paging.ts';
import { LEVELS } from '../../text/levels.ts';
import { PROPOSAL_KINDS } from './proposals.ts';

/** What people and programs send about proposals: the same schemas read forms and JSON. */

const MOST_LETTERS = 50_000;
const MOST_NODES = 5000;

const uid = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const sentence = (longest: number) => v.pipe(v.string(), v.normalize('NFC'), v.trim(), v.maxLength(longest));

/** Words of one paragraph, or ProseMirror's JSON. */
const content = v.union(
	[
		v.pipe(v.string(), v.normalize('NFC'), v.maxLength(MOST_LETTERS)),
		v.pipe(v.array(v.looseObject({ type: v.string() })), v.maxLength(MOST_NODES)),
		v.looseObject({ type: v.string() })
	],
	m.proposals_error_content
);

export const NewProposal = v.object({
	uid,
	kind: v.picklist(PROPOSAL_KINDS),
	content: v.optional(content),
	/** Of a move: behind which block; null in front of all. */
	after: v.optional(v.nullable(uid)),
	/** Of a provision that comes. */
	level: v.optional(v.picklist(LEVELS)),
	reason: v.optional(sentence(20_000), '')
});
export type NewProposal = v.InferOutput<typeof NewProposal>;

export const ProposalSearch = v.object({
	state: v.optional(v.picklist(['open', 'accepted', 'declined', 'withdrawn'])),
	uid: v.optional(uid),
	after: v.optional(v.string()),
	limit: LIMIT
});

/** `content`: other words than were proposed. `base`: what stood there when they were chosen, by its name in the answer. */
export const Accepting = v.object({
	content: v.optional(content),
	base: v.optional(v.pipe(v.string(), v.maxLength(100))),
	reason: v.optional(sentence(2000), '')
});
export type Accepting = v.InferOutput<typeof Accepting>;

export const Declining = v.object({ reason: v.pipe(sentence(2000), v.minLength(1, m.proposals_error_reason)) });
