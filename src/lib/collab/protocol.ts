import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { SOCKET_CLOSE } from '../base/socket-close.ts';

/**
 * The wire, as both sides see it. It is the y-websocket protocol (one message per WebSocket frame, first a
 * variable-length kind) with a few kinds of our own. SPEC.md says what each one promises.
 */
export const MESSAGE = {
	sync: 0,
	awareness: 1,
	queryAwareness: 3,
	/** `[100][counter]`, client → server → client: everything sent before it on this socket is committed. */
	ack: 100,
	/** `[101][reason]`, server → client: a write was dropped. */
	rejected: 101,
	/** `[102][role]`, server → client: what this person may do from now on. */
	role: 102,
	/** `[103]`, server → client: the session ends soon; renew it. */
	renew: 103
} as const;

/** Second number of a sync message. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/** What a person may do in a document, strongest first. */
const ROLES = ['manager', 'editor', 'commenter', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** True when the role may change the text. */
export function canWrite(role: Role): boolean {
	return role === 'manager' || role === 'editor';
}

/** Close codes (CN4). */
export const CLOSE = {
	...SOCKET_CLOSE,
	noAccess: 4403,
	noDocument: 4404,
	oldSchema: 4409,
	epochChanged: 4410
} as const;

/** Reasons carried by a `rejected` message: who may not write, no room for it (DS1), not what any page can write (DO1). */
export const REJECTED_REASONS = ['role', 'size', 'invalid'] as const;
export type RejectedReason = (typeof REJECTED_REASONS)[number];

/** Numbers of SPEC.md. Sizes in bytes, times in milliseconds, rates per second with the burst they may reach. */
export const LIMITS = {
	/** Largest update frame (MS4). */
	updateBytes: 1024 * 1024,
	/** Largest frame of any kind, reached only by a sync step 2 after a long absence (MS4). */
	frameBytes: 5 * 1024 * 1024,
	/** One person's presence, as JSON (AW3). */
	presenceBytes: 4 * 1024,
	/** Entries read from one awareness frame (AW4). */
	presenceEntries: 1024,
	/** At most one presence frame per room in this time (AW5). */
	presenceEveryMs: 60,
	/** The same for each reader, when that is more: what a frame costs grows with them (AW5). */
	presenceEveryPerReaderMs: 0.6,
	/** Rounds of a busy room are at least this far apart for each reader, some three times what sending to one costs (MS3). */
	roundPerReaderMs: 0.02,
	/** Presence of another node's person expires unless renewed (AW7). */
	presenceExpiresMs: 30_000,
	/** Awareness frames read from one socket; more are ignored (RL2). */
	presenceRate: { perSecond: 40, burst: 200 },
	/** All other frames read from one socket; beyond it the socket is not read for a while (RL1). */
	frameRate: { perSecond: 60, burst: 300 },
	/** Bytes of updates read from one socket; beyond it the socket is not read for a while (RL1). */
	byteRate: { perSecond: 1024 * 1024, burst: 5 * 1024 * 1024 },
	/** An update that may cost Yjs more steps to find its places is refused: no honest client sends one (HI6). */
	conflictSteps: 2_000_000,
	/** So is one that brings more client ids: each makes every change slower until the text is written anew (HI6). */
	newClientsPerUpdate: 30_000,
	/** Steps that the contested places of one person's updates may cost; beyond it their socket is not read for a while (RL3). */
	conflictRate: { perSecond: 100_000, burst: 1_000_000 },
	/** Frames and bytes kept while a room loads; then the socket is not read until it has (CN5). */
	waitingFrames: 256,
	waitingBytes: 1024 * 1024,
	/** From the upgrade to the answer about who and what (AU5). */
	admitMs: 10_000,
	/** A client is asked to renew its session this long before it ends (AU5). */
	renewBeforeMs: 60_000,
	/** Refusals answered with a close code, per address; beyond it plain HTTP 429 (CN6). */
	refusalRate: { perSecond: 20, burst: 100 },
	connectionsPerDocument: 500,
	connectionsPerPerson: 500,
	/** Role of every live socket is read again after this time (RO5). */
	recheckMs: 60_000,
	/** A group commit waits this long for more, or until it holds this much (LG2). */
	commitAfterMs: 25,
	commitBytes: 64 * 1024,
	/** Rows in one statement (LG2). */
	commitRows: 1000,
	/** First and longest pause after a failed commit (LG4). */
	retryFirstMs: 50,
	retryMaxMs: 2_000,
	/** A room with uncommitted work older or larger than this goes read-only (LG5). */
	uncommittedMs: 30_000,
	uncommittedBytes: 16 * 1024 * 1024,
	/** Silence after which the server sends an empty presence frame (CN7). */
	keepAliveMs: 20_000,
	/** A peer that answers no ping for this long is gone (CN8). */
	silentMs: 75_000,
	/** Unsent bytes beyond which a reader gets no presence, and beyond which it is closed (SL1, SL2). */
	slowBytes: 1024 * 1024,
	slowCloseBytes: 8 * 1024 * 1024,
	slowCloseMs: 30_000,
	/** An empty room keeps its document this long (RM4). */
	unloadMs: 60_000,
	/** A text nobody has changed for this long is kept as bytes, without a document (RM6). */
	restMs: 30_000,
	/** Largest encoded text; an update that would make it longer is refused (DS1). From the first on the operator is warned (DS4). */
	documentWarnBytes: 5 * 1024 * 1024,
	documentBytes: 20 * 1024 * 1024,
	/** A log with more rows or bytes than these is compacted; one that rested, with at least so many rows (CO1). */
	compactRows: 2000,
	compactBytes: 256 * 1024,
	compactIdleMs: 600_000,
	compactIdleRows: 5,
	/** How often the database is asked which logs are due, and the least pause between compactions of one document (CO1). */
	compactLookMs: 300_000,
	compactPauseMs: 30_000,
	/** One compaction reads at most this much; the rest follows at once (CO5). */
	compactReadRows: 5_000,
	compactReadBytes: 16 * 1024 * 1024,
	/** A merge that takes longer is given up, and not tried again before the second time has passed (CO4). */
	compactMergeMs: 60_000,
	compactGiveUpMs: 3_600_000,
	/**
	 * A text of more client ids is written anew when nobody is at it, and one of more bytes that are more than twice what it
	 * takes anew; none again before so long (LL1).
	 */
	renewIds: 500,
	renewBytes: 256 * 1024,
	renewPauseMs: 86_400_000,
	/** How often nodes compare their texts, with each other and with the length of the log (BU5, BU6). */
	compareMs: 15_000,
	/** What differs is looked at again after this time, since edits may be on their way (BU5). */
	secondLookMs: 2_000,
	/** How often the log is asked for new rows while nodes cannot hear each other (BU6). */
	pollMs: 2_000,
	/** How long a node waits for the others to say what is going on there (OP4). */
	reportMs: 1_000,
	/** How long a stopping process waits for its last commit (SH2). */
	drainMs: 20_000
};
export type Limits = typeof LIMITS;

/** How often a client asks "is everything committed?" at most (CL3), in milliseconds. */
export const ACK_EVERY_MS = 250;

/** A frame `[100][counter]`, sent by the client and echoed by the server. */
export function encodeAck(counter: number): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.ack);
	encoding.writeVarUint(encoder, counter);
	return encoding.toUint8Array(encoder);
}

/** A frame `[kind][text]`: `rejected` with its reason, or `role` with the role. */
export function encodeText(kind: typeof MESSAGE.rejected | typeof MESSAGE.role, text: string): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, kind);
	encoding.writeVarString(encoder, text);
	return encoding.toUint8Array(encoder);
}

/** A sync frame `[0][step][bytes]`. */
export function encodeSync(step: number, bytes: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.sync);
	encoding.writeVarUint(encoder, step);
	encoding.writeVarUint8Array(encoder, bytes);
	return encoding.toUint8Array(encoder);
}

/** The role named by a `role` message whose kind was already read; null when this build does not know it. */
export function readRole(decoder: decoding.Decoder): Role | null {
	const text = decoding.readVarString(decoder);
	return ROLES.find((role) => role === text) ?? null;
}
