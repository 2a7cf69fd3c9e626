import { fold } from '../../base/fold.ts';
import { countProvisions, countWords, updatesToJson } from '../schema/body.ts';
import type { JsonNode } from '../schema/json.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { openingOf, type Opening } from './opening.ts';
import { searchableText } from './searchable-text.ts';

/** What search and lists show of a document's text. */
export interface IndexEntry {
	text: string;
	/** The text without case and diacritics, as long as the text itself, and each of its words once, between spaces. */
	folded: string;
	words: string;
	opening: Opening;
	provisionCount: number;
	wordCount: number;
}

/** A query is no longer, so what a longer word begins with is enough to find it. */
const LONGEST_WORD = 200;
/** Postgres keeps about a million in one list. */
const MOST_WORD_CHARACTERS = 400_000;

export function indexEntry(body: JsonNode, profile: ProfileId): IndexEntry {
	const text = searchableText(body, profile);
	const folded = fold(text);
	return {
		text,
		folded,
		words: wordsOf(folded),
		opening: openingOf(body, profile),
		provisionCount: countProvisions(body),
		wordCount: countWords(body)
	};
}

/** The same of a stored document, given as its updates. For a thread: a law of 220 articles takes a third of a second. */
export function indexEntryOfUpdates({ updates, profile }: { updates: readonly Uint8Array[]; profile: ProfileId }): IndexEntry {
	return indexEntry(updatesToJson(updates), profile);
}

// As private.search_words takes a query apart.
function wordsOf(folded: string): string {
	const words = new Set<string>();
	let length = 0;
	for (const [whole] of folded.matchAll(/[a-z0-9]+/g)) {
		const word = whole.slice(0, LONGEST_WORD);
		if (words.has(word)) continue;
		if ((length += word.length) > MOST_WORD_CHARACTERS) break;
		words.add(word);
	}
	return [...words].join(' ');
}
