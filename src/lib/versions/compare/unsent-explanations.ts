import { PersonStorage, storageOf } from '../../ui/frame/person-storage.ts';

/** An explanation that somebody types and the server does not have yet; this tab keeps it over a reload. */
export interface Draft {
	text: string;
	/** The revision that it was typed over; 0 for none. */
	seen: number;
	/** `met`: somebody else worded it meanwhile, and the person decides. `refused`: the server said why. */
	state: 'waiting' | 'met' | 'refused';
	refusal: string;
}

/** Of this tab: two that show one comparison would send each other's words. */
const kept = () =>
	new PersonStorage(
		'plenum:unsent-explanations:',
		storageOf(() => sessionStorage)
	);

/** By the uid of their row, of a person and a pair of texts. */
export function readDrafts(personId: string, pair: string): Record<string, Draft> {
	return (kept().read(personId, pair) ?? {}) as Record<string, Draft>;
}

/** Keeps them over a reload. */
export function keepDrafts(personId: string, pair: string, drafts: Record<string, Draft>): void {
	kept().keep(personId, pair, Object.keys(drafts).length === 0 ? null : drafts);
}

/** In how many comparisons a person has words that were never sent. */
export function countUnsentExplanations(personId: string): number {
	return kept().count(personId);
}

/** Removes them: when the person signs out and says so. */
export function forgetUnsentExplanations(personId: string): void {
	kept().forget(personId);
}
