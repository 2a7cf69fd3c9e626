import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut, or fall silent without a word. */
export interface TcpProxy {
	port: number;
	/** Local ports of the connections to the server behind it. */
	readonly upstreamPorts: number[];
	/** Breaks all connections and takes no new ones. */
	cut(): void;
	/** Keeps all connections and lets nothing through. */
	mute(): void;
	restore(): void;
	close(): Promise<void>;
}

export async function tcpProxy(host: string, port: number): Promise<TcpProxy> {
	let mode: 'open' | 'muted' | 'cut' = 'open';
	const pairs = new Set<[Socket, Socket]>();
	const server = createServer((near) => {
		if (mode === 'cut') return void near.destroy();
		const far = connect(port, host);
		const pair: [Socket, Socket] = [near, far];
		pairs.add(pair);
		for (const [from, to] of [pair, [far, near]]) {
			from.on('error', () => {});
			from.on('data', (data) => mode === 'open' && to.write(data));
			from.on('close', () => {
				to.destroy();
				pairs.delete(pair);
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const breakAll = () => pairs.forEach(([near]) => near.destroy());
	return {
		port: (server.address() as AddressInfo).port,
		get upstreamPorts() {
			return [...pairs].map(([, far]) => far.localPort ?? 0);
		},
		cut() {
			mode = 'cut';
			breakAll();
		},
		mute: () => void (mode = 'muted'),
		restore: () => void (mode = 'open'),
		async close() {
			breakAll();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}
