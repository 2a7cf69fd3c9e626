import type { PassageType, Word } from '../compare/comparison.ts';

/** What became of a passage. One without words counts as not there. */
export type HistoryKind = 'added' | 'changed' | 'removed' | 'moved';

/** Who did it, as they were called that day; the id is null once the account is gone, the name empty where it was nobody. */
export interface HistoryPerson {
	id: string | null;
	name: string;
	agency: string;
}

/** Where something was changed, and from what to what. */
interface PassageChange {
	uid: string;
	/** Uids of the provisions in which it stands, the widest first. */
	provisions: string[];
	type: PassageType;
	/** `khoản 2 Điều 5`, as it was cited then; of what has no number, the provision in which it stands. */
	number: string;
	/** How it was cited before it was moved; '' where it was not. */
	from: string;
	kind: HistoryKind;
	began: string;
	ended: string;
	/** Without `added` they are the wording before, without `removed` the one after. */
	words: Word[];
}

/** What one person made of a passage within ten minutes. */
export interface HistoryEntry extends PassageChange {
	id: number;
	by: HistoryPerson;
	before: string;
	after: string;
}

/** What became of a passage since a moment, whoever did it. */
export interface ChangedPassage extends PassageChange {
	people: HistoryPerson[];
}

/** What became of a passage, by its wording before and after. */
export function historyKind(before: string, after: string): HistoryKind {
	if (before === after) return 'moved';
	if (before === '') return 'added';
	return after === '' ? 'removed' : 'changed';
}
