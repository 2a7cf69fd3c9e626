import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { AdmittedSocket } from '../../server/sockets/admitted-socket.ts';
import { toFrame } from '../../server/sockets/frames.ts';
import type { Identity } from '../../server/sockets/identity.ts';
import { TokenBucket } from '../../server/sockets/token-bucket.ts';
import type { DocumentStanding } from '../../documents/access.server.ts';
import { canWrite, encodeText, type Limits, MESSAGE, type Role } from '../protocol.ts';
import { emptyPresence, type PresenceOwner } from './presence.server.ts';
import type { SyncLog, SyncMetrics } from './report.server.ts';
import type { Room } from './room.server.ts';

const KEEP_ALIVE = toFrame(emptyPresence());
const RENEW = toFrame(new Uint8Array([MESSAGE.renew]));

/** What a standing becomes once it is known to grant something. */
export type GrantedStanding = DocumentStanding & { role: Role };

/** What connections need from the engine around them. */
export interface ConnectionServices {
	limits: Limits;
	log: SyncLog;
	metrics: SyncMetrics;
}

/** How a connection was admitted. */
export interface OpenedAs {
	id: string;
	identity: Identity;
	documentId: string;
	/** Schema version the client stated, null for a plain y-websocket client. */
	schema: number | null;
	standing: GrantedStanding;
}

/** One authenticated socket on one document (SPEC, "Life of a connection"); rooms give its bytes meaning. */
export class Connection extends AdmittedSocket<Room> implements PresenceOwner {
	readonly documentId: string;
	readonly schema: number | null;
	standing: GrantedStanding;
	presenceId: number | null = null;
	/** It has asked for the text, and got it: from then on it is sent every change (MS7). */
	hasText = false;
	/** A write was dropped and the client has not handed everything over again since: nothing is acknowledged (AK5). */
	hasRejected = false;
	/** What was dropped is not what any page can have written; what it sends is dropped until a step 2 passes (DO2). */
	hasInvalid = false;
	/** Presence was withheld while the reader was slow; it gets everybody's at once later (SL1). */
	missedPresence = false;
	/** Updates among the frames received. */
	updates = 0;
	nextCheckAt = Infinity;
	readonly presenceRate: TokenBucket;

	constructor(
		ws: WebSocket,
		socket: Duplex,
		services: ConnectionServices,
		{ id, identity, documentId, schema, standing }: OpenedAs
	) {
		// A plain y-websocket client would not understand that it is to renew its session (AU5).
		super(ws, socket, services, { id, identity, speaks: 'binary', keepAlive: KEEP_ALIVE, renew: schema === null ? null : RENEW });
		this.documentId = documentId;
		this.schema = schema;
		this.standing = standing;
		this.presenceRate = new TokenBucket(services.limits.presenceRate);
	}

	get room(): Room | null {
		return this.place;
	}

	get canWrite(): boolean {
		return canWrite(this.standing.role);
	}

	presenceUser(): Record<string, string> {
		const { name, agency, colour, role } = this.standing;
		return { name, agency, colour, role, personId: this.identity.personId };
	}

	send(message: Uint8Array): void {
		this.write(toFrame(message));
	}

	tell(kind: typeof MESSAGE.rejected | typeof MESSAGE.role, text: string): void {
		this.send(encodeText(kind, text));
	}
}
