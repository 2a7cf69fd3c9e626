import type { Command } from '@tiptap/pm/state';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { MenuItem } from '$lib/ui/controls/menu.ts';
import type { EditorSession } from '../editor-session.svelte.ts';
import { profileOf } from '../../schema/profiles.ts';
import { enactingWords } from '../../templates/frame-parts.ts';
import { writeAttachedLine } from './appendix-marks.ts';
import { addFramePart, removeFramePart } from './parts.ts';
import type { FramePart } from './places.ts';

/** A missing part of the frame that can be put in. */
interface FrameChoice {
	id: string;
	label: string;
	/** Other words to find it by. */
	keywords: string;
	command: Command;
}

/** The parts of the frame that the document does not have and its form knows. */
export function frameChoices({ missing, frame }: Pick<EditorSession, 'missing' | 'frame'>): FrameChoice[] {
	const facts = frame();
	return missing
		.filter((part) => part !== 'enactingLine' || enactingWords(facts) !== null)
		.map((part) => ({ id: `add-${part}`, ...WORDS[part](), command: addFramePart(part, facts) }));
}

/** What the menu of blocks has for the frame: what can be put in, and taking out the part that the caret is in. */
export function frameItems(session: EditorSession): MenuItem[] {
	const items: MenuItem[] = frameChoices(session).map(({ label, command }) => ({
		label,
		onselect: () => void session.run(command)
	}));
	const write = writeAttachedLine(profileOf(session.profile));
	if (session.can(write)) items.push({ label: m.editor_frame_write_attached(), onselect: () => void session.run(write) });
	const remove = removeLabel(session.selection?.block);
	if (remove) items.push({ label: remove, danger: true, onselect: () => void session.run(removeFramePart) });
	return items.length ? ['separator', ...items] : [];
}

const WORDS: Record<FramePart, () => { label: string; keywords: string }> = {
	documentHeader: () => ({ label: m.editor_frame_add_header(), keywords: 'phan dau quoc hieu header' }),
	legalBasis: () => ({ label: m.editor_frame_add_legal_basis(), keywords: 'can cu' }),
	enactingLine: () => ({ label: m.editor_frame_add_enacting_line(), keywords: 'quyet nghi quyet dinh' }),
	recipients: () => ({ label: m.editor_frame_add_recipients(), keywords: 'noi nhan recipients' }),
	signature: () => ({ label: m.editor_frame_add_signature(), keywords: 'chu ky signature' }),
	appendix: () => ({ label: m.editor_frame_add_appendix(), keywords: 'phu luc' })
};

function removeLabel(block: string | undefined): string | null {
	switch (block) {
		case 'documentHeader':
			return m.editor_frame_remove_header();
		case 'recipients':
			return m.editor_frame_remove_recipients();
		case 'signature':
			return m.editor_frame_remove_signature();
		default:
			return null;
	}
}
