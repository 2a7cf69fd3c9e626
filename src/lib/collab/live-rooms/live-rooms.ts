import type { PersonPresent } from '../rooms/reporter.server.ts';

/** An open document of one workspace, whatever nodes its people are on. Sizes in bytes, moments in ms since 1970. */
export interface LiveRoom {
	documentId: string;
	title: string;
	/** By name. */
	people: PersonPresent[];
	connections: number;
	writers: number;
	readers: number;
	/** Null when the text has not changed since it was opened. */
	editedAt: number | null;
	/** Updates taken and not committed, and the age of the oldest of them. */
	unsavedRows: number;
	unsavedMs: number;
	logRows: number;
	snapshotBytes: number;
	textBytes: number;
	/** What the engine calls it: read-only while the database does not store, retired when replaced or gone. */
	state: 'live' | 'read-only' | 'retired';
	nodes: string[];
}

/** One node of the installation. Times in ms. */
export interface LiveNode {
	node: string;
	startedAt: number;
	/** How long people waited for "saved" in the last `seconds`; null when nobody asked. */
	p50: number | null;
	p99: number | null;
	answered: number;
	seconds: number;
	isStoring: boolean;
	storingSince: number;
	eventLoop: { p50: number; p99: number; max: number };
}

/** What the owner's page shows at one moment. */
export interface LiveRooms {
	at: number;
	/** The node that answered; the first of `nodes`. */
	node: string;
	nodes: LiveNode[];
	/** Nodes that were there a short while ago and said nothing: what is open on them is missing here. */
	silent: string[];
	/** Null when there is only ever one node; false when the others cannot be asked now. */
	isBusUp: boolean | null;
	rooms: LiveRoom[];
}

export type RoomOrder = 'title' | 'people' | 'unsaved' | 'edited';

/** The rooms in an order; those that are equal in it by title. */
export function inOrder(
	rooms: readonly LiveRoom[],
	by: RoomOrder,
	direction: 'ascending' | 'descending',
	titles: Intl.Collator
): LiveRoom[] {
	const turn = direction === 'descending' ? -1 : 1;
	const size: Record<RoomOrder, (room: LiveRoom) => number> = {
		title: () => 0,
		people: ({ people }) => people.length,
		unsaved: ({ unsavedRows }) => unsavedRows,
		edited: ({ editedAt }) => editedAt ?? 0
	};
	return rooms.toSorted((one, other) => {
		const difference = turn * (size[by](one) - size[by](other));
		if (difference !== 0) return difference;
		return (
			(by === 'title' ? turn : 1) * (titles.compare(one.title, other.title) || one.documentId.localeCompare(other.documentId))
		);
	});
}
