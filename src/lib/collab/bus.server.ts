import { createClient } from 'redis';

/** Carries bytes between the nodes of one installation. At most once, and never the only copy of anything. */
export interface Bus {
	/** Sends to every subscriber, the sender's own included. Never throws; what cannot be sent is lost. */
	publish(channel: string, bytes: Uint8Array): void;
	/** Resolves when messages published from now on will arrive. The returned function ends the subscription. */
	subscribe(channel: string, receive: (bytes: Uint8Array) => void): Promise<() => void>;
	close(): Promise<void>;
	/** False while it can neither send nor receive. */
	readonly isUp: boolean;
}

/** A bus inside one process. */
export function createLocalBus(): Bus {
	const channels = new Map<string, Set<(bytes: Uint8Array) => void>>();
	return {
		publish(channel, bytes) {
			for (const receive of channels.get(channel) ?? []) queueMicrotask(() => receive(bytes));
		},
		async subscribe(channel, receive) {
			const receivers = channels.get(channel) ?? new Set();
			channels.set(channel, receivers.add(receive));
			return () => {
				receivers.delete(receive);
				if (receivers.size === 0) channels.delete(channel);
			};
		},
		async close() {
			channels.clear();
		},
		isUp: true
	};
}

/**
 * A bus over Redis publish/subscribe. Resolves when connected; afterwards it reconnects by itself and subscribes
 * again. `onError` is told of every lost connection.
 */
export async function createRedisBus(url: string, onError: (error: unknown) => void): Promise<Bus> {
	const publisher = createClient({ url, disableOfflineQueue: true });
	const subscriber = publisher.duplicate({ disableOfflineQueue: false });
	publisher.on('error', onError);
	subscriber.on('error', onError);
	await Promise.all([publisher.connect(), subscriber.connect()]);
	return {
		publish(channel, bytes) {
			const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			publisher.publish(channel, view).catch(onError);
		},
		async subscribe(channel, receive) {
			const listener = (bytes: Buffer) => receive(bytes);
			await subscriber.subscribe(channel, listener, true);
			return () => void subscriber.unsubscribe(channel, listener, true).catch(onError);
		},
		async close() {
			await Promise.allSettled([publisher.close(), subscriber.close()]);
		},
		get isUp() {
			return publisher.isReady && subscriber.isReady;
		}
	};
}
