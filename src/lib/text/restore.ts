/** Texts, and provisions of them, become again what they were. Each function plans a part of an edit, as those of `edits.ts`. */
import type { Node } from '@tiptap/pm/model';
import { docOf, replaceContent, withWhatBelongs } from './edits.ts';
import { grouped } from './groups.ts';
import { allLeaves } from './leaves.ts';
import { linesOf, show, uidOf } from './lines.ts';
import type { PlannedEdit } from './planned-edit.ts';

/** The text becomes these blocks: those that it has keep their letters, others are taken out or put there again. */
export function restore(edit: PlannedEdit, blocks: readonly unknown[]): void {
	const { schema } = edit.model;
	const wanted = docOf(schema, blocks, new Set());
	const known = new Map(allLeaves(edit.doc).map((leaf) => [leaf.uid, leaf.node]));
	for (const { uid, node } of allLeaves(wanted)) {
		const now = known.get(uid);
		if (!now || now === node) continue;
		if (now.isTextblock && node.isTextblock) replaceUnlessSame(edit, uid, now, node);
		else if (node.firstChild?.type.name === 'headerField') {
			for (const field of node.children) {
				const before = now.children.find(({ attrs }) => attrs.name === field.attrs.name);
				if (before) replaceUnlessSame(edit, `${uid}:${field.attrs.name}`, before, field);
			}
		}
	}
	show(edit, linesOf(wanted));
}

/**
 * A provision, with what belonged to it in these blocks, becomes again what it was there; all else stays. One that is in the text
 * keeps its place; one that is not comes behind what stood in front of it, as far as that is there. What belongs to it now
 * and did not then goes.
 * @throws NotFound when it is not among the blocks
 */
export function restoreProvision(edit: PlannedEdit, blocks: readonly unknown[], uid: string): void {
	const { schema } = edit.model;
	const then = linesOf(docOf(schema, blocks, new Set()));
	const own = withWhatBelongs(then, uid);
	const now = linesOf(edit.doc);
	const at = now.findIndex((line) => uidOf(line) === uid);
	const replaced = new Set([...own, ...(at < 0 ? [] : withWhatBelongs(now, uid))].map(uidOf));
	const rest = now.filter((line) => !replaced.has(uidOf(line)));
	const isLeft = new Set(rest.map(uidOf));
	const inFront = (at < 0 ? then.slice(0, then.indexOf(own[0])) : now.slice(0, at)).findLast((line) => isLeft.has(uidOf(line)));
	const place = inFront ? rest.findIndex((line) => uidOf(line) === uidOf(inFront)) + 1 : 0;
	restore(edit, grouped(rest.toSpliced(place, 0, ...own), schema));
}

function replaceUnlessSame(edit: PlannedEdit, name: string, now: Node, wanted: Node): void {
	if (!now.content.eq(wanted.content)) replaceContent(edit, name, wanted.content);
}
