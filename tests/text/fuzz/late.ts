import type { Node } from '@tiptap/pm/model';
import { documentSchema } from '../../../src/lib/documents/schema/schema.ts';
import { documentToUpdate } from '../../../src/lib/text/body.ts';
import { Late } from '../support/late.ts';
import { readAnew } from '../support/people.ts';
import { actsOf } from './acts.ts';
import { Letters, Random } from './random.ts';

/**
 * Somebody does anything offline while others do anything to what the text was written anew as; then the one is brought to the other. Says what
 * went wrong: each letter that either wrote is there once, and each that neither took out is there.
 */
export function playLate({ seed, steps }: { seed: number; steps: number }): string[] {
	const random = new Random(seed * 7919);
	random.takeOverUids();
	const letters = new Letters();
	const late = new Late(documentToUpdate(firstDocument(letters)));
	const acts = actsOf(random, letters);
	const total = acts.reduce((sum, { weight }) => sum + weight, 0);
	const pick = () => {
		let at = random.next() * total;
		return acts.find(({ weight }) => (at -= weight) < 0) ?? acts[0];
	};
	const before = lettersOf(late.live.doc);
	for (let step = 0; step < steps; step++) for (const person of [late.offline, late.live]) pick().act(person);
	const [wanted, now] = [lettersOf(late.offline.doc), lettersOf(late.live.doc)];
	if (late.offline.doc.eq(late.before.doc)) return [];
	const wrong: string[] = [];
	try {
		late.bringIn();
	} catch (error) {
		return [`throws ${String((error as Error).stack).split('\n').slice(0, 6).join(' | ')}`];
	}
	const after = lettersOf(late.live.doc);
	for (const [whose, own, other] of [['offline', wanted, now], ['live', now, wanted]] as const) {
		for (const letter of own.keys()) {
			const count = after.get(letter) ?? 0;
			if (!before.has(letter) ? count !== 1 : other.has(letter) && count < 1) wrong.push(`${whose}: letter ${letter} is there ${count} times`);
		}
	}
	for (const letter of after.keys()) if (!wanted.has(letter) && !now.has(letter)) wrong.push(`letter ${letter} came back`);
	const uids = new Set<string>();
	late.live.doc.descendants(({ attrs: { uid } }) => {
		if (typeof uid === 'string' && uids.has(uid)) wrong.push(`${uid} is there twice`);
		uids.add(uid as string);
	});
	late.live.doc.check();
	if (!readAnew(late.live).eq(late.live.doc)) wrong.push('the editor shows something else than Yjs holds');
	late.destroy();
	return wrong;
}

/** How often each letter is there. */
function lettersOf(doc: Node): Map<string, number> {
	const counts = new Map<string, number>();
	for (const letter of doc.textContent) if (letter >= '\u4e00' && letter <= '\u9fff') counts.set(letter, (counts.get(letter) ?? 0) + 1);
	return counts;
}

const LEVELS = ['article', 'clause', 'point', 'point', 'clause', 'article', 'clause', 'clause'];

/** A small document that has everything, in words of three letters. */
function firstDocument(letters: Letters) {
	const { nodes } = documentSchema;
	const text = (words: number) => documentSchema.text(Array.from({ length: words }, () => letters.fresh(3)).join(' '));
	const paragraph = (uid: string | null, words: number) => nodes.paragraph.create({ uid }, text(words));
	const cell = (col: string) => nodes.tableCell.create({ col }, paragraph(null, 3));
	return documentSchema.node('doc', null, [
		nodes.documentHeader.create({ uid: 'head' }, ['agency', 'subject'].map((name) => nodes.headerField.create({ name }, text(3)))),
		...LEVELS.map((level, nth) => nodes.provision.create({ uid: `#${nth}`, level }, text(8))),
		nodes.bulletList.create(null, [
			nodes.listItem.create(null, [paragraph('l0', 4), nodes.bulletList.create(null, [nodes.listItem.create(null, [paragraph('l1', 4)])])]),
			nodes.listItem.create(null, [paragraph('l2', 4)])
		]),
		nodes.table.create({ uid: 'T' }, [0, 1, 2].map((row) => nodes.tableRow.create({ uid: `r${row}` }, [cell('c0'), cell('c1')]))),
		nodes.provision.create({ uid: '#9', level: 'article' }, text(8)),
		nodes.image.create({ uid: 'picture', src: '/api/files/1' }),
		paragraph('p', 6),
		nodes.recipients.create(null, [paragraph('to0', 4), paragraph('to1', 4)])
	]);
}
