import {
	chainCommands,
	createParagraphNear,
	deleteSelection,
	joinTextblockForward,
	liftEmptyBlock,
	splitBlock
} from '@tiptap/pm/commands';
import type { Node } from '@tiptap/pm/model';
import { splitListItem } from '@tiptap/pm/schema-list';
import { type Command, Selection } from '@tiptap/pm/state';
import { newUid } from '../../src/lib/base/ids.ts';
import {
	enterAfterHeading,
	enterInLegalBasis,
	enterInProvision,
	enterInRecipients
} from '../../src/lib/documents/editor/structure/enter.ts';
import { levelInPlace } from '../../src/lib/documents/editor/structure/ladder.ts';
import {
	deleteAtEnd,
	setAppendix,
	setEnactingLine,
	setLegalBasis,
	setLevel,
	setParagraph,
	shiftLevel
} from '../../src/lib/documents/editor/structure/levels.ts';
import { moveSubtree } from '../../src/lib/documents/editor/structure/move.ts';
import type { ProfileId } from '../../src/lib/documents/schema/profiles.ts';
import { allLeaves } from '../../src/lib/text/leaves.ts';
import { isLevel, LEVELS } from '../../src/lib/text/levels.ts';
import type { Editing } from '../text/support/person.ts';
import { blockIn, type BlockName, type NamedBlock, oneOf, placeIn, words } from './block-places.ts';

const MARKS = ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript'] as const;
const KINDS = { paragraph: setParagraph, legalBasis: setLegalBasis, enactingLine: setEnactingLine, appendix: setAppendix };

export interface Place {
	block: BlockName;
	/** Letters in front of it; the end when absent. */
	at?: number;
}

export interface Stretch {
	block: BlockName;
	/** From the beginning when absent, to the end when absent. */
	from?: number;
	to?: number;
}

/**
 * What a person does at the keyboard, on blocks named by uid or number and places named by letters, with the commands of
 * the application's own editor. Each act is undone by itself. Values are checked: they may come from another program.
 */
export abstract class BlockActs {
	/** The editor; throws when nothing can be edited now. */
	protected abstract editor(): Editing;
	protected profile: ProfileId = 'nd30';

	type({ text, ...place }: Place & { text: string }): void {
		const letters = words('text', text);
		if (letters === '') throw new RangeError('text is empty');
		if (/[\n\r]/.test(letters)) throw new RangeError('text has a line end: a new line is hardBreak, a new block is split');
		this.act((editor) => {
			editor.select(placeIn(editor.doc, place.block, place.at));
			editor.type(letters);
		});
	}

	mark({ mark, ...stretch }: Stretch & { mark: string }): void {
		const name = oneOf('mark', mark, MARKS);
		this.act((editor) => editor.dispatch(editor.state.tr.addMark(...this.#ends(stretch), editor.schema.marks[name].create())));
	}

	unmark({ mark, ...stretch }: Stretch & { mark: string }): void {
		const name = oneOf('mark', mark, MARKS);
		this.act((editor) => editor.dispatch(editor.state.tr.removeMark(...this.#ends(stretch), editor.schema.marks[name])));
	}

	/** Deletes letters, also across blocks up to `to` letters of `toBlock`. */
	delete({ toBlock, ...stretch }: Stretch & { toBlock?: BlockName }): void {
		this.act((editor) => {
			const [from, to] = this.#ends(stretch, toBlock);
			editor.select(from, to);
			this.run(deleteSelection, 'deleted');
		});
	}

	deleteBlock({ block }: { block: BlockName }): void {
		this.act((editor) => {
			const { from, node } = blockIn(editor.doc, block);
			editor.dispatch(editor.state.tr.deleteRange(from, from + node.nodeSize));
		});
	}

	/** Enter: answers the uid of the block that it made, null when it made none. */
	split(place: Place): string | null {
		return this.making((editor) => {
			const { profile } = this;
			editor.select(placeIn(editor.doc, place.block, place.at));
			const enter = [enterInProvision(profile), enterInLegalBasis, enterAfterHeading(profile), enterInRecipients];
			this.run(
				chainCommands(...enter, splitListItem(editor.schema.nodes.listItem), createParagraphNear, liftEmptyBlock, splitBlock),
				'split'
			);
		});
	}

	/** Joins a block to the one above, which keeps its uid. */
	join({ block }: { block: BlockName }): void {
		this.act((editor) => {
			const { nth } = blockIn(editor.doc, block);
			if (nth === 0) throw new RangeError('the first block has none above');
			editor.select(placeIn(editor.doc, nth - 1));
			this.run(chainCommands(deleteAtEnd, joinTextblockForward), 'joined to the one above');
		});
	}

	/** Moves a block with all that belongs to it in front of another; to the end when `before` is null. */
	move({ block, before }: { block: BlockName; before: BlockName | null }): void {
		this.act((editor) => {
			const { doc } = editor;
			const target = before === null ? doc.childCount : topLevel(blockIn(doc, before), before).index;
			this.run(moveSubtree(topLevel(blockIn(doc, block), block).index, target), 'moved there');
		});
	}

	/** Shift-Tab: the block and all that belongs to it go a step up. */
	levelUp({ block }: { block: BlockName }): void {
		this.#actOn(block, () => shiftLevel(-1, this.profile), 'moved a level up');
	}

	/** Tab: the block and all that belongs to it go a step down. */
	levelDown({ block }: { block: BlockName }): void {
		this.#actOn(block, () => shiftLevel(1, this.profile), 'moved a level down');
	}

	setLevel({ block, level }: { block: BlockName; level: string }): void {
		if (!isLevel(level)) throw new RangeError(`level must be one of ${LEVELS.join(', ')}`);
		this.#actOn(block, () => setLevel(level), `made a ${level}`);
	}

	/** Makes it another kind of block; a `provision` gets the level that is usual where it stands. */
	setKind({ block, kind }: { block: BlockName; kind: string }): void {
		const name = oneOf('kind', kind, ['provision', ...(Object.keys(KINDS) as (keyof typeof KINDS)[])] as const);
		this.#actOn(
			block,
			({ index }) => (name === 'provision' ? setLevel(levelInPlace(this.editor().doc, index, this.profile)) : KINDS[name]),
			`made a ${name}`
		);
	}

	footnote({ text, ...place }: Place & { text: string }): void {
		const note = words('text', text);
		this.#insert(place, (editor) => editor.schema.nodes.footnote.create({ uid: newUid(), text: note }));
	}

	hardBreak(place: Place): void {
		this.#insert(place, (editor) => editor.schema.nodes.hardBreak.create());
	}

	undo(): void {
		if (!this.editor().undo()) throw new RangeError('there is nothing to undo');
	}

	redo(): void {
		if (!this.editor().redo()) throw new RangeError('there is nothing to redo');
	}

	/** What comes after is undone apart from it. */
	protected act(act: (editor: Editing) => void): void {
		const editor = this.editor();
		editor.beginStep();
		act(editor);
	}

	protected making(act: (editor: Editing) => void): string | null {
		const uids = () => allLeaves(this.editor().doc).map(({ uid }) => uid);
		const known = new Set(uids());
		this.act(act);
		return uids().find((uid) => !known.has(uid)) ?? null;
	}

	protected run(command: Command, done: string): void {
		if (!this.editor().run(command)) throw new RangeError(`the block cannot be ${done}`);
	}

	#actOn(block: BlockName, command: (block: NamedBlock) => Command, done: string): void {
		this.act(() => this.onBlock(block, command, done));
	}

	/** Runs a command with the caret in a block. */
	protected onBlock(block: BlockName, command: (block: NamedBlock) => Command, done: string): void {
		const editor = this.editor();
		const found = blockIn(editor.doc, block);
		const inside = editor.doc.resolve(found.node.isLeaf ? found.from : found.from + 1);
		editor.dispatch(editor.state.tr.setSelection(Selection.near(inside)));
		this.run(command(found), done);
	}

	#insert(place: Place, node: (editor: Editing) => Node): void {
		this.act((editor) => editor.dispatch(editor.state.tr.insert(placeIn(editor.doc, place.block, place.at), node(editor))));
	}

	#ends({ block, from = 0, to }: Stretch, toBlock: BlockName = block): [number, number] {
		const { doc } = this.editor();
		const ends: [number, number] = [placeIn(doc, block, from, 'from'), placeIn(doc, toBlock, to, 'to')];
		if (ends[0] >= ends[1]) throw new RangeError('there is nothing between the two places');
		return ends;
	}
}

function topLevel(found: NamedBlock, name: BlockName): NamedBlock {
	if (!found.isTopLevel) throw new RangeError(`block ${name} is a line of a list: it does not move by itself`);
	return found;
}
