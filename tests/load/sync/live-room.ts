import { caretClocks, caretEntry } from './carets.ts';
import type { CaretDeliveries } from './caret-deliveries.ts';
import { Deliveries, FIRST_CLIENT_ID } from './deliveries.ts';
import { FrameMemo } from './frame-memo.ts';
import { RawSocket } from './raw-socket.ts';
import { rangesOf, typedCharacter } from './typed-edits.ts';
import { EMPTY_UPDATE, type Heard, type Wire } from './wire.ts';

/** The person behind every socket. Peers know no people and ignore it. */
export const PERSON = '11111111-1111-4111-8111-111111111111';
const JOIN_MS = 30_000;
/** Sockets that may be on their way in at once; more would overflow the accept queue of the kernel. */
const JOINING = 50;

/** What was read from a message, once for all members. */
type Read =
	| { kind: 'edits'; step2: boolean; numbers: Int32Array }
	| { kind: 'carets'; carets: ReturnType<typeof caretClocks> }
	| { kind: Heard['kind'] };

/** One document with its members, who type, move carets and count what reaches them. They do not repeat presence. */
export class LiveRoom {
	readonly name: string;
	readonly edits: Deliveries;
	readonly carets: CaretDeliveries | null;
	/** Called when the server answered an edit of a member. */
	onAnswer: (member: number, now: number) => void = () => {};
	/** Sockets that were closed or never opened, with the reason. */
	readonly losses: string[] = [];
	readonly #wire: Wire;
	readonly #port: number;
	readonly #size: number;
	readonly #sockets: RawSocket[] = [];
	readonly #memo = new FrameMemo<Read>();
	#joined = 0;
	#counter = 0;

	constructor(
		name: string,
		{ wire, port, size, edits, carets }: { wire: Wire; port: number; size: number; edits: number; carets?: CaretDeliveries }
	) {
		this.name = name;
		this.#wire = wire;
		this.#port = port;
		this.#size = size;
		this.edits = new Deliveries(size, edits);
		this.carets = carets ?? null;
	}

	get size(): number {
		return this.#size;
	}

	/** Connects one member more. */
	connect(): void {
		const member = this.#sockets.length;
		let hasJoined = false;
		const join = () => {
			if (!hasJoined) this.#joined++;
			hasJoined = true;
		};
		const socket = new RawSocket({
			port: this.#port,
			path: this.#wire.path(this.name),
			headers: { Authorization: `Bearer ${PERSON}` },
			onOpen: () => {
				for (const message of this.#wire.greeting(this.name)) socket.send(message);
				if (!this.#wire.answersGreeting) join();
			},
			onMessage: (bytes, start, end, now) => {
				const read = this.#memo.read(bytes, start, end, (message) => this.#read(message));
				if ('numbers' in read) {
					this.edits.receive(member, read.numbers, now);
					if (read.step2) join();
				} else if ('carets' in read) this.carets?.receive(member, read.carets, now);
				else if (read.kind === 'answer') this.onAnswer(member, now);
				else if (read.kind === 'step 1' && this.#wire.answersGreeting) socket.send(this.#wire.step2(this.name, EMPTY_UPDATE));
			},
			onClose: (reason) => this.losses.push(reason)
		});
		this.#sockets.push(socket);
	}

	get missing(): number {
		return this.#size - this.#joined;
	}

	/** One more character of this member. */
	type(member: number, now: number): void {
		const clock = this.edits.send(member, now);
		this.#sockets[member].send(this.#wire.update(this.name, typedCharacter(FIRST_CLIENT_ID + member, clock)));
	}

	/** Asks whether everything this member sent is stored, on servers that can be asked. */
	ask(member: number): void {
		const question = this.#wire.question(++this.#counter);
		if (question) this.#sockets[member].send(question);
	}

	moveCaret(member: number, now: number): void {
		const clock = this.carets!.send(member, now);
		this.#sockets[member].send(this.#wire.presence(this.name, caretEntry(FIRST_CLIENT_ID + member, clock)));
	}

	leave(): void {
		for (const socket of this.#sockets) socket.destroy();
	}

	#read(message: Uint8Array): Read {
		const heard = this.#wire.read(message);
		if (heard.kind === 'content')
			return { kind: 'edits', step2: heard.step2, numbers: this.edits.numbersOf(rangesOf(heard.bytes)) };
		if (heard.kind === 'presence') return { kind: 'carets', carets: this.carets ? caretClocks(heard.bytes) : [] };
		return { kind: heard.kind };
	}
}

/** Brings all members in; throws when one is refused or does not get its first content in time. */
export async function fill(rooms: LiveRoom[]): Promise<void> {
	const until = performance.now() + JOIN_MS;
	const waiting: LiveRoom[] = rooms.flatMap((room) => Array<LiveRoom>(room.size).fill(room));
	let connected = 0;
	const missing = () => rooms.reduce((sum, room) => sum + room.missing, 0);
	while (connected < waiting.length || missing() > 0) {
		const joined = waiting.length - missing();
		while (connected < waiting.length && connected - joined < JOINING) waiting[connected++].connect();
		const loss = rooms.find((room) => room.losses.length > 0)?.losses[0];
		if (loss) throw new Error(`a member could not join: ${loss}`);
		if (performance.now() > until) throw new Error(`${missing()} members did not get the document within ${JOIN_MS / 1000} s`);
		await new Promise((resume) => setTimeout(resume, 5));
	}
}
