/** Explanations that are typed and that the server does not have yet, as this tab keeps them over a reload. */

/** What somebody types and the server does not have yet. */
export interface Draft {
	text: string;
	/** The revision that it was typed over; 0 for none. */
	seen: number;
	/** `met`: somebody else worded it meanwhile, and the person decides. `refused`: the server said why. */
	state: 'waiting' | 'met' | 'refused';
	refusal: string;
}

/** The part of the browser's storage that is needed. */
type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'plenum:unsent-explanations:';
const nameOf = (personId: string, pair: string) => `${PREFIX}${personId}:${pair}`;

/** By the uid of their row, of a person and a pair of texts. */
export function readDrafts(personId: string, pair: string, storage: Kept | undefined = kept()): Record<string, Draft> {
	try {
		return JSON.parse(storage?.getItem(nameOf(personId, pair)) ?? '{}') as Record<string, Draft>;
	} catch {
		return {};
	}
}

/** A browser that keeps nothing has them for as long as the page is open. */
export function keepDrafts(personId: string, pair: string, drafts: Record<string, Draft>, storage = kept()): void {
	try {
		if (Object.keys(drafts).length === 0) storage?.removeItem(nameOf(personId, pair));
		else storage?.setItem(nameOf(personId, pair), JSON.stringify(drafts));
	} catch {
		// As said.
	}
}

/** In how many comparisons a person has words that were never sent. */
export function countUnsentExplanations(personId: string, storage = kept()): number {
	return namesOf(personId, storage).length;
}

/** Removes them: when the person signs out and says so. */
export function forgetUnsentExplanations(personId: string, storage = kept()): void {
	for (const name of namesOf(personId, storage)) storage?.removeItem(name);
}

function namesOf(personId: string, storage: Kept | undefined): string[] {
	const names = Array.from({ length: storage?.length ?? 0 }, (_, nth) => storage?.key(nth) ?? '');
	return names.filter((name) => name.startsWith(nameOf(personId, '')));
}

function kept(): Kept | undefined {
	try {
		return sessionStorage;
	} catch {
		return undefined;
	}
}
