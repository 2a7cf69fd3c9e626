import { connect, createServer, type Server, type Socket } from 'node:net';

/** How the way to the database behaves. */
type Weather = 'fine' | 'refusing' | 'silent';

/** A TCP proxy in front of Postgres that can refuse, fall silent and be slow. */
export class DatabaseProxy {
	/** Milliseconds that every answer of the database takes longer. */
	delayMs = 0;
	readonly #target: URL;
	readonly #server: Server;
	readonly #pairs = new Set<[Socket, Socket]>();
	/** What came while the way was silent, to be handed on later as TCP would. */
	#held: (() => void)[] = [];
	#weather: Weather = 'fine';

	private constructor(target: URL) {
		this.#target = target;
		this.#server = createServer((client) => this.#accept(client));
	}

	static async before(databaseUrl: string): Promise<DatabaseProxy> {
		const proxy = new DatabaseProxy(new URL(databaseUrl));
		await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
		return proxy;
	}

	get url(): string {
		const url = new URL(this.#target);
		url.hostname = '127.0.0.1';
		url.port = String((this.#server.address() as { port: number }).port);
		return url.href;
	}

	/** Something was said that will be handed on later, or never. */
	get isHolding(): boolean {
		return this.#held.length > 0;
	}

	/** Cuts every connection and refuses new ones. */
	refuse(): void {
		this.#weather = 'refusing';
		this.#cutAll();
	}

	/** Nothing passes any more; nobody is told. */
	fallSilent(): void {
		this.#weather = 'silent';
	}

	/** Everything passes again, first what was held back. */
	recover(): void {
		this.#weather = 'fine';
		for (const pass of this.#held.splice(0)) pass();
	}

	/** Another machine answers from now on: new connections pass, of the old ones nothing is ever heard again. */
	failOver(): void {
		this.#held = [];
		this.#weather = 'fine';
		for (const [client, database] of this.#pairs) {
			client.removeAllListeners('data');
			client.resume();
			database.destroy();
		}
		this.#pairs.clear();
	}

	async close(): Promise<void> {
		this.#held = [];
		this.#cutAll();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#cutAll(): void {
		for (const [client, database] of this.#pairs) {
			client.destroy();
			database.destroy();
		}
		this.#pairs.clear();
	}

	#accept(client: Socket): void {
		client.on('error', () => {});
		if (this.#weather === 'refusing') return void client.destroy();
		const database = connect(Number(this.#target.port || 5432), this.#target.hostname);
		database.on('error', () => client.destroy());
		const pair: [Socket, Socket] = [client, database];
		this.#pairs.add(pair);
		client.on('data', (bytes) => this.#pass(() => database.write(bytes), 0));
		database.on('data', (bytes) => this.#pass(() => client.write(bytes), this.delayMs));
		client.on('close', () => {
			database.destroy();
			this.#pairs.delete(pair);
		});
		database.on('close', () => this.#pairs.has(pair) && client.destroy());
	}

	#pass(pass: () => void, afterMs: number): void {
		const now = () => (this.#weather === 'silent' ? void this.#held.push(pass) : pass());
		if (afterMs > 0) setTimeout(now, afterMs);
		else now();
	}
}
