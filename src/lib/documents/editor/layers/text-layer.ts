import type { TextModel } from '../../../text/model.ts';

/** How marked letters look: what is there, what other wording is proposed for, and what is chosen of it. */
type Look = 'open' | 'proposal' | 'active';

/** Letters of a block, cell or field that something above the editor marks; counted as in its text, an element being one. */
export interface MarkedLetters {
	/** Of what they are marked for: a thread. */
	id: string;
	from: number;
	to: number;
	look: Look;
}

/** What stands above the editor and belongs to letters of the text, such as comments (design §4). It never is in the text. */
export interface TextLayer {
	/** What is marked in a block, cell or field of the text as it is. */
	markedIn(name: string, model: TextModel): readonly MarkedLetters[];
	/** Whether something stands beside the marks: only then it is measured where they are. */
	readonly isBeside: boolean;
	/** What is marked near the screen stands elsewhere, or is something else: from top to bottom, at most once a frame. */
	onMoved(places: readonly MarkedPlace[]): void;
	/** Somebody pressed on marked letters, the shortest passage is the first; or on letters that are not marked. */
	onSelect(ids: readonly string[]): void;
}

/** Where what is marked near the screen stands, in pixels from the top of what is scrolled. */
export interface MarkedPlace {
	id: string;
	top: number;
}
