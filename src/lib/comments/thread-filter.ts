import { fold } from '../base/fold.ts';
import { isLost } from './thread-words.ts';
import type { Anchor, Thread } from './threads.ts';

/** What a list of threads may be narrowed to. */
export const FILTERS = ['open', 'resolved', 'mine', 'lost'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Narrowing {
	filter: Filter;
	/** `agency:NAME` of those who opened threads, `person:NAME` of those who said something in them; '' for all. */
	who: string;
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

/** Whether a thread is of an agency or person, and has the words. */
export function matches(thread: Thread, { who, words }: Pick<Narrowing, 'who' | 'words'>): boolean {
	const [kind, ...rest] = who.split(':');
	const name = rest.join(':');
	if (kind === 'agency' && thread.comments[0]?.author.agency !== name) return false;
	if (kind === 'person' && !thread.comments.some(({ author }) => author.name === name)) return false;
	const wanted = fold(words.trim());
	if (wanted === '') return true;
	const said = thread.comments.flatMap(({ author, body }) => [author.name, body]);
	return fold([...said, ...thread.anchors.map(({ quote }) => quote ?? '')].join('\n')).includes(wanted);
}

/** Who there is to narrow a list to, as `Narrowing.who` names them: agencies, then people, in the order of the alphabet. */
export function whoIn(threads: readonly Thread[]): { value: string; name: string }[] {
	const agencies = threads.flatMap(({ comments }) => comments[0]?.author.agency || []);
	const people = threads.flatMap(({ comments }) => comments.map(({ author }) => author.name).filter(Boolean));
	const sorted = (kind: string, names: string[]) =>
		[...new Set(names)].sort((a, b) => a.localeCompare(b, 'vi')).map((name) => ({ value: `${kind}:${name}`, name }));
	return [...sorted('agency', agencies), ...sorted('person', people)];
}

/** The article under which a thread stands in a list: "Điều 2"; what has none stands under its own place. */
export function articleOf({ number }: Pick<Anchor, 'number'>): string {
	return /(?:Điều|Mục|Chương|Phần|Phụ lục)\s.*$/.exec(number)?.[0] ?? number;
}
