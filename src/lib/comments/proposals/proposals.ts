import type { Word } from '../../versions/compare/comparison.ts';

export const PROPOSAL_KINDS = ['replace', 'insert-after', 'delete', 'move'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];
type ProposalState = 'open' | 'accepted' | 'declined' | 'withdrawn';

/** ProseMirror's JSON: of what stands in a block, or of blocks. */
export type ContentJson = readonly unknown[];

/** A proposal as the card of its thread shows it. */
export interface ProposalOfThread {
	id: string;
	kind: ProposalKind;
	state: ProposalState;
	/** It was taken with other words than were proposed. */
	isChanged: boolean;
	/** What it does to the words of the provision; none of a move. */
	words: Word[];
	/** Of a move: behind what it comes, as that was cited; '' in front of all. */
	afterNumber: string;
	canDecide: boolean;
	canWithdraw: boolean;
}

/** Under the name, function and agency of that day. */
interface Signature {
	name: string;
	title: string;
	agency: string;
}

/** Wording that somebody proposes for one provision, or that one comes, goes or moves. */
export interface Proposal extends ProposalOfThread {
	threadId: string;
	documentId: string;
	uid: string;
	/** As the provision was cited when it was proposed. */
	numberThen: string;
	/** What stood there then. */
	was: ContentJson;
	/** What is to stand there; null when nothing is. */
	content: ContentJson | null;
	after: string | null;
	reason: string;
	proposedBy: Signature & { id: string | null; colour: string | null };
	proposedAt: string;
	decision: { by: Signature; reason: string; at: string } | null;
}

/** A stretch of the three wordings; see `text/three-way-parts.ts`. */
export interface PartJson {
	kind: 'same' | 'now' | 'proposed' | 'both' | 'conflict';
	was: ContentJson;
	is: ContentJson;
	proposed: ContentJson;
}

/** A proposal, and how the live text stands to it. */
export interface StandingProposal extends Proposal, Omit<Standing, 'state'> {
	stands: Standing['state'];
}

/** How the live text stands to a proposal. */
export interface Standing {
	/** `as-then`: as it was proposed for; `changed`: other words by now; `gone`: what it is about is not there any more. */
	state: 'as-then' | 'changed' | 'gone';
	/** As it is cited now; '' when it is gone. */
	number: string;
	/** What stands there now; null when it is gone. */
	is: ContentJson | null;
	/** Names what stands there now, for who accepts having seen it. */
	base: string | null;
	/** Of new wording for what changed: stretch by stretch. */
	parts: PartJson[] | null;
}
