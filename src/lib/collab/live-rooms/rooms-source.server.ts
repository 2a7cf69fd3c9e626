import type { Source } from '../../live/topics.server.ts';
import type { Sql } from '../../server/sql.ts';
import type { SyncEngine } from '../engine.server.ts';
import type { SyncLog } from '../rooms/report.server.ts';
import { readLiveRooms, type Titles } from './live-rooms.server.ts';

/** Figures that nobody's act changes, such as how long something has not been saved, are new this often (ms). */
const EVERY_MS = 2_000;

export interface RoomsSourceOptions {
	sql: Pick<Sql, 'query'>;
	engine: Pick<SyncEngine, 'everywhere'>;
	log: SyncLog;
	everyMs?: number;
}

/** Pushes what is open in a workspace to the owners who look at it (topic `rooms:ID`): only the processes know (OP4). */
export function roomsSource({ sql, engine, log, everyMs = EVERY_MS }: RoomsSourceOptions): Source {
	return {
		begin(workspaceId, push) {
			let isWatched = true;
			let timer: NodeJS.Timeout;
			const tell = async () => {
				try {
					const rooms = await readLiveRooms(allTitles(sql, workspaceId), workspaceId, engine);
					if (isWatched) push(rooms);
				} catch (error) {
					log.warn({ workspaceId, err: error }, 'open documents could not be reported');
				}
				if (isWatched) timer = setTimeout(() => void tell(), everyMs);
			};
			void tell();
			return () => {
				isWatched = false;
				clearTimeout(timer);
			};
		}
	};
}

/** System door: one answer for all who look. They are owners of the workspace, and owners see all of its documents. */
function allTitles(sql: Pick<Sql, 'query'>, workspaceId: string): Titles {
	return async (ids) => {
		const rows = await sql.query<{ id: string; title: string }>(
			'select id, title from public.documents where workspace_id = $1 and id = any($2::uuid[])',
			[workspaceId, ids]
		);
		return new Map(rows.map(({ id, title }) => [id, title]));
	};
}
