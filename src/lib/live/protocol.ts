import { SOCKET_CLOSE } from '../base/socket-close.ts';

/** What a topic is about: `kind:id`, the id being that of a row. */
const TOPIC_KINDS = ['workspace', 'document', 'round', 'workshop', 'session', 'person', 'rooms', 'outbox'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];
export type TopicName = `${TopicKind}:${string}`;

/** Where the socket is; the one path there is. */
export const LIVE_PATH = '/live';
export const CLOSE = SOCKET_CLOSE;

/** A page to the server. */
export type Request = { join: string } | { leave: string };

/** The server to a page. What a page does not know it passes over, the empty keep-alive included. */
export type Message =
	/** From now on everything that is announced about the topic comes; `seq` is that of the last one before. */
	| { joined: string; seq: number }
	/** The person may not see it, or there is no such thing. */
	| { refused: string }
	/**
	 * Something about the topic changed. Several changes are one message; `kind` and `id` are those that all of them share.
	 * `data` comes with what only the process knows, and is all there is to know.
	 */
	| { topic: string; seq: number; kind?: string; id?: string; data?: unknown }
	/** Nothing more comes: the page asked for that, or the right was taken away. */
	| { left: string; reason: LeftReason }
	/** What was announced meanwhile is not known: look again. */
	| { gap: string }
	/** The session ends soon. */
	| { renew: true };

export type LeftReason = 'asked' | 'no access';

/** The parts of a topic's name; null when it is none. Ids are UUIDs. */
export function readTopic(name: string): { kind: TopicKind; id: string } | null {
	const match = /^([a-z]+):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(name);
	const kind = TOPIC_KINDS.find((known) => known === match?.[1]);
	return match && kind ? { kind, id: match[2] } : null;
}
