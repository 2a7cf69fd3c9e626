import type { Client } from '../../server/client.ts';
import type { Installation, SyncEngine } from '../engine.server.ts';
import { canWrite } from '../protocol.ts';
import type { NodeReport, PersonPresent, RoomReport } from '../rooms/reporter.server.ts';
import type { LiveNode, LiveRoom, LiveRooms } from './live-rooms.ts';

/** Ids asked for in one request to the data API; they travel in its address. */
const IDS_PER_QUESTION = 100;

/** Titles of documents by their ids; those of other workspaces, and of documents that are hidden, are left out. */
export type Titles = (ids: string[]) => Promise<Map<string, string>>;

/** What is open in one workspace: documents without a title here are left out. The caller has made sure that somebody may watch at all. */
export async function readLiveRooms(
	titlesOf: Titles,
	workspaceId: string,
	engine: Pick<SyncEngine, 'everywhere'>
): Promise<LiveRooms> {
	const installation = await engine.everywhere();
	const open = installation.nodes
		.flatMap(({ rooms }) => rooms)
		.filter((room) => room.workspaceId === null || room.workspaceId === workspaceId)
		// A room stays in memory for a while when all have left; only what is not saved yet makes it worth showing.
		.filter(({ people, unsaved }) => people.length > 0 || unsaved.rows > 0);
	const titles = await titlesOf([...new Set(open.map(({ documentId }) => documentId))]);
	return { ...describeNodes(installation), rooms: joinRooms(open, titles) };
}

/**
 * Closes everybody's connections to a document of this workspace, so that all come back and resync, and notes it in the
 * audit trail first.
 * @throws Refusal 404 when there is no such document here, or the person is no owner of the workspace
 */
export async function disconnectEverybody(
	client: Client,
	workspaceId: string,
	documentId: string,
	engine: Pick<SyncEngine, 'disconnectAll'>
): Promise<void> {
	await client.from('documents').select('id').eq('id', documentId).eq('workspace_id', workspaceId).single().throwOnError();
	await client.rpc('record_disconnection', { document: documentId }).throwOnError();
	engine.disconnectAll(documentId);
}

/** Titles as the person of this client sees them. */
export function titlesAs(client: Client, workspaceId: string): Titles {
	return async (ids) => {
		const questions: string[][] = [];
		for (let from = 0; from < ids.length; from += IDS_PER_QUESTION) questions.push(ids.slice(from, from + IDS_PER_QUESTION));
		const answers = await Promise.all(
			questions.map(async (some) => {
				const { data } = await client
					.from('documents')
					.select('id, title')
					.eq('workspace_id', workspaceId)
					.in('id', some)
					.throwOnError();
				return data;
			})
		);
		return new Map(answers.flat().map(({ id, title }) => [id, title]));
	};
}

function describeNodes({ node, nodes, silent, isBusUp }: Installation): Omit<LiveRooms, 'rooms'> {
	return { at: Date.now(), node, nodes: nodes.map(describeNode), silent, isBusUp };
}

function describeNode({ node, startedAt, waits, isStoring, storingSince, eventLoop }: NodeReport): LiveNode {
	const inMs = (seconds: number | null) => seconds && seconds * 1000;
	const { p50, p99, answered, seconds } = waits;
	return { node, startedAt, p50: inMs(p50), p99: inMs(p99), answered, seconds, isStoring, storingSince, eventLoop };
}

/** One row per document that has a title here, from what each node said of it. */
export function joinRooms(reports: readonly RoomReport[], titles: ReadonlyMap<string, string>): LiveRoom[] {
	const byDocument = Map.groupBy(reports, ({ documentId }) => documentId);
	return [...byDocument].flatMap(([documentId, parts]) => {
		const title = titles.get(documentId);
		return title === undefined ? [] : [joinRoom(documentId, title, parts)];
	});
}

function joinRoom(documentId: string, title: string, parts: readonly RoomReport[]): LiveRoom {
	const people = joinPeople(parts.flatMap((part) => part.people));
	const most = (size: (part: RoomReport) => number) => Math.max(...parts.map(size));
	const sum = (size: (part: RoomReport) => number) => parts.reduce((total, part) => total + size(part), 0);
	const writers = people.filter(({ role }) => canWrite(role)).length;
	return {
		documentId,
		title,
		people,
		connections: people.reduce((total, person) => total + person.connections, 0),
		writers,
		readers: people.length - writers,
		editedAt: most(({ editedAt }) => editedAt ?? 0) || null,
		unsavedRows: sum(({ unsaved }) => unsaved.rows),
		unsavedMs: most(({ unsaved }) => unsaved.oldestMs),
		logRows: most(({ logRows }) => logRows),
		snapshotBytes: most(({ snapshotBytes }) => snapshotBytes),
		textBytes: most(({ textBytes }) => textBytes),
		state: (['read-only', 'live', 'retired'] as const).find((state) => parts.some((part) => part.state === state))!,
		nodes: [...new Set(parts.map(({ node }) => node))]
	};
}

function joinPeople(parts: readonly PersonPresent[]): PersonPresent[] {
	const people = new Map<string, PersonPresent>();
	for (const part of parts) {
		const known = people.get(part.personId);
		if (known) known.connections += part.connections;
		else people.set(part.personId, { ...part });
	}
	return [...people.values()].sort((one, other) => one.name.localeCompare(other.name, 'vi'));
}
