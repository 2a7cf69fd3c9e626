import type * as Y from 'yjs';
import { newDoc } from '../../../src/lib/text/new-doc.ts';
import { seeded } from './seeded.ts';

const TEXTS = 100;

/** Some texts in which so many sessions have each typed a word or two and taken some letters out, somewhere. */
export function ofManySessions(sessions: number): Y.Doc {
	return visited(
		newDoc(),
		Array.from({ length: TEXTS }, (_, nth) => `text${nth}`),
		sessions
	);
}

/** A document that so many sessions have edited so, each in any of these texts. */
export function visited(doc: Y.Doc, names: readonly string[], sessions: number): Y.Doc {
	const random = seeded(7);
	const upTo = (most: number) => Math.floor(random() * most);
	// In one transaction: of many, each would look at all that were here before.
	doc.transact(() => {
		for (let session = 1; session <= sessions; session++) {
			doc.clientID = session;
			for (let edit = 0; edit < 2; edit++) {
				const text = doc.getText(names[upTo(names.length)]);
				const at = upTo(text.length + 1);
				text.insert(at, 'điều khoản ');
				if (at > 4) text.delete(at - 4, 3);
			}
		}
	});
	return doc;
}
