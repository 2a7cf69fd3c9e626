import { one, split } from '../counters.ts';

/** Where sockets are written about, for an operator to follow; pino's logger fits. */
export interface SocketLog {
	debug(fields: object, message: string): void;
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
}

/** Where what happens to sockets is counted. */
export interface SocketMetrics {
	/** Adds to a counter. `value` is that of its label, e.g. why a connection was refused. */
	count(name: SocketCounter, by?: number, value?: string): void;
}

type SocketCounter = keyof ReturnType<typeof socketCounters>;

/** What is counted of sockets of one kind; it adds its own reasons to refuse them, its close codes and its faults of frames. */
export function socketCounters({ refusals, codes, faults }: { refusals: string[]; codes: string[]; faults: string[] }) {
	return {
		connections_opened: one('Connections that were let in'),
		connections_refused: split('Connections that were not let in', 'reason', [
			'another origin',
			'sign in',
			...refusals,
			'too many connections',
			'access could not be decided',
			'stopping'
		]),
		connections_closed: split('Connections that ended, by the code of the close', 'code', [
			'1000',
			'1001',
			'1003',
			'1005',
			'1006',
			'1007',
			'1009',
			'1012',
			'1013',
			'4401',
			...codes
		]),
		slow_reader_closes: one('Connections closed because they did not read what was sent'),
		silent_closes: one('Connections cut because they answered nothing, pings included'),
		reading_pauses: one('Times a socket was not read for a while because it sent too much'),
		frames_refused: split('Received frames that closed their connection', 'reason', [
			'malformed message',
			...faults,
			'frame too large',
			'binary messages only',
			'text messages only',
			'broken frame'
		])
	};
}
