/** Hocuspocus with its default settings and the store that its documentation describes: a row per document in Postgres. */
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import postgres from 'postgres';
import { serveBench } from '../../servers/report-memory.ts';

const { database } = JSON.parse(process.argv[2]);
const sql = postgres(database, { max: 8, onnotice: () => {} });
await sql`select 1`;

const server = new Server({
	port: 0,
	address: '127.0.0.1',
	quiet: true,
	extensions: [
		new Database({
			async fetch({ documentName }) {
				const [row] = await sql`select data from hocuspocus_documents where name = ${documentName}`;
				return row?.data ?? null;
			},
			async store({ documentName, state }) {
				await sql`
					insert into hocuspocus_documents (name, data) values (${documentName}, ${state})
					on conflict (name) do update set data = excluded.data`;
			}
		})
	]
});
await server.listen();
serveBench(server.address.port);
