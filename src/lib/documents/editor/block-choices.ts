import { m } from '$lib/i18n/paraglide/messages.js';
import type { Level } from '../../text/levels.ts';
import { isRomanSection } from '../numbering/counters.ts';
import { profileOf, type ProfileId } from '../schema/profiles.ts';
import type { SelectionFacts } from './selection-facts.ts';
import type { Command } from '@tiptap/pm/state';
import { setAppendix, setEnactingLine, setLegalBasis, setLevel, setParagraph } from './structure/levels.ts';

/** A kind of block that a person can choose for the block of the cursor. */
export interface BlockChoice {
	id: string;
	label: string;
	/** How it prints, as an example. */
	sample: string;
	shortcut?: string;
	command: Command;
	/** Other words to find it by. */
	keywords: string;
}

/** The kinds of block in the order of a document, those of the profile's family first. */
export function blockChoices(profile: ProfileId): BlockChoice[] {
	const isParty = profileOf(profile).family === 'party';
	const roman = `I${profileOf(profile).numbering.romanSuffix}`;
	const level = (id: Level, label: string, sample: string, shortcut: string, keywords: string): BlockChoice => ({
		id,
		label,
		sample,
		shortcut,
		keywords,
		command: setLevel(id)
	});
	const party: BlockChoice = {
		id: 'roman',
		label: m.editor_block_roman(),
		sample: roman,
		command: setLevel('section', isParty ? null : 'roman'),
		keywords: 'I II III la ma muc'
	};
	const state = [
		level('part', m.editor_block_part(), 'Phần I', 'Ctrl Alt 1', 'phan'),
		level('chapter', m.editor_block_chapter(), 'Chương I', 'Ctrl Alt 2', 'chuong'),
		...(isParty ? [] : [level('section', m.editor_block_section(), 'Mục 1', 'Ctrl Alt 3', 'muc')]),
		...(isParty ? [] : [level('subsection', m.editor_block_subsection(), 'Tiểu mục 1', '', 'tieu muc')]),
		level('article', m.editor_block_article(), 'Điều 1.', 'Ctrl Alt 4', 'dieu')
	];
	const common = [
		level('clause', m.editor_block_clause(), '1.', 'Ctrl Alt 5', 'khoan'),
		level('point', m.editor_block_point(), 'a)', 'Ctrl Alt 6', 'diem'),
		level('indent', m.editor_block_indent(), '-', 'Ctrl Alt 7', 'gach dau dong')
	];
	return [
		...(isParty ? [party, ...common, ...state] : [...state, party, ...common]),
		{
			id: 'paragraph',
			label: m.editor_block_paragraph(),
			sample: '¶',
			shortcut: 'Ctrl Alt 0',
			command: setParagraph,
			keywords: 'doan van'
		},
		{
			id: 'legalBasis',
			label: m.editor_block_legal_basis(),
			sample: 'Căn cứ',
			shortcut: 'Ctrl Alt 9',
			command: setLegalBasis,
			keywords: 'can cu'
		},
		{
			id: 'enactingLine',
			label: m.editor_block_enacting_line(),
			sample: 'QUYẾT NGHỊ:',
			command: setEnactingLine,
			keywords: 'quyet nghi quyet dinh'
		},
		{
			id: 'appendix',
			label: m.editor_block_appendix(),
			sample: 'Phụ lục',
			command: setAppendix,
			keywords: 'phu luc'
		}
	];
}

/** Which of the choices the block of the cursor is; null for a table, image or frame block. */
export function currentChoice(facts: SelectionFacts | null, profile: ProfileId): string | null {
	if (!facts) return null;
	if (isRomanSection(facts.level, facts.mark, profileOf(profile))) return 'roman';
	return facts.level ?? (facts.inTable ? null : facts.block);
}

/** The name of a block that is no choice. */
export function blockName(block: string): string {
	switch (block) {
		case 'documentHeader':
			return m.editor_block_header();
		case 'signature':
			return m.editor_block_signature();
		case 'recipients':
			return m.editor_block_recipients();
		case 'table':
			return m.editor_block_table();
		case 'bulletList':
			return m.editor_block_list();
		case 'image':
			return m.editor_block_image();
		default:
			return m.editor_block_paragraph();
	}
}
