import type { IncomingMessage } from 'node:http';
import type { Identity } from '../server/sockets/identity.ts';
import type { Role } from './protocol.ts';

/** What the database says now about one person and one document. `role: null` means no access. */
export interface Standing {
	role: Role | null;
	/** Rises when a document is deleted or its history is replaced; old offline copies must not come back. */
	epoch: number;
	/** Schema major version of the stored text. */
	schemaVersion: number;
	/** Shown to colleagues; the client cannot choose them. */
	name: string;
	agency: string;
	colour: string;
	/** Narrows `recheck({ workspaceId })`; without it such a recheck asks again for every socket. */
	workspaceId?: string;
}

/** The engine's only source of truth about people and rights; the process entry gives the real one. */
export interface AccessDoor {
	/** Null: nobody is signed in. Throws when that could not be found out. */
	authenticate(request: IncomingMessage): Promise<Identity | null>;
	/** 'missing': no such document, or it is in the trash. Throws when that could not be found out. */
	role(documentId: string, personId: string): Promise<Standing | 'missing'>;
}
