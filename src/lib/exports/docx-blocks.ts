import { AlignmentType, ImageRun, LineRuleType, Paragraph, Table, TextRun, type IParagraphOptions } from 'docx';
import type { Profile } from '../documents/schema/profiles.ts';
import { closingOf, evenly, headerOf } from './docx-frame.ts';
import { paragraphOf } from './docx-inline.ts';
import { mm, pt, runStyle, STYLES } from './docx-styles.ts';
import { tableOf } from './docx-table.ts';
import type { LoadedImage } from './images.ts';
import { runsText, type AppendixBlock, type Inline, type OutlineBlock, type ProvisionBlock } from './outline.ts';

/** The marks of a bullet list, by depth; written as text like every number, so that no Word list changes them. */
const BULLETS = ['•', '◦', '▪'];
/** How far each level of a list is set in, in millimetres. */
const NESTED_INDENT = 6.35;

/** What surrounds the blocks being printed. */
export interface Place {
	/** Width of the text in millimetres. */
	width: number;
	cell: 'none' | 'head' | 'body';
	depth: number;
}

/** Prints the blocks of an outline as Word paragraphs and tables. */
export class DocxPrinter {
	private readonly profile: Profile;
	private readonly images: Map<string, LoadedImage>;

	constructor(profile: Profile, images: Map<string, LoadedImage>) {
		this.profile = profile;
		this.images = images;
	}

	/** @param startsPage the first block opens a page anyhow, so an appendix there breaks none */
	blocks(blocks: readonly OutlineBlock[], place: Place, startsPage = false): (Paragraph | Table)[] {
		return blocks.flatMap((block, index) => {
			const next = blocks[index + 1]?.type;
			const afterTable = blocks[index - 1]?.type === 'table' || blocks[index - 1]?.type === 'closing';
			const options: IParagraphOptions = {
				...(afterTable && place.cell === 'none' ? { spacing: { before: pt(10) } } : {}),
				// A signature never stands alone on the last page, nor a table without what announces it.
				...(next === 'closing' || next === 'table' ? { keepNext: true } : {})
			};
			return this.block(block, place, options, startsPage && index === 0);
		});
	}

	private block(block: OutlineBlock, place: Place, options: IParagraphOptions, startsPage: boolean): (Paragraph | Table)[] {
		switch (block.type) {
			case 'header':
				return headerOf(block, this.profile);
			case 'issuer':
				return [paragraphOf(block.runs, { style: STYLES.enacting, ...options })];
			case 'legalBasis':
				return [paragraphOf(block.runs, { style: STYLES.basis, ...options }, undefined, textRuns(block.prefix))];
			case 'enactingLine':
				return [paragraphOf(block.runs, { style: STYLES.enacting, ...options })];
			case 'provision':
				return this.provision(block, place, options);
			case 'paragraph':
				return [this.paragraph(block, place, options)];
			case 'list':
				return this.list(block, place);
			case 'table':
				return this.table(block, place);
			case 'image':
				return [this.image(block, place, options)];
			case 'closing':
				return [closingOf(block, this.profile)];
			case 'appendix':
				return this.appendix(block, place, startsPage);
		}
	}

	private provision(block: ProvisionBlock, place: Place, options: IParagraphOptions): Paragraph[] {
		const own = { ...options, ...this.inPlace(place) };
		const style = this.profile.titles[block.roman ? 'romanSection' : (block.level as 'article')];
		if (block.level !== 'article' && style?.titleBelow) {
			const title = { ...own, style: STYLES.divisionTitle, outlineLevel: outlineLevel(block) };
			const label = { ...own, style: STYLES.division, outlineLevel: outlineLevel(block) };
			const capitals = { ...style, caps: block.level !== 'subsection' };
			const even = place.cell === 'none' ? evenly(block.runs, capitals, place.width) : {};
			const below = block.runs.length > 0 ? [paragraphOf(block.runs, { ...title, ...even }, { caps: capitals.caps })] : [];
			return [paragraphOf([], label, undefined, textRuns(block.label)), ...below];
		}
		const gap = block.label !== '' && block.runs.length > 0 ? ' ' : '';
		const boldLabel = block.level === 'article' && !block.titled;
		const label = textRuns(block.label + gap, boldLabel ? { bold: true } : {});
		return [
			paragraphOf(
				block.runs,
				{ style: styleOf(block), outlineLevel: outlineLevel(block), ...own },
				block.roman ? CAPITALS : undefined,
				label
			)
		];
	}

	private paragraph(block: OutlineBlock & { type: 'paragraph' }, place: Place, options: IParagraphOptions): Paragraph {
		const own: IParagraphOptions = { style: STYLES.body, ...options, ...this.inPlace(place) };
		const isNumber = place.cell === 'body' && /^([\d.,]+|[IVXLC]+)$/u.test(runsText(block.runs).trim());
		const align =
			block.align === null ? (isNumber ? { alignment: AlignmentType.CENTER } : {}) : { alignment: ALIGNMENTS[block.align] };
		const flush = block.align === 'center' || block.align === 'right' ? { indent: { firstLine: 0 } } : {};
		return paragraphOf(block.runs, { ...own, ...align, ...flush }, block.italic ? ITALIC : undefined);
	}

	private list(block: OutlineBlock & { type: 'list' }, place: Place): (Paragraph | Table)[] {
		const indent = { left: mm(NESTED_INDENT * place.depth), firstLine: this.firstLine(place) };
		return block.items.flatMap((item, index) => {
			const mark = block.ordered ? `${index + 1}.` : BULLETS[Math.min(place.depth, BULLETS.length - 1)];
			const [first, ...rest] = item;
			const runs = first?.type === 'paragraph' ? first.runs : [];
			const own = { style: STYLES.body, ...this.inPlace(place), indent };
			return [
				paragraphOf(runs, own, undefined, textRuns(`${mark} `)),
				...this.blocks(first?.type === 'paragraph' ? rest : item, { ...place, depth: place.depth + 1 })
			];
		});
	}

	private table(block: OutlineBlock & { type: 'table' }, place: Place): Table[] {
		if (block.widths.length === 0) return [];
		const print = (blocks: OutlineBlock[], width: number, head: boolean) => {
			const printed = apart(this.blocks(blocks, { width, cell: head ? 'head' : 'body', depth: 0 }));
			return printed.length > 0 ? printed : [new Paragraph({ style: STYLES.cell })];
		};
		return [tableOf(block, place.width, print)];
	}

	private image(block: OutlineBlock & { type: 'image' }, place: Place, options: IParagraphOptions): Paragraph {
		const own: IParagraphOptions = {
			...options,
			alignment: AlignmentType.CENTER,
			indent: { firstLine: 0 },
			// An exact line distance would cut the picture off.
			spacing: { before: pt(6), after: pt(6), line: 240, lineRule: LineRuleType.AUTO }
		};
		const image = this.images.get(block.src);
		if (!image || image.type === 'webp') {
			return new Paragraph({
				...own,
				children: [new TextRun({ text: `[${block.alt || 'hình ảnh'}]`, italics: true })]
			});
		}
		const room = (place.width / 25.4) * 96;
		const width = Math.min(block.width ?? image.width, room);
		return new Paragraph({
			...own,
			children: [
				new ImageRun({
					type: image.type,
					data: image.bytes,
					transformation: {
						width: Math.round(width),
						height: Math.round((width * image.height) / image.width)
					},
					altText: { name: block.alt, title: block.alt, description: block.alt }
				})
			]
		});
	}

	private appendix(block: AppendixBlock, { width }: Place, startsPage: boolean): Paragraph[] {
		const { labelStyle, titleStyle } = this.profile.appendix;
		const style = STYLES.division;
		const first: IParagraphOptions = { style, pageBreakBefore: !startsPage, outlineLevel: 0 };
		const result: Paragraph[] = [];
		if (block.label !== null) {
			result.push(new Paragraph({ ...first, children: textRuns(block.label, runStyle(labelStyle)) }));
		}
		if (block.runs.length > 0) {
			const title = block.attachment ? { ...titleStyle, caps: false } : titleStyle;
			const options = result.length > 0 ? { style: STYLES.divisionTitle } : first;
			result.push(paragraphOf(block.runs, { ...options, ...evenly(block.runs, title, width) }, title));
		}
		if (block.attachedTo) {
			const line: Inline[] = [{ type: 'text', text: block.attachedTo }];
			const own = { size: this.profile.font.size, italic: true };
			const centred: IParagraphOptions = { style: STYLES.body, alignment: AlignmentType.CENTER };
			const even = evenly(line, own, width).indent;
			result.push(paragraphOf(line, { ...centred, indent: { ...even, firstLine: 0 }, keepNext: true }, own));
		}
		// An attached text without a title still starts on a page of its own.
		if (result.length === 0) result.push(hairline({ pageBreakBefore: !startsPage, keepNext: true }));
		return result;
	}

	private firstLine(place: Place): number {
		return place.cell === 'none' ? mm(this.profile.font.firstLineIndent) : 0;
	}

	/** What a paragraph takes on in a table cell. */
	private inPlace({ cell }: Place): IParagraphOptions {
		if (cell === 'none') return {};
		return { style: cell === 'head' ? STYLES.cellHead : STYLES.cell };
	}
}

const CAPITALS = { caps: true };
const ITALIC = { italic: true };
/** An empty paragraph that takes no room. */
export function hairline(options: IParagraphOptions = {}): Paragraph {
	return new Paragraph({ style: STYLES.frame, ...options, spacing: ONE_POINT });
}

/**
 * The same with a hairline after each table that another table or the end follows: Word joins tables that touch,
 * refuses a cell that ends in one, and puts a full empty line, perhaps on a new page, after one at the end of a text.
 */
export function apart(printed: (Paragraph | Table)[]): (Paragraph | Table)[] {
	return printed.flatMap((child, index) => {
		const isOpen = child instanceof Table && !(printed[index + 1] instanceof Paragraph);
		return isOpen ? [child, hairline()] : [child];
	});
}

const ONE_POINT = { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT };

const ALIGNMENTS = {
	left: AlignmentType.LEFT,
	center: AlignmentType.CENTER,
	right: AlignmentType.RIGHT,
	justify: AlignmentType.JUSTIFIED
};

function styleOf({ level, titled, roman }: ProvisionBlock): string {
	if (roman) return STYLES.romanSection;
	switch (level) {
		case 'part':
		case 'chapter':
		case 'section':
			return STYLES.romanSection;
		case 'subsection':
			return STYLES.subsection;
		case 'article':
			return titled ? STYLES.article : STYLES.articleText;
		case 'clause':
			return titled ? STYLES.clauseTitle : STYLES.clause;
		default:
			return STYLES.point;
	}
}

/** The depth in Word's navigation pane, from 0; running text is not in it. */
function outlineLevel({ level, titled }: ProvisionBlock): number | undefined {
	const depth = ['part', 'chapter', 'section', 'subsection', 'article'].indexOf(level);
	return depth >= 0 && titled ? depth : undefined;
}

function textRuns(text: string, style: object = {}) {
	return text === '' ? [] : [new TextRun({ ...style, text })];
}
