import type { ProposalOfThread } from './proposals/proposals.ts';

/** Letters of a block, cell or field as somebody chose them, or the whole of it (`quote: null`). */
export interface Passage {
	/** Of the block; `ROW:COLUMN` of a cell, `BLOCK:FIELD` of a field of the header or signature. */
	uid: string;
	/** Its letters in NFC, without footnotes, references, pictures and line breaks. */
	quote: string | null;
	/** What stands around it, where it stands there several times. */
	prefix: string;
	suffix: string;
}

/** A passage as a page sends it: with places in Yjs, so that typing meanwhile does not matter. */
export interface ChosenPassage extends Passage {
	/** Where its letters begin and end: encoded relative positions, in base64. */
	start?: string;
	end?: string;
}

/** A passage of a thread, as it is kept. */
export interface Range extends Passage {
	id: string;
	/** As it was cited when it was chosen: `khoản 2 Điều 5`; '' outside provisions. */
	numberThen: string;
}

/** `exact`: the words stand as they were quoted; `changed`: other words, or where they stood is not known any more; `deleted`: the block is gone. */
type AnchorState = 'exact' | 'changed' | 'deleted';

/** Where a passage is now; `uid` is the block in which it begins, or where it was when it is gone. */
export interface Anchor extends Range {
	state: AnchorState;
	/** As it is cited now; '' outside provisions and when it is gone. */
	number: string;
	/** Of a deleted one: where it stood last; null when no frozen version has it. */
	lastStanding?: LastStanding | null;
}

/** The newest frozen version that a block stands in, and how it is cited there. */
export interface LastStanding {
	versionId: string;
	label: string;
	number: string;
}

/** Who said or decided something, under the name, function and agency of that day. */
interface Signature {
	/** Null when the account is gone. */
	id: string | null;
	name: string;
	title: string;
	agency: string;
}

export interface Comment {
	id: string;
	author: Signature & { colour: string | null };
	/** '' when it was deleted. */
	body: string;
	createdAt: string;
	editedAt: string | null;
	deletedAt: string | null;
}

/** What a comment said until its author changed it. */
export interface CommentRevision {
	body: string;
	replacedAt: string;
}

/** What was decided about a thread. */
export interface Decision {
	kind: 'resolved' | 'reopened' | 'assigned' | 'hidden' | 'shown';
	sentence: string;
	/** To whom the thread was given, by the name of today; null for other decisions, and when it was taken back. */
	assignee: string | null;
	by: Signature;
	at: string;
}

export interface Thread {
	id: string;
	documentId: string;
	state: 'open' | 'resolved';
	openedAt: string;
	agencyId: string | null;
	isHidden: boolean;
	assignee: { id: string; name: string } | null;
	/** In the order in which they were chosen; none for a thread about the whole document. */
	anchors: Anchor[];
	/** The first of them. */
	anchor: Anchor | null;
	/** Of a hidden thread only for its authors and managers. */
	comments: Comment[];
	decisions: Decision[];
	/** The wording that it is about; null for most. Of a hidden thread only for who proposed it and managers. */
	proposal: ProposalOfThread | null;
	canAnswer: boolean;
	canResolve: boolean;
	canPlace: boolean;
	canHide: boolean;
}

/** Who sees a document: whom a comment may name, and who may be given a thread. */
export interface DocumentPerson {
	type: 'person' | 'agency';
	id: string;
	name: string;
	/** Function and agency of a person, the short name of an agency. */
	detail: string;
	colour: string | null;
	canAnswer: boolean;
}
