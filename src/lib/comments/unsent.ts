import { type Kept, PersonStorage, storageOf } from '../ui/frame/person-storage.ts';
import type { ContentJson, ProposalKind } from './proposals/proposals.ts';
import type { ChosenPassage } from './threads.ts';

/** What somebody is proposing for the block of the first passage. */
export interface ProposedWording {
	kind: ProposalKind;
	/** What stands there, when it was begun. */
	was: ContentJson;
	/** Of other wording, and of what comes behind. */
	content: ContentJson;
	/** Of a move: behind which block; null in front of all, '' while none was chosen. */
	after: string | null;
}

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
	/** The wording that it proposes, for which the words are the reason; null for what is only said. */
	proposal?: ProposedWording | null;
	assigneeId: string | null;
	/** Whether the person has pressed "send". */
	isSent: boolean;
	/** Why the server did not take it; the words stay here until the person has changed or dropped them. */
	refused: string | null;
	at: string;
}

const keptIn = (storage: Kept | undefined) => new PersonStorage('plenum:unsent-comments:', storage);
const local = () => storageOf(() => globalThis.localStorage);

/** What a person has not sent yet about a document, as this device keeps it; none where the browser keeps nothing. */
export function readUnsent(personId: string, documentId: string, storage = local()): Unsent[] {
	const read = keptIn(storage).read(personId, documentId);
	return Array.isArray(read) ? (read as Unsent[]) : [];
}

/** Keeps it on this device. False where the browser does not keep it: then it lives as long as the page. */
export function keepUnsent(personId: string, documentId: string, unsent: readonly Unsent[], storage = local()): boolean {
	const worth = unsent.filter(({ body, proposal }) => body.trim() !== '' || (proposal && hasWording(proposal)));
	return keptIn(storage).keep(personId, documentId, worth.length === 0 ? null : worth);
}

/** Whether somebody has said what they propose. */
export function hasWording({ kind, was, content, after }: ProposedWording): boolean {
	if (kind === 'move') return after !== '';
	if (kind === 'insert-after') return content.length > 0;
	return kind === 'delete' || JSON.stringify(was) !== JSON.stringify(content);
}

/** In how many documents a person has words that were never sent. */
export function countUnsent(personId: string, storage = local()): number {
	return keptIn(storage).count(personId);
}

/** Removes them from this device: when the person signs out and says so. */
export function forgetUnsent(personId: string, storage = local()): void {
	keptIn(storage).forget(personId);
}
