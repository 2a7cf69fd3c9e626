import {
	Document,
	Header,
	Packer,
	PageNumber,
	PageOrientation,
	Paragraph,
	SectionType,
	TextRun,
	type ICommentOptions,
	type ISectionOptions
} from 'docx';
import type { Profile } from '../documents/schema/profiles.ts';
import { apart, DocxPrinter, hairline, type Place } from './docx-blocks.ts';
import { textWidth } from './docx-frame.ts';
import { documentStyles, mm, STYLES } from './docx-styles.ts';
import type { PrintedComment } from './comment-marks.ts';
import { loadImages, type LoadImage } from './images.ts';
import { printable } from './inlines.ts';
import type { Outline, OutlineBlock } from './outline.ts';

/** From the edge of the paper to the page number, in millimetres: the middle of the top margin. */
const PAGE_NUMBER_DISTANCE = 9;

/**
 * Writes an outline as a Word file: A4, the profile's margins and fonts, numbers as text, real footnotes and tables.
 * @param comments what was said of it, at the marks in the outline
 * @param loadImage reads pictures that are not in the document itself; without it they print as their description
 */
export async function writeDocx(
	outline: Outline,
	loadImage?: LoadImage,
	comments: readonly PrintedComment[] = []
): Promise<Uint8Array> {
	const images = await loadImages(outline.blocks, loadImage);
	const printer = new DocxPrinter(outline.profile, images);
	const note = (text: string) => ({
		children: text.split('\n').map((line) => new Paragraph({ style: STYLES.note, text: ` ${line}` }))
	});
	const document = new Document({
		title: outline.title,
		creator: 'Plenum',
		lastModifiedBy: 'Plenum',
		description: '',
		styles: documentStyles(outline.profile),
		footnotes: Object.fromEntries(outline.notes.map((text, index) => [index + 1, note(text)])),
		...(comments.length > 0 && { comments: { children: comments.map(commentOf) } }),
		sections: sectionsOf(outline).map((section, index, all) => ({
			...section.options,
			// LibreOffice puts an empty line before a table that opens a text of several sections, unless one is there.
			children: [
				...(index === 0 && all.length > 1 ? [hairline()] : []),
				...apart(printer.blocks(section.blocks, section.place, true))
			]
		}))
	});
	return new Uint8Array(await Packer.toBuffer(document));
}

function commentOf({ id, parent, author, at, words, isResolved }: PrintedComment): ICommentOptions {
	return {
		id,
		...(parent !== null && { parentId: parent }),
		author,
		initials: author.slice(0, 1),
		date: new Date(at),
		...(isResolved && { resolved: true }),
		children: words.split('\n').map((line) => new Paragraph({ children: [new TextRun(printable(line))] }))
	};
}

interface Section {
	blocks: OutlineBlock[];
	place: Place;
	options: Omit<ISectionOptions, 'children'>;
}

/** One section for each stretch of pages that lie the same way. */
function sectionsOf({ blocks, profile }: Outline): Section[] {
	const result: Section[] = [];
	let landscape = false;
	for (const block of blocks) {
		const turn = block.type === 'appendix' && block.landscape !== landscape;
		if (turn) landscape = !landscape;
		if (turn || result.length === 0) result.push(sectionOf(profile, landscape, result.length === 0));
		result[result.length - 1].blocks.push(block);
	}
	return result.length > 0 ? result : [sectionOf(profile, false, true)];
}

function sectionOf(profile: Profile, landscape: boolean, isFirst: boolean): Section {
	const { page, font } = profile;
	const { margin } = page;
	// Turned a quarter to the left: the edge that is bound lies at the top.
	const turned = { top: margin.left, right: margin.top, bottom: margin.right, left: margin.bottom };
	const margins = landscape ? turned : margin;
	const pageNumber = new Paragraph({
		style: STYLES.frame,
		children: [new TextRun({ children: [PageNumber.CURRENT], font: font.family, size: page.pageNumber.size * 2 })]
	});
	return {
		blocks: [],
		place: {
			width: landscape ? page.height - margins.left - margins.right : textWidth(profile),
			cell: 'none',
			depth: 0
		},
		options: {
			headers: {
				default: new Header({ children: [pageNumber] }),
				...(isFirst ? { first: new Header({ children: [new Paragraph({ style: STYLES.frame })] }) } : {})
			},
			properties: {
				type: SectionType.NEXT_PAGE,
				...(isFirst && !page.pageNumber.onFirstPage ? { titlePage: true } : {}),
				page: {
					// The library exchanges the sides itself when the page lies across.
					size: {
						width: mm(page.width),
						height: mm(page.height),
						orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT
					},
					margin: {
						top: mm(margins.top),
						right: mm(margins.right),
						bottom: mm(margins.bottom),
						left: mm(margins.left),
						header: mm(PAGE_NUMBER_DISTANCE),
						footer: mm(PAGE_NUMBER_DISTANCE)
					}
				}
			}
		}
	};
}
