import { createClient } from 'redis';
import { randomBytes } from 'node:crypto';
import { atMost } from '../base/in-time.ts';
import type { Bus } from './bus.ts';

type Client = ReturnType<typeof createClient>;

/** One pair of connections; when either breaks, both are given up. */
interface Link {
	publisher: Client;
	subscriber: Client;
	/** When the last pulse came back (ms since 1970). */
	heardAt: number;
	isLost: boolean;
}

/** How often a bus sends itself a word, in milliseconds; after three that do not arrive it counts as lost. */
const PULSE_MS = 5_000;
const CONNECT_MS = 5_000;
const PAUSE_FIRST_MS = 250;
const PAUSE_MAX_MS = 5_000;

/**
 * A bus over Redis publish/subscribe. Resolves when it is up, or after a few seconds without: it goes on trying, and
 * takes subscriptions meanwhile. `onError` is told of every failure.
 */
export async function createRedisBus(url: string, onError: (error: unknown) => void, pulseMs = PULSE_MS): Promise<Bus> {
	const bus = new RedisBus(url, onError, pulseMs);
	await atMost(CONNECT_MS, bus.firstUp);
	return bus;
}

class RedisBus implements Bus {
	readonly firstUp: Promise<void>;
	readonly #url: string;
	readonly #onError: (error: unknown) => void;
	readonly #channels = new Map<string, Set<(bytes: Uint8Array) => void>>();
	readonly #onUp = new Set<() => void>();
	/** A channel of its own: what is sent there and comes back has gone the whole way. */
	readonly #pulse = `plenum:pulse:${randomBytes(8).toString('hex')}`;
	readonly #pulses: NodeJS.Timeout;
	#link: Link | null = null;
	#attempts = 0;
	#retry: NodeJS.Timeout | undefined;
	/** Channels were added since the link that is being made was told of all. */
	#hasNewChannels = false;
	#isClosed = false;

	constructor(url: string, onError: (error: unknown) => void, pulseMs: number) {
		this.#url = url;
		this.#onError = onError;
		this.firstUp = new Promise((resolve) => this.onUp(resolve));
		this.#pulses = setInterval(() => this.#beat(pulseMs * 3), pulseMs).unref();
		void this.#open();
	}

	get isUp(): boolean {
		return this.#link !== null;
	}

	onUp(run: () => void): void {
		this.#onUp.add(run);
	}

	publish(channel: string, bytes: Uint8Array): void {
		const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const link = this.#link;
		link?.publisher.publish(channel, view).catch((error) => !link.isLost && this.#onError(error));
	}

	async subscribe(channel: string, receive: (bytes: Uint8Array) => void): Promise<() => void> {
		const receivers = this.#channels.get(channel) ?? new Set();
		this.#channels.set(channel, receivers.add(receive));
		if (receivers.size === 1) this.#hasNewChannels = true;
		await this.#listen(channel);
		return () => {
			receivers.delete(receive);
			if (receivers.size > 0 || this.#channels.get(channel) !== receivers) return;
			this.#channels.delete(channel);
			this.#link?.subscriber.unsubscribe(channel, this.#heard, true).catch(() => {}); // what still comes is not passed on
		};
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		clearInterval(this.#pulses);
		clearTimeout(this.#retry);
		const link = this.#link;
		this.#link = null;
		// Waits for what was published last.
		await Promise.allSettled([link?.publisher.close(), link?.subscriber.close()]);
	}

	/** Resolves early when the link is lost or silent: the next one begins with all channels. */
	async #listen(channel: string): Promise<void> {
		const link = this.#link;
		if (!link) return;
		const subscribed = link.subscriber.subscribe(channel, this.#heard, true).catch((error) => {
			if (!link.isLost) throw error;
		});
		await atMost(CONNECT_MS, subscribed);
	}

	readonly #heard = (bytes: Buffer, channel: Buffer): void => {
		const name = channel.toString();
		if (name === this.#pulse && this.#link) this.#link.heardAt = Date.now();
		for (const receive of this.#channels.get(name) ?? []) receive(bytes);
	};

	async #open(): Promise<void> {
		const options = {
			url: this.#url,
			disableOfflineQueue: true,
			socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false as const }
		};
		const [publisher, subscriber] = [createClient(options), createClient(options)];
		const link: Link = { publisher, subscriber, heardAt: 0, isLost: false };
		const lost = (error: unknown) => this.#lost(link, error);
		for (const client of [publisher, subscriber]) client.on('error', lost);
		const late = setTimeout(() => lost(new Error('Redis does not answer')), CONNECT_MS);
		try {
			await Promise.all([publisher.connect(), subscriber.connect()]);
			do {
				this.#hasNewChannels = false;
				await subscriber.subscribe([this.#pulse, ...this.#channels.keys()], this.#heard, true);
			} while (this.#hasNewChannels);
		} catch (error) {
			return lost(error);
		} finally {
			clearTimeout(late);
		}
		if (link.isLost) return;
		if (this.#isClosed) return this.#drop(link);
		link.heardAt = Date.now();
		this.#link = link;
		this.#attempts = 0;
		for (const run of this.#onUp) run();
	}

	#lost(link: Link, error: unknown): void {
		if (link.isLost) return;
		this.#drop(link);
		if (this.#isClosed) return;
		this.#onError(error);
		const pause = Math.min(PAUSE_FIRST_MS * 2 ** this.#attempts++, PAUSE_MAX_MS) * (0.5 + Math.random() / 2);
		this.#retry = setTimeout(() => void this.#open(), pause);
	}

	#drop(link: Link): void {
		link.isLost = true;
		if (this.#link === link) this.#link = null;
		for (const client of [link.publisher, link.subscriber]) if (client.isOpen) client.destroy();
	}

	#beat(patienceMs: number): void {
		const link = this.#link;
		if (!link) return;
		if (Date.now() - link.heardAt > patienceMs) this.#lost(link, new Error('Redis fell silent'));
		else this.publish(this.#pulse, new Uint8Array(0));
	}
}
