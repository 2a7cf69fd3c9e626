/** Begins the key under which a copy counts edits that are not acknowledged. */
export const MARKER = 'unsaved:';

export interface CopyOf {
	personId: string;
	documentId: string;
	epoch: number;
}

/** What the names of copies begin with: a document's, a person's or all. */
export function prefixOf(...of: [personId?: string, documentId?: string]): string {
	return ['plenum', ...of.filter((part) => part !== undefined), ''].join(':');
}

export function nameOf({ personId, documentId, epoch }: CopyOf): string {
	return prefixOf(personId, documentId) + String(epoch);
}
