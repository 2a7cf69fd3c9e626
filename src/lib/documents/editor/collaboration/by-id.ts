/** What is known of letters, by their Yjs ids. Many thousands of them can be moved at once, so no keys are put together. */
export class ById<Value> {
	readonly #clients = new Map<number, Map<number, Value>>();

	get({ client, clock }: { client: number; clock: number }): Value | undefined {
		return this.#clients.get(client)?.get(clock);
	}

	set({ client, clock }: { client: number; clock: number }, value: Value): void {
		let clocks = this.#clients.get(client);
		if (!clocks) this.#clients.set(client, (clocks = new Map()));
		clocks.set(clock, value);
	}

	/** In the order in which they came, client by client. */
	values(): Value[] {
		return [...this.#clients.values()].flatMap((clocks) => [...clocks.values()]);
	}
}
