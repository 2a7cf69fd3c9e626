import { Fragment, type Node, type NodeType, Slice } from '@tiptap/pm/model';
import { joinBackward, splitBlock } from '@tiptap/pm/commands';
import { liftListItem, sinkListItem, splitListItem } from '@tiptap/pm/schema-list';
import type { Command } from '@tiptap/pm/state';
import {
	addColumnAfter,
	addColumnBefore,
	addRowAfter,
	CellSelection,
	deleteColumn,
	deleteRow,
	mergeCells,
	splitCell,
	toggleHeaderRow
} from '@tiptap/pm/tables';
import { enterInProvision } from '../../../src/lib/documents/editor/structure/enter.ts';
import { deleteAtEnd, shiftLevel } from '../../../src/lib/documents/editor/structure/levels.ts';
import { moveBlock, moveSubtree } from '../../../src/lib/documents/editor/structure/move.ts';
import type { Person } from '../support/person.ts';
import type { Letters, Random } from './random.ts';

/** What a random person may do at any moment. */
export interface Act {
	name: string;
	/** How often, beside the others. */
	weight: number;
	act: (person: Person) => void;
}

/** A text block with its position and that of its first letter. */
interface Spot {
	node: Node;
	/** Of the node. */
	from: number;
	/** The top-level block it is in. */
	index: number;
}

const LONGEST = 28;

export function actsOf(random: Random, letters: Letters): Act[] {
	const texts = (person: Person, is: (node: Node, depth: number) => boolean = () => true): Spot[] => {
		const found: Spot[] = [];
		person.doc.descendants((node, from) => {
			if (!node.isTextblock) return true;
			const $from = person.doc.resolve(from);
			if (is(node, $from.depth)) found.push({ node, from, index: $from.index(0) });
			return false;
		});
		return found;
	};
	const anyText = (person: Person) => random.pick(texts(person));
	const topText = (person: Person, name?: string) =>
		pickOrNull(texts(person, (node, depth) => depth === 0 && (!name || node.type.name === name)));
	const pickOrNull = <T>(list: T[]): T | null => (list.length > 0 ? random.pick(list) : null);
	const within = ({ node, from }: Spot) => from + 1 + random.below(node.content.size + 1);
	const stretch = ({ node, from }: Spot, longest: number): [number, number] => {
		const start = random.below(node.content.size);
		return [from + 1 + start, from + 1 + Math.min(node.content.size, start + 1 + random.below(longest))];
	};
	const filled = (person: Person) => pickOrNull(texts(person, (node) => node.content.size > 0));
	const cellText = (person: Person) =>
		pickOrNull(texts(person, () => true).filter(({ index }) => person.doc.child(index).type.name === 'table'));
	const inCell = (act: (person: Person) => void) => (person: Person) => {
		const spot = cellText(person);
		if (!spot) return;
		person.select(within(spot));
		act(person);
	};
	const running = (command: Command) => inCell((person) => void person.run(command));
	const inList = (act: (person: Person) => void) => (person: Person) => {
		const spot = pickOrNull(texts(person).filter(({ from }) => person.doc.resolve(from).parent.type.name === 'listItem'));
		if (!spot) return;
		person.select(within(spot));
		act(person);
	};
	const listItem = (person: Person): NodeType => person.schema.nodes.listItem;
	const kinds = ['provision', 'legalBasis', 'paragraph', 'enactingLine'];
	const provision = (person: Person, text: string) =>
		person.schema.nodes.provision.create({ level: random.pick(['clause', 'point']) }, text ? person.schema.text(text) : null);

	return [
		{
			name: 'type',
			weight: 4,
			act: (person) => {
				person.select(within(anyText(person)));
				person.type(letters.fresh(1 + random.below(3)));
			}
		},
		{
			name: 'type bold',
			weight: 1,
			act: (person) =>
				void person.dispatch(
					person.state.tr.insert(
						within(anyText(person)),
						person.schema.text(letters.fresh(2), [person.schema.marks.bold.create()])
					)
				)
		},
		{
			name: 'mark',
			weight: 1,
			act: (person) => {
				const spot = filled(person);
				if (spot) person.dispatch(person.state.tr.addMark(...stretch(spot, 6), person.schema.marks.bold.create()));
			}
		},
		{
			name: 'unmark',
			weight: 1,
			act: (person) => {
				const spot = filled(person);
				if (spot) person.dispatch(person.state.tr.removeMark(...stretch(spot, 6), person.schema.marks.bold));
			}
		},
		{
			name: 'raise or lower',
			weight: 1,
			act: (person) => {
				const spot = filled(person);
				if (spot)
					person.dispatch(
						person.state.tr.addMark(...stretch(spot, 4), person.schema.marks[random.pick(['superscript', 'subscript'])].create())
					);
			}
		},
		{
			name: 'delete',
			weight: 2,
			act: (person) => {
				const spot = filled(person);
				if (spot) person.dispatch(person.state.tr.delete(...stretch(spot, 4)));
			}
		},
		{
			name: 'replace several',
			weight: 1,
			act: (person) => {
				const spot = pickOrNull(texts(person, (node) => node.content.size > 5));
				if (!spot) return;
				const change = person.state.tr;
				for (const at of [spot.node.content.size - 1, Math.floor(spot.node.content.size / 2), 0])
					change.insertText(letters.fresh(1), spot.from + 1 + at, spot.from + 2 + at);
				person.dispatch(change);
			}
		},
		{
			name: 'footnote',
			weight: 1,
			act: (person) =>
				void person.dispatch(
					person.state.tr.insert(
						within(anyText(person)),
						person.schema.nodes.footnote.create({ uid: letters.name('f'), text: 'x' })
					)
				)
		},
		{
			name: 'reference',
			weight: 1,
			act: (person) =>
				void person.dispatch(
					person.state.tr.insert(
						within(anyText(person)),
						person.schema.nodes.reference.create({ uid: letters.name('r'), target: '#0', text: 'Điều 1' })
					)
				)
		},
		{
			name: 'break',
			weight: 1,
			act: (person) =>
				void person.dispatch(person.state.tr.insert(within(anyText(person)), person.schema.nodes.hardBreak.create()))
		},
		{
			name: 'edit footnote',
			weight: 1,
			act: (person) => {
				const places: number[] = [];
				person.doc.descendants((node, at) => void (node.type.name === 'footnote' && places.push(at)));
				const at = pickOrNull(places);
				if (at !== null) person.dispatch(person.state.tr.setNodeAttribute(at, 'text', letters.name('note ')));
			}
		},
		{
			name: 'split',
			weight: 2,
			act: (person) => {
				const spot = topText(person, 'provision');
				if (!spot || person.doc.childCount > LONGEST) return;
				person.select(within(spot));
				person.run(enterInProvision('nd30'));
				if (random.isLikely(0.3)) person.type(letters.fresh(2));
			}
		},
		{
			name: 'join',
			weight: 1,
			act: (person) => {
				const spot = topText(person);
				if (!spot) return;
				person.select(spot.from + 1 + spot.node.content.size);
				person.run(deleteAtEnd);
			}
		},
		{
			name: 'move block',
			weight: 1,
			act: (person) => {
				const spot = topText(person);
				if (!spot) return;
				person.select(spot.from + 1);
				person.run(moveBlock(random.isLikely(0.5) ? 1 : -1));
			}
		},
		{
			name: 'move subtree',
			weight: 1,
			act: (person) => void person.run(moveSubtree(random.below(person.doc.childCount), random.below(person.doc.childCount + 1)))
		},
		{
			name: 'shift level',
			weight: 1,
			act: (person) => {
				const spot = topText(person, 'provision');
				if (!spot) return;
				person.select(spot.from + 1);
				person.run(shiftLevel(random.isLikely(0.5) ? 1 : -1, 'nd30'));
			}
		},
		{
			name: 'kind',
			weight: 1,
			act: (person) => {
				const spot = topText(person);
				if (spot)
					person.dispatch(
						person.state.tr.setNodeMarkup(spot.from, person.schema.nodes[random.pick(kinds)], {
							uid: spot.node.attrs.uid,
							level: 'clause'
						})
					);
			}
		},
		{
			name: 'align',
			weight: 1,
			act: (person) => {
				const spot = pickOrNull(texts(person, (node) => node.type.name === 'paragraph'));
				if (spot) person.dispatch(person.state.tr.setNodeAttribute(spot.from, 'align', random.pick(['center', 'right'])));
			}
		},
		{
			name: 'delete across',
			weight: 1,
			act: (person) => {
				const spot = topText(person);
				const next = spot && person.doc.maybeChild(spot.index + 1);
				if (!spot || !next?.isTextblock) return;
				person.dispatch(
					person.state.tr.delete(within(spot), spot.from + spot.node.nodeSize + 1 + random.below(next.content.size + 1))
				);
			}
		},
		{
			name: 'delete block',
			weight: 1,
			act: (person) => {
				if (person.doc.childCount < 4) return;
				const index = random.below(person.doc.childCount);
				person.deleteBlock(index);
			}
		},
		{
			name: 'paste',
			weight: 1,
			act: (person) => {
				const spot = topText(person);
				if (!spot || person.doc.childCount > LONGEST) return;
				const pasted = [letters.fresh(2), letters.fresh(1), letters.fresh(2)].map((text) => provision(person, text));
				person.paste(within(spot), new Slice(Fragment.fromArray(pasted), 1, 1));
			}
		},
		{ name: 'type in cell', weight: 2, act: inCell((person) => person.type(letters.fresh(1 + random.below(2)))) },
		{ name: 'new line in cell', weight: 1, act: running(splitBlock) },
		{
			name: 'join lines in cell',
			weight: 1,
			act: (person) => {
				const spot = cellText(person);
				if (!spot) return;
				person.select(spot.from + 1);
				if (person.state.selection.$from.index(-1) > 0) person.run(joinBackward);
			}
		},
		{ name: 'add row', weight: 1, act: running(addRowAfter) },
		{ name: 'add column', weight: 1, act: running(random.isLikely(0.5) ? addColumnAfter : addColumnBefore) },
		{ name: 'delete row', weight: 0.7, act: running(deleteRow) },
		{
			name: 'delete column',
			weight: 0.7,
			act: inCell((person) => {
				// Where a cell reaches over several columns, taking out its first moves its letters.
				const table = person.state.selection.$from.node(1);
				if (table.children.every((row) => row.children.every(({ attrs }) => attrs.colspan === 1))) person.run(deleteColumn);
			})
		},
		{ name: 'header row', weight: 0.3, act: running(toggleHeaderRow) },
		{
			name: 'merge cells',
			weight: 0.5,
			act: inCell((person) => {
				const { $from } = person.state.selection;
				const cell = $from.before($from.depth - 1);
				const row = $from.node($from.depth - 2);
				const at = $from.index($from.depth - 2);
				// Merging moves letters where both have some; what that means for others is told in a story, not here.
				if (
					row.type.name !== 'tableRow' ||
					at + 1 >= row.childCount ||
					row.child(at + 1).textContent !== '' ||
					row.child(at + 1).childCount > 1 ||
					row.child(at + 1).firstChild!.childCount > 0
				)
					return;
				person.dispatch(person.state.tr.setSelection(CellSelection.create(person.doc, cell, cell + row.child(at).nodeSize)));
				person.run(mergeCells);
			})
		},
		{ name: 'split cell', weight: 0.4, act: running(splitCell) },
		{
			name: 'move row',
			weight: 0.5,
			act: (person) => {
				person.doc.forEach((table, from) => {
					if (
						table.type.name !== 'table' ||
						table.childCount < 2 ||
						table.children.some((row) => row.children.some(({ attrs }) => attrs.rowspan > 1))
					)
						return;
					const rows = [...table.children];
					const [row] = rows.splice(random.below(rows.length), 1);
					rows.splice(random.below(rows.length + 1), 0, row);
					person.dispatch(person.state.tr.replaceWith(from, from + table.nodeSize, table.copy(Fragment.fromArray(rows))));
				});
			}
		},
		{ name: 'new list line', weight: 1, act: inList((person) => void person.run(splitListItem(listItem(person)))) },
		{ name: 'indent list line', weight: 0.6, act: inList((person) => void person.run(sinkListItem(listItem(person)))) },
		{ name: 'lift list line', weight: 0.6, act: inList((person) => void person.run(liftListItem(listItem(person)))) }
	];
}
