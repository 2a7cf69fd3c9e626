import type { App } from '../server/app.ts';
import { bringIn, type BroughtIn } from '../text/bring-in.ts';
import { type LateWork, lateWork } from '../text/late-work.ts';
import { restore, restoreProvision } from '../text/restore.ts';

/** Makes texts what they were. The process holds one, since pages have classes of their own for what texts consist of. */
export interface Restoring {
	/**
	 * The text becomes these blocks, or its provision `uid` with what belongs to it what it is among them, for a person. Answers
	 * what takes it back; null when it said the same already.
	 */
	restore(documentId: string, blocks: readonly unknown[], uid: string | null, personId: string): Promise<LateWork | null>;
	/** Takes it back: what others did since stays. `said` stands in front of what would undo their words, and is kept beside. */
	takeBack(documentId: string, inverse: LateWork, said: string, personId: string): Promise<BroughtIn>;
}

export function createRestoring({ sync }: Pick<App, 'sync'>): Restoring {
	return {
		async restore(documentId, blocks, uid, personId) {
			let inverse: LateWork | null = null;
			await sync.applyServerEdit(
				documentId,
				(edit) => {
					const before = edit.doc;
					if (uid === null) restore(edit, blocks);
					else restoreProvision(edit, blocks, uid);
					inverse = lateWork(edit.doc, before);
				},
				{ personId }
			);
			return inverse;
		},
		async takeBack(documentId, inverse, said, personId) {
			let brought: BroughtIn = { applied: 0, beside: 0 };
			await sync.applyServerEdit(documentId, (edit) => void (brought = bringIn(edit, inverse, said)), { personId });
			return brought;
		}
	};
}
