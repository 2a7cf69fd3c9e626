import { WebSocket } from 'ws';
import type { Message } from '../../../src/lib/live/protocol.ts';
import { until } from '../../sync/support/wait.ts';

type Heard = Message | Record<string, never>;

/** A bare live socket: what it says and what it hears, no more. */
export class LiveClient {
	readonly ws: WebSocket;
	readonly heard: Heard[] = [];
	closed: { code: number; reason: string } | null = null;
	/** Status of an upgrade that was refused. */
	status = 0;

	constructor(url: string, personId: string | null, headers: Record<string, string> = {}) {
		this.ws = new WebSocket(url, { headers: { ...(personId && { authorization: `Bearer ${personId}` }), ...headers } });
		this.ws.on('message', (data) => this.heard.push(JSON.parse(String(data)) as Heard));
		this.ws.on('unexpected-response', (_, response) => {
			this.status = response.statusCode!;
			this.closed = { code: 1006, reason: '' };
		});
		this.ws.on('error', () => {});
		this.ws.on('close', (code, reason) => (this.closed ??= { code, reason: String(reason) }));
	}

	async open(): Promise<this> {
		await until('the socket opens', () => this.closed || this.ws.readyState === WebSocket.OPEN);
		if (this.closed) throw new Error(`closed ${this.closed.code} ${this.closed.reason}`);
		return this;
	}

	send(request: unknown): void {
		this.ws.send(JSON.stringify(request));
	}

	/** Asks for topics and waits for the answers; true where it was let in. */
	async join(...topics: string[]): Promise<boolean[]> {
		await this.open();
		const from = this.heard.length;
		for (const join of topics) this.send({ join });
		const answers = () => this.heard.slice(from).filter((message) => 'joined' in message || 'refused' in message);
		await until('all answers', () => this.closed || answers().length === topics.length);
		return answers().map((message) => 'joined' in message);
	}

	/** Messages about a topic. */
	about(topic: string): { seq: number; kind?: string; id?: string; data?: unknown }[] {
		return this.heard.flatMap((message) => ('topic' in message && message.topic === topic ? [message as { seq: number }] : []));
	}

	/** Resolves when the server has answered everything that was said before. */
	async settled(): Promise<void> {
		await this.join('nothing');
	}

	async end(): Promise<{ code: number; reason: string }> {
		return until('the close', () => this.closed);
	}
}
