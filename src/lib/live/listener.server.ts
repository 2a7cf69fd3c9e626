import { AdmittedSocket } from '../server/sockets/admitted-socket.ts';
import { type Frame, toJsonFrame } from '../server/sockets/frames.ts';
import type { Admitted } from '../server/sockets/socket-door.ts';
import type { SocketLog } from '../server/sockets/report.ts';
import type { LiveLimits } from './limits.server.ts';
import { CLOSE, type LeftReason, type Message, readTopic, type Request } from './protocol.ts';
import type { LiveMetrics } from './report.server.ts';
import type { Rights } from './rights.server.ts';
import type { Hearer, Topic } from './topic.server.ts';
import type { Topics } from './topics.server.ts';

const KEEP_ALIVE = toJsonFrame({});
const RENEW = toJsonFrame({ renew: true } satisfies Message);

export interface ListenerServices {
	limits: LiveLimits;
	log: SocketLog;
	metrics: LiveMetrics;
	rights: Rights;
	topics: Topics;
}

/** The socket of one tab, and the topics it listens to. */
export class Listener extends AdmittedSocket<Topics> implements Hearer {
	readonly #services: ListenerServices;
	readonly #joined = new Map<string, Topic>();
	/** The topic that the database is being asked about. */
	#joining: string | null = null;
	/** Topics of which it was not sent everything, because it read too slowly. */
	readonly #missed = new Set<string>();
	/** What it asked for is done one thing after the other, so that the answers come in the order of the questions. */
	#last: Promise<void> = Promise.resolve();
	#isCheckQueued = false;
	nextCheckAt = Infinity;

	constructor({ ws, socket, visit, identity }: Admitted<unknown, unknown>, services: ListenerServices) {
		super(ws, socket, services, { id: visit.id, identity, speaks: 'text', keepAlive: KEEP_ALIVE, renew: RENEW });
		this.#services = services;
		this.#planCheck();
		this.goLive(services.topics, (data) => this.#receive(data));
	}

	/** A change of access to this topic concerns the socket: it has joined, or is about to on an answer that may be old (TP3). */
	isConcerned(name: string): boolean {
		return this.#joined.has(name) || this.#joining === name;
	}

	/** A message about a topic it has joined. */
	hear(topic: Topic, frame: Frame): void {
		const { metrics } = this.#services;
		if (this.isSlow) {
			metrics.count('messages_dropped');
			return void this.#missed.add(topic.name);
		}
		metrics.count('messages');
		this.write(frame);
	}

	/** Asks the database again, after all that was asked before, and leaves what the person may see no longer (TP3). */
	check(): void {
		this.#planCheck();
		if (this.#isCheckQueued) return;
		this.#isCheckQueued = true;
		this.#inTurn(async () => {
			this.#isCheckQueued = false;
			const names = [...this.#joined.keys()];
			if (names.length === 0) return;
			const visible = await this.#services.rights.visible(this.identity.personId, names);
			for (const name of names) if (!visible.has(name)) this.#leave(name, 'no access');
		});
	}

	override tick(now: number): void {
		super.tick(now);
		if (now >= this.nextCheckAt) this.check();
		if (this.isSlow || this.isClosed) return;
		for (const gap of this.#missed) this.#say({ gap });
		this.#missed.clear();
	}

	/** The socket is gone. */
	leaveAll(): void {
		for (const topic of this.#joined.values()) this.#services.topics.leave(topic, this);
		this.#joined.clear();
	}

	#receive(data: Buffer): void {
		this.charge(1, data.byteLength);
		const request = readRequest(data);
		if (!request) return this.close(CLOSE.malformed, 'malformed message');
		if ('join' in request) this.#inTurn(() => this.#join(request.join));
		else if ('leave' in request) this.#inTurn(async () => this.#leave(request.leave, 'asked'));
	}

	async #join(name: string): Promise<void> {
		const { rights, topics, metrics, limits } = this.#services;
		if (!this.#joined.has(name)) {
			this.#joining = name;
			const mayAsk = readTopic(name) !== null && this.#joined.size < limits.topicsPerConnection;
			const mayJoin = mayAsk && (await rights.visible(this.identity.personId, [name])).has(name);
			this.#joining = null;
			if (this.isClosed) return;
			metrics.count('joins', 1, mayJoin ? 'joined' : 'refused');
			if (!mayJoin) return this.#say({ refused: name });
			this.#joined.set(name, topics.join(name, this));
		}
		this.#say({ joined: name, seq: this.#joined.get(name)!.seq });
	}

	#leave(name: string, reason: LeftReason): void {
		const topic = this.#joined.get(name);
		if (!topic) return;
		this.#joined.delete(name);
		this.#missed.delete(name);
		this.#services.topics.leave(topic, this);
		this.#say({ left: name, reason });
	}

	#inTurn(work: () => Promise<void>): void {
		this.#last = this.#last.then(async () => {
			if (this.isClosed) return;
			try {
				await work();
			} catch (error) {
				// Nobody goes on hearing by a right that may have been taken away.
				this.#services.metrics.count('right_check_failures');
				this.#services.log.error(
					{ connection: this.journal.id, personId: this.identity.personId, err: error },
					'rights to topics cannot be read'
				);
				this.close(CLOSE.tryAgain, 'access cannot be checked');
			}
		});
	}

	/** Spread, so that not all ask at once. */
	#planCheck(): void {
		this.nextCheckAt = Date.now() + this.#services.limits.recheckMs * (0.75 + Math.random() / 4);
	}

	#say(message: Message): void {
		this.write(toJsonFrame(message));
	}
}

/** A request, or an object that a later page may send; null when it is neither. */
function readRequest(data: Buffer): Request | Record<never, never> | null {
	try {
		const value: unknown = JSON.parse(data.toString());
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
		const { join, leave } = value as Record<string, unknown>;
		if ((join !== undefined && typeof join !== 'string') || (leave !== undefined && typeof leave !== 'string')) return null;
		return value;
	} catch {
		return null;
	}
}
