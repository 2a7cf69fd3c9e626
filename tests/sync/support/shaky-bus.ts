import * as decoding from 'lib0/decoding';
import { type Bus, createLocalBus } from '../../../src/lib/server/bus.ts';

/** Kinds of room news, in the order of their numbers on the wire. */
const KINDS = ['updates', 'presence', 'who', 'state'] as const;
type Kind = (typeof KINDS)[number];

/** What one node has of a bus that can be cut, or loses what a test tells it to. */
export interface ShakyBus extends Bus {
	/** True loses the message. */
	drops: (kind: Kind) => boolean;
	/** Room news that this node sent and that was not lost. */
	readonly sent: Kind[];
	/** Nothing goes in or out, and it knows. */
	cut(): void;
	restore(): void;
}

/** So many nodes' ends of one bus. */
export function shakyBuses(nodes: number): ShakyBus[] {
	const bus = createLocalBus();
	return Array.from({ length: nodes }, () => endOf(bus));
}

function endOf(bus: Bus): ShakyBus {
	let isUp = true;
	const onUp = new Set<() => void>();
	const end: ShakyBus = {
		drops: () => false,
		sent: [],
		publish(channel, bytes) {
			const kind = channel.startsWith('plenum:room:') ? kindOf(bytes) : null;
			if (!isUp || (kind && end.drops(kind))) return;
			if (kind) end.sent.push(kind);
			bus.publish(channel, bytes);
		},
		subscribe: (channel, receive) => bus.subscribe(channel, (bytes) => isUp && receive(bytes)),
		close: () => bus.close(),
		get isUp() {
			return isUp;
		},
		onUp: (run) => void onUp.add(run),
		cut: () => void (isUp = false),
		restore() {
			isUp = true;
			for (const run of onUp) run();
		}
	};
	return end;
}

function kindOf(bytes: Uint8Array): Kind {
	const decoder = decoding.createDecoder(bytes);
	decoding.readVarString(decoder);
	return KINDS[decoding.readVarUint(decoder)];
}
