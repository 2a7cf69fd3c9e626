import type { ChosenPassage } from './threads.ts';

/** What somebody has written and the server does not have yet: being typed still, or sent and on its way. */
export interface Unsent {
	/** Its Idempotency-Key: however often it is sent, it is there once. */
	key: string;
	/** The thread it answers; null opens one. */
	threadId: string | null;
	ranges: ChosenPassage[];
	/** How the first passage is cited, for the person who writes. */
	number: string;
	body: string;
	assigneeId: string | null;
	/** Whether the person has pressed "send". */
	isSent: boolean;
	/** Why the server did not take it; the words stay here until the person has changed or dropped them. */
	refused: string | null;
	at: string;
}

/** The part of the browser's storage that is needed. */
type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'plenum:unsent-comments:';
const nameOf = (personId: string, documentId: string) => `${PREFIX}${personId}:${documentId}`;

/** What a person has not sent yet about a document, as this device keeps it; none where the browser keeps nothing. */
export function readUnsent(personId: string, documentId: string, storage: Kept | undefined = kept()): Unsent[] {
	try {
		const read: unknown = JSON.parse(storage?.getItem(nameOf(personId, documentId)) ?? '[]');
		return Array.isArray(read) ? (read as Unsent[]) : [];
	} catch {
		return [];
	}
}

/** Keeps it on this device. False where the browser does not keep it: then it lives as long as the page. */
export function keepUnsent(personId: string, documentId: string, unsent: readonly Unsent[], storage = kept()): boolean {
	const worth = unsent.filter(({ body }) => body.trim() !== '');
	try {
		if (worth.length === 0) storage?.removeItem(nameOf(personId, documentId));
		else storage?.setItem(nameOf(personId, documentId), JSON.stringify(worth));
		return storage !== undefined;
	} catch {
		return false;
	}
}

/** In how many documents a person has words that were never sent. */
export function countUnsent(personId: string, storage = kept()): number {
	return namesOf(personId, storage).length;
}

/** Removes them from this device: when the person signs out and says so. */
export function forgetUnsent(personId: string, storage = kept()): void {
	for (const name of namesOf(personId, storage)) storage?.removeItem(name);
}

function namesOf(personId: string, storage: Kept | undefined): string[] {
	const names = Array.from({ length: storage?.length ?? 0 }, (_, nth) => storage?.key(nth) ?? '');
	return names.filter((name) => name.startsWith(nameOf(personId, '')));
}

function kept(): Kept | undefined {
	try {
		return globalThis.localStorage;
	} catch {
		return undefined;
	}
}
