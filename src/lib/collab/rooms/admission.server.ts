import type { Identity } from '../../server/sockets/identity.ts';
import type { Admitted, Refusal } from '../../server/sockets/socket-door.ts';
import type { AccessDoor } from '../access.server.ts';
import type { DocumentStanding } from '../../documents/access.server.ts';
import { CLOSE } from '../protocol.ts';
import type { GrantedStanding } from './connection.server.ts';

/** What a request asks for: `/collab/{document id}?schema=…&epoch=…`; a plain y-websocket client sends no query. */
export interface Target {
	documentId: string;
	schema: number | null;
	epoch: number | null;
}

export type AdmittedToDocument = Admitted<Target, GrantedStanding>;

/** Reads path and query; null when the path is not a document's. */
export function readTarget(url: string | undefined): Target | null {
	if (!url || !URL.canParse(url, 'ws://plenum')) return null;
	const { pathname, searchParams } = new URL(url, 'ws://plenum');
	const documentId = /^\/collab\/([\w-]{1,64})$/.exec(pathname)?.[1];
	if (!documentId) return null;
	return { documentId, schema: readNumber(searchParams.get('schema')), epoch: readNumber(searchParams.get('epoch')) };
}

/** What a person may do in a document, or why they are not let in. Throws when the database cannot be asked. */
export async function grantOf(
	target: Target,
	identity: Identity,
	access: AccessDoor
): Promise<{ grant: GrantedStanding } | { refusal: Refusal }> {
	const standing = standingBy(identity, await access.role(target.documentId, identity.personId));
	const refusal = refusalOf(standing, target.schema, target.epoch);
	return refusal ? { refusal } : { grant: standing as GrantedStanding };
}

/** A person's standing as far as this socket makes use of it: one that only looks on is a viewer's. */
export function standingBy({ readOnly }: Identity, standing: DocumentStanding | 'missing'): DocumentStanding | 'missing' {
	return readOnly && standing !== 'missing' && standing.role ? { ...standing, role: 'viewer' } : standing;
}

/** Why a standing ends or forbids a connection; null when it grants one. */
export function refusalOf(standing: DocumentStanding | 'missing', schema: number | null, epoch: number | null): Refusal | null {
	if (standing === 'missing') return { code: CLOSE.noDocument, reason: 'no such document' };
	if (standing.role === null) return { code: CLOSE.noAccess, reason: 'no access' };
	if (schema !== null && !(schema >= standing.schemaVersion)) return { code: CLOSE.oldSchema, reason: 'reload to update' };
	if (epoch !== null && epoch !== standing.epoch) return { code: CLOSE.epochChanged, reason: 'document was replaced' };
	return null;
}

/** Null when it is not stated. What is no number is stated, and agrees with nothing. */
function readNumber(text: string | null): number | null {
	return text === null ? null : /^\d{1,10}$/.test(text) ? Number(text) : NaN;
}
