import type { EditorState } from '@tiptap/pm/state';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { distinctInitials, NO_AGENCY_COLOUR } from '../../../ui/data/agency-colours.ts';
import { toAbsolute, toRelative } from '../../../text/positions.ts';
import { sharedTextOf } from '../shared-text/history.ts';

/** A colleague who has the document open, in one of their windows. */
export interface Peer {
	clientId: number;
	personId: string;
	name: string;
	agency: string;
	colour: string;
	/** Initials that tell them from the others here. */
	mark: string;
	/** Where they are, as the awareness carries it; null when they have not clicked into the text. */
	cursor: { anchor: unknown; head: unknown } | null;
}

const COLOUR = /^#[0-9a-f]{6}$/i;

/** Everybody else in the document, in a stable order. Name, agency and colour are those that the server vouches for. */
export function peersOf(awareness: Awareness): Peer[] {
	const present: Omit<Peer, 'mark'>[] = [];
	for (const [clientId, state] of awareness.getStates()) {
		const user = (state?.user ?? {}) as Record<string, unknown>;
		const text = (value: unknown) => (typeof value === 'string' ? value : '');
		present.push({
			clientId,
			personId: text(user.personId) || text(user.id) || String(clientId),
			name: text(user.name),
			agency: text(user.agency),
			colour: COLOUR.test(text(user.colour)) ? text(user.colour) : NO_AGENCY_COLOUR,
			cursor: (state?.cursor as Peer['cursor']) ?? null
		});
	}
	const marks = distinctInitials(present);
	return present
		.filter(({ clientId }) => clientId !== awareness.clientID)
		.map((peer) => ({ ...peer, mark: marks.get(peer.personId)! }))
		.sort((a, b) => a.clientId - b.clientId);
}

/** One of each person, who may have several windows open. */
export function people(peers: readonly Peer[]): Peer[] {
	const seen = new Set<string>();
	return peers.filter((peer) => !seen.has(peer.personId) && seen.add(peer.personId));
}

/** Where a peer's cursor is in this document; null when they have none or it cannot be placed. */
export function placeOf(peer: Peer, state: EditorState): { anchor: number; head: number } | null {
	if (!peer.cursor) return null;
	const model = sharedTextOf(state)?.model;
	if (!model) return null;
	const find = (json: unknown) => toAbsolute(model, Y.createRelativePositionFromJSON(json));
	try {
		const anchor = find(peer.cursor.anchor);
		const head = find(peer.cursor.head);
		const { size } = state.doc.content;
		return anchor === null || head === null || anchor > size || head > size ? null : { anchor, head };
	} catch {
		// Presence is what another client says; nonsense in it is no reason to stop drawing the others.
		return null;
	}
}

/** The selection as the awareness carries it; null where it is in no text. */
export function cursorOf(state: EditorState): Peer['cursor'] {
	const model = sharedTextOf(state)?.model;
	if (!model) return null;
	const { anchor, head } = state.selection;
	const [from, to] = [toRelative(model, state.doc, anchor), toRelative(model, state.doc, head)];
	return from && to ? { anchor: from, head: to } : null;
}
