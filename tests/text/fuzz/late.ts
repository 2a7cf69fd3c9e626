import type { Node } from '@tiptap/pm/model';
import { documentToUpdate } from '../../../src/lib/text/body.ts';
import { Late } from '../support/late.ts';
import { readAnew } from '../support/people.ts';
import { actsOf } from './acts.ts';
import { firstDocument } from './first-document.ts';
import { Letters, Random, weighted } from './random.ts';

/**
 * Somebody does anything offline while others do anything to what the text was written anew as; then the one is brought to the other. Says what
 * went wrong: each letter that either wrote is there once, and each that neither took out is there.
 */
export function playLate({ seed, steps }: { seed: number; steps: number }): string[] {
	const random = new Random(seed * 7919);
	random.takeOverUids();
	const letters = new Letters();
	const late = new Late(
		documentToUpdate(firstDocument((count) => Array.from({ length: count }, () => letters.fresh(3)).join(' '), 3))
	);
	const pick = weighted(
		actsOf(random, letters).map((act) => [act, act.weight] as const),
		random
	);
	const before = lettersOf(late.live.doc);
	for (let step = 0; step < steps; step++) for (const person of [late.offline, late.live]) pick().act(person);
	const [wanted, now] = [lettersOf(late.offline.doc), lettersOf(late.live.doc)];
	if (late.offline.doc.eq(late.before.doc)) return [];
	const wrong: string[] = [];
	try {
		late.bringIn();
	} catch (error) {
		return [
			`throws ${String((error as Error).stack)
				.split('\n')
				.slice(0, 6)
				.join(' | ')}`
		];
	}
	const after = lettersOf(late.live.doc);
	for (const [whose, own, other] of [
		['offline', wanted, now],
		['live', now, wanted]
	] as const) {
		for (const letter of own.keys()) {
			const count = after.get(letter) ?? 0;
			if (!before.has(letter) ? count !== 1 : other.has(letter) && count < 1)
				wrong.push(`${whose}: letter ${letter} is there ${count} times`);
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
	for (const letter of doc.textContent)
		if (letter >= '\u4e00' && letter <= '\u9fff') counts.set(letter, (counts.get(letter) ?? 0) + 1);
	return counts;
}
