import { canWrite, CLOSE, type Role } from '../protocol.ts';

/** Work unacknowledged for longer than this, in milliseconds, is called "not saved" rather than "saving". */
export const NOT_SAVED_AFTER_MS = 8_000;

/** Why a document stays closed until somebody does something about it. */
export type ClosedReason =
	| 'signed-out'
	| 'no-access'
	| 'no-document'
	/** This page is older than the text: reload it. */
	| 'old-schema'
	/** The document was deleted and made again, or its history replaced: reload it. */
	| 'replaced'
	/** The edits made here are too large to be sent. */
	| 'too-large'
	/** An edit made here is not what any page can write: what is kept here goes no further, copy it and open afresh. */
	| 'invalid'
	| 'refused';

/** What a person is told about their work. `pending` counts edits that the server has not acknowledged. */
export type SyncState =
	| { kind: 'connecting'; pending: number }
	| { kind: 'saved'; pending: 0 }
	| { kind: 'saving'; pending: number }
	/** Edits are kept on this device. */
	| { kind: 'offline'; pending: number }
	/** `pending` edits were made before the right to write was lost. */
	| { kind: 'read-only'; pending: number }
	/** The text has become too large: what only deletes is saved, the rest is kept on this device. */
	| { kind: 'full'; pending: number }
	| { kind: 'not-saved'; pending: number }
	| { kind: 'closed'; reason: ClosedReason; pending: number };

/** Everything the state follows from. */
export interface SyncFacts {
	closed: ClosedReason | null;
	connected: boolean;
	/** Has been connected before, on this page. */
	everConnected: boolean;
	/** The present connection got everything we had, and has said since that it is committed. */
	confirmed: boolean;
	/** Null until known. */
	role: Role | null;
	/** The server has refused an edit because the text may not grow, and acknowledged nothing since. */
	full: boolean;
	pending: number;
	/** How long the oldest pending edit has waited, in milliseconds. */
	pendingForMs: number;
	/** Edits survive a reload on this device. */
	keptHere: boolean;
}

/** The one truthful sentence about somebody's work, from the facts (CL4). */
export function stateFrom(facts: SyncFacts): SyncState {
	const { pending } = facts;
	if (facts.closed) return { kind: 'closed', reason: facts.closed, pending };
	if (!facts.connected) {
		if (pending > 0 && !facts.keptHere) return { kind: 'not-saved', pending };
		if (!facts.everConnected && pending === 0) return { kind: 'connecting', pending };
		return { kind: 'offline', pending };
	}
	if (facts.role && !canWrite(facts.role)) return { kind: 'read-only', pending };
	if (facts.full) return { kind: 'full', pending };
	if (!facts.confirmed && pending === 0) return { kind: 'connecting', pending };
	if (pending === 0) return { kind: 'saved', pending };
	return { kind: facts.pendingForMs > NOT_SAVED_AFTER_MS ? 'not-saved' : 'saving', pending };
}

/** What a final close code means for the person. */
export function reasonOf(code: number): ClosedReason {
	switch (code) {
		case CLOSE.unauthenticated:
			return 'signed-out';
		case CLOSE.noAccess:
			return 'no-access';
		case CLOSE.noDocument:
			return 'no-document';
		case CLOSE.oldSchema:
			return 'old-schema';
		case CLOSE.epochChanged:
			return 'replaced';
		case CLOSE.tooLarge:
			return 'too-large';
		default:
			return 'refused';
	}
}
