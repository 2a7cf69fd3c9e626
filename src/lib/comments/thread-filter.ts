import { fold } from '../base/fold.ts';
import { isLost } from './thread-words.ts';
import type { Anchor, Thread } from './threads.ts';

/** What a list of threads may be narrowed to. */
export const FILTERS = ['open', 'resolved', 'mine', 'lost'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Narrowing {
	filter: Filter;
	/** Name of an agency; '' for all. */
	agency: string;
	/** Words in comments, quotes and names of authors, whatever their case and marks. */
	words: string;
}

/** Whether a thread passes a filter; one that stands nowhere any more passes all that it passed before. */
export function passes(thread: Thread, anchors: readonly Anchor[], filter: Filter, personId: string): boolean {
	switch (filter) {
		case 'open':
		case 'resolved':
			return thread.state === filter;
		case 'mine':
			return thread.assignee?.id === personId || thread.comments.some(({ author }) => author.id === personId);
		case 'lost':
			return isLost(anchors);
	}
}

/** Whether a thread has the agency and the words. */
export function matches(thread: Thread, { agency, words }: Pick<Narrowing, 'agency' | 'words'>): boolean {
	if (agency !== '' && thread.comments[0]?.author.agency !== agency) return false;
	const wanted = fold(words.trim());
	if (wanted === '') return true;
	const said = thread.comments.flatMap(({ author, body }) => [author.name, body]);
	return fold([...said, ...thread.anchors.map(({ quote }) => quote ?? '')].join('\n')).includes(wanted);
}

/** Agencies of those who opened threads, in the order of the alphabet. */
export function agenciesOf(threads: Iterable<Thread>): string[] {
	const names = [...threads].flatMap(({ comments }) => comments[0]?.author.agency || []);
	return [...new Set(names)].sort((a, b) => a.localeCompare(b, 'vi'));
}

/** The article under which a thread stands in a list: "Điều 2"; what has none stands under its own place. */
export function articleOf({ number }: Pick<Anchor, 'number'>): string {
	return /(?:Điều|Mục|Chương|Phần|Phụ lục)\s.*$/.exec(number)?.[0] ?? number;
}
