import type { IncomingMessage } from 'node:http';
import type { DocumentStanding } from '../documents/access.server.ts';
import type { Identity } from '../server/sockets/identity.ts';

/** The engine's only source of truth about people and rights; the process entry gives the real one. */
export interface AccessDoor {
	/** Null: nobody is signed in. Throws when that could not be found out. */
	authenticate(request: IncomingMessage): Promise<Identity | null>;
	/** 'missing': no such document, or it is in the trash. Throws when that could not be found out. */
	role(documentId: string, personId: string): Promise<DocumentStanding | 'missing'>;
}
