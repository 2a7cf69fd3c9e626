import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface TestStorage {
	url: string;
	setTime(id: string, time: Date): void;
	close(): Promise<void>;
}

/** A server that answers as Supabase Storage does, as far as files need it: one bucket in memory, for who has the key. */
export async function startStorage(key: string): Promise<TestStorage> {
	const objects = new Map<string, { bytes: Buffer; at: Date }>();
	let isMade = false;

	async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
		const path = new URL(request.url!, 'http://storage').pathname.replace('/storage/v1', '');
		const isAllowed = request.headers.authorization === `Bearer ${key}`;
		const body = await buffer(request);
		if (!isAllowed) return { status: 403, body: { message: 'not allowed' } };
		if (path === '/bucket') {
			if (isMade) return { status: 409, body: { message: 'The resource already exists' } };
			isMade = true;
			return { status: 200, body: { name: 'files' } };
		}
		if (!isMade) return { status: 404, body: { message: 'Bucket not found' } };
		if (path === '/object/list/files') {
			const { limit, offset } = JSON.parse(body.toString()) as { limit: number; offset: number };
			return {
				status: 200,
				body: [...objects]
					.slice(offset, offset + limit)
					.map(([name, { at }]) => ({ name, id: name, created_at: at.toISOString() }))
			};
		}
		const id = path.split('/').at(-1)!;
		if (request.method === 'POST') {
			objects.set(id, { bytes: body, at: new Date() });
			return { status: 200, body: { Key: `files/${id}`, Id: id } };
		}
		if (request.method === 'DELETE') {
			const { prefixes } = JSON.parse(body.toString()) as { prefixes: string[] };
			for (const prefix of prefixes) objects.delete(prefix);
			return { status: 200, body: [] };
		}
		const found = objects.get(id);
		if (!found) return { status: 400, body: { message: 'Object not found' } };
		const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
		return {
			status: range ? 206 : 200,
			body: range ? found.bytes.subarray(Number(range[1]), Number(range[2]) + 1) : found.bytes
		};
	}

	const server = createServer((request, response) => {
		void answer(request).then(
			({ status, body }) => {
				response.writeHead(status, { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' });
				response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
			},
			// The sender went away in the middle.
			() => response.destroy()
		);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		setTime: (id, time) => void (objects.get(id)!.at = time),
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};
}
