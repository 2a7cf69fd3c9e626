import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { TextModel } from '../text/model.ts';
import type { Plan } from '../text/planned-edit.ts';
import type { AllowedOrigins } from '../server/sockets/origins.ts';
import type { Sessions } from '../server/sockets/sessions.ts';
import type { AccessDoor } from './access.server.ts';
import type { Bus } from '../server/bus.ts';
import type { UpdateStore } from './persistence/store.server.ts';
import type { Limits } from './protocol.ts';
import type { Struct } from './rooms/conflicts.server.ts';
import type { Figures } from './rooms/figures.server.ts';
import type { FaultPoint, SyncLog } from './rooms/report.server.ts';
import type { Installation, RoomReport, SyncStats } from './rooms/reporter.server.ts';

export interface SyncEngineOptions {
	log: SyncLog;
	store: UpdateStore;
	access: AccessDoor;
	/** Given when several nodes serve the same documents. */
	bus?: Bus;
	/** Ends and renews the connections of sessions (AU3, AU5). */
	sessions?: Sessions;
	limits?: Partial<Limits>;
	allowedOrigins: AllowedOrigins;
	/** Without it the engine takes whatever Yjs can integrate. */
	faultIn?: FaultIn;
	/** Called after each commit that holds updates of the document; the caller debounces. */
	onCommitted?: (documentId: string) => void;
	/** For tests only: called at each fault point, where they kill the process. */
	onPoint?: (point: FaultPoint) => void;
}

/**
 * Why none of the application's pages can have written an update with these items, in words without anything typed; null
 * when one can have (DO1). It is asked on the main thread, so it must cost no more than reading the update did.
 */
export type FaultIn = (structs: readonly Struct[]) => string | null;

/** Whom a change of access may concern; the fields narrow each other, and an empty scope is refused. */
export interface AccessScope {
	documentId?: string;
	personId?: string;
	workspaceId?: string;
}

/** The live part of Plenum, one per process. SPEC.md says what it promises. */
export interface SyncEngine {
	/** Takes over an HTTP upgrade. Answers every path; the caller sends it those under `/collab/`. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Reads the role of matching live sockets again; the outcome reaches them in well under 2 s. */
	recheck(scope: AccessScope): void;
	/**
	 * Changes a document as the server, live for everybody, for a person or for nobody (null). `plan` says what is to be done,
	 * with the functions of `text/edits.ts`; when it throws nothing happens. Resolves when the edit is durable. Rejects with
	 * NoDocument, with what the plan threw, with TextFull, or when the edit could not be stored. `client`: the Yjs client that
	 * it is made as, for one that has to be found again.
	 */
	applyServerEdit(documentId: string, plan: Plan, by: { personId: string | null; client?: number }): Promise<void>;
	/**
	 * What `read` makes of a document as it is now; it must not keep what it is given. Opens the document's room, so that
	 * several questions in a row read it once. Rejects with NoDocument, or with what `read` threw.
	 */
	readText<Answer>(documentId: string, read: (text: TextModel) => Answer): Promise<Answer>;
	/**
	 * The whole document as the Yjs updates that make it up, with what is in memory when it is open. Putting those of a long
	 * text together is work for a thread. Rejects with NoDocument.
	 */
	readUpdates(documentId: string): Promise<readonly Uint8Array[]>;
	/**
	 * The same as it is stored, with everything that any node has acknowledged and with what this node had taken before: for
	 * what must not miss a word that somebody was told is saved. Rejects with NoDocument.
	 */
	readStored(documentId: string): Promise<readonly Uint8Array[]>;
	/** Takes no more connections, stores what is there, closes with 1012. Resolves when the process may end. */
	drain(): Promise<void>;
	/** Present numbers of this node. */
	stats(): SyncStats;
	/** Everything this node has counted and measured since it began. */
	readonly figures: Figures;
	/** The documents open on this node, and those that are gone but for updates still to be stored. */
	rooms(): RoomReport[];
	/** Asks every node what is going on there (OP4). Resolves within `reportMs`; it never rejects. */
	everywhere(): Promise<Installation>;
	/** Closes all connections of a document with 1012, on all nodes, so that everybody comes back and resyncs (OP5). */
	disconnectAll(documentId: string): void;
	/** Names this node in log lines and reports. */
	readonly node: string;
}
