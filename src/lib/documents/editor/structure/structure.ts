import { Extension } from '@tiptap/core';
import { inputRules, undoInputRule } from '@tiptap/pm/inputrules';
import { chainCommands, toggleMark } from '@tiptap/pm/commands';
import type { Command } from '@tiptap/pm/state';
import { Plugin } from '@tiptap/pm/state';
import type { ProfileId } from '../../schema/profiles.ts';
import { placeholderTyping, typedPlaceholders } from '../gaps/placeholder-typing.ts';
import { leavePlaceholder } from '../gaps/walk-gaps.ts';
import { stopAtFrame } from '../frame/guard.ts';
import { goOnBehindTable, leaveTable } from './behind-table.ts';
import { textBlock } from './blocks.ts';
import { enterAfterHeading, enterInArticleText, enterInLegalBasis, enterInProvision, enterInRecipients } from './enter.ts';
import { goToField, keepTabInRecipients } from './frame-fields.ts';
import { backspaceAtStart, deleteAtEnd, setLegalBasis, setLevel, setParagraph, shiftLevel } from './levels.ts';
import { moveBlock } from './move.ts';
import { normalForm } from './normal-form.ts';
import { titles } from './titles.ts';
import { typedBasis, typedEnactingLine } from './typed-frame.ts';
import { typedNumber, typedTitle } from './typed-numbers.ts';

/** The keys of legal structure, the numbers typed by hand, uids and normal form. */
export const Structure = Extension.create<{ profile: ProfileId }>({
	name: 'structure',
	priority: 500,
	addOptions: () => ({ profile: 'nd30' }),
	addKeyboardShortcuts() {
		const { profile } = this.options;
		const run = (...commands: Command[]) => {
			const command = chainCommands(...commands);
			return () => command(this.editor.state, this.editor.view.dispatch, this.editor.view);
		};
		const levels = ['part', 'chapter', 'section', 'article', 'clause', 'point', 'indent'] as const;
		return {
			Enter: run(
				typedTitle(profile),
				enterInProvision(profile),
				enterInArticleText,
				enterInLegalBasis,
				enterAfterHeading(profile),
				goToField(1),
				enterInRecipients
			),
			Tab: run(leavePlaceholder(1), goToField(1), keepTabInRecipients, shiftLevel(1, profile), keepTab),
			'Shift-Tab': run(leavePlaceholder(-1), goToField(-1), keepTabInRecipients, shiftLevel(-1, profile), keepTab),
			Backspace: run(undoInputRule, backspaceAtStart, stopAtFrame(-1)),
			Delete: run(deleteAtEnd, stopAtFrame(1)),
			ArrowDown: run(leaveTable('down')),
			ArrowRight: run(leaveTable('right')),
			'Mod-Enter': run(goOnBehindTable),
			'Alt-ArrowUp': run(moveBlock(-1)),
			'Alt-ArrowDown': run(moveBlock(1)),
			'Mod-.': run(toggleMark(this.editor.schema.marks.superscript)),
			'Mod-,': run(toggleMark(this.editor.schema.marks.subscript)),
			'Mod-Alt-0': run(setParagraph),
			'Mod-Alt-9': run(setLegalBasis),
			...Object.fromEntries(levels.map((level, index) => [`Mod-Alt-${index + 1}`, run(setLevel(level))]))
		};
	},
	addProseMirrorPlugins() {
		const { profile } = this.options;
		const rules = [typedNumber(profile), typedBasis(profile), typedEnactingLine()];
		return [inputRules({ rules }), typedPlaceholders(), placeholderTyping(), normalForm(), titles(), leaveByEscape()];
	}
});

/** At the ends of the ladder Tab does nothing rather than jump out of the text. */
const keepTab: Command = (state) => textBlock(state) !== null;

/** Escape, then Tab leaves the text for the next control: the keyboard is never caught in it. */
function leaveByEscape(): Plugin {
	let leaving = false;
	return new Plugin({
		props: {
			handleDOMEvents: {
				keydown: (_view, event) => {
					if (event.key === 'Shift') return false;
					const leavesNow = leaving && event.key === 'Tab';
					leaving = event.key === 'Escape';
					// True keeps the key from the editor and leaves it to the browser.
					return leavesNow;
				}
			}
		}
	});
}
