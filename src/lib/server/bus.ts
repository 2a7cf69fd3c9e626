/** Carries bytes between the nodes of one installation. At most once, and never the only copy of anything. */
export interface Bus {
	/** Sends to every subscriber, the sender's own included. Never throws; what cannot be sent is lost. */
	publish(channel: string, bytes: Uint8Array): void;
	/** Resolves when messages published from now on will arrive. The returned function ends the subscription. */
	subscribe(channel: string, receive: (bytes: Uint8Array) => void): Promise<() => void>;
	close(): Promise<void>;
	/** False while it can neither send nor receive; messages of that time are lost. */
	readonly isUp: boolean;
	/** Calls `run` each time it becomes up, with all subscriptions in place. */
	onUp(run: () => void): void;
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
		isUp: true,
		onUp() {}
	};
}
