import type { IncomingMessage } from 'node:http';
import type { AccessDoor } from '../../../src/lib/collab/access.server.ts';
import type { DocumentStanding } from '../../../src/lib/documents/access.server.ts';
import type { Role } from '../../../src/lib/collab/protocol.ts';
import type { Identity } from '../../../src/lib/server/sockets/identity.ts';

interface TestDocument {
	epoch: number;
	schemaVersion: number;
	roles: Map<string, Role>;
}

/** Access kept in memory. `Authorization: Bearer hoa` or the cookie `person=hoa` is the person hoa. */
export class TestAccess implements AccessDoor {
	readonly documents = new Map<string, TestDocument>();
	/** Given to every identity, in milliseconds since 1970. */
	expiresAt: number | undefined;
	/** People whose sockets only look on. */
	readonly onlookers = new Set<string>();
	/** Set to make every question fail. */
	isDown = false;
	/** Awaited before a role is answered, to hold the answer back. */
	beforeRole: () => Promise<void> = async () => {};
	asked = 0;

	/** Makes a document known with these people; others have no access. */
	share(documentId: string, roles: Record<string, Role>): TestDocument {
		const document = { epoch: 1, schemaVersion: 1, roles: new Map(Object.entries(roles)) };
		this.documents.set(documentId, document);
		return document;
	}

	setRole(documentId: string, personId: string, role: Role | null): void {
		const { roles } = this.documents.get(documentId)!;
		if (role) roles.set(personId, role);
		else roles.delete(personId);
	}

	async authenticate(request: IncomingMessage): Promise<Identity | null> {
		if (this.isDown) throw new Error('access is down');
		const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
		const cookie = /(?:^|; )person=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
		const personId = bearer ?? cookie;
		if (!personId) return null;
		return { personId, sessionId: `session of ${personId}`, expiresAt: this.expiresAt, readOnly: this.onlookers.has(personId) };
	}

	async role(documentId: string, personId: string): Promise<DocumentStanding | 'missing'> {
		this.asked++;
		if (this.isDown) throw new Error('access is down');
		const document = this.documents.get(documentId);
		const answer: DocumentStanding | 'missing' = document
			? {
					role: document.roles.get(personId) ?? null,
					epoch: document.epoch,
					schemaVersion: document.schemaVersion,
					name: `Name of ${personId}`,
					agency: 'Sở Nội vụ',
					colour: '#1f6feb',
					workspaceId: 'workspace'
				}
			: 'missing';
		await this.beforeRole();
		return answer;
	}
}
