import mammoth from 'mammoth';
import { writeListNumbers } from './docx-numbering.ts';
import { ImportError } from './errors.ts';
import { htmlToBlocks } from './html.ts';
import { IMPORT_LIMITS, refuseMarksBeyond } from './limits.ts';
import type { SourceBlock } from './source.ts';
import { unzip, zip } from './zip.server.ts';

/** Stores a picture and returns the address at which it is served; null when it is not taken. */
export type StoreImage = (image: { contentType: string; bytes: Uint8Array }) => Promise<string | null>;

/** A Word file never unpacks to more than this (bytes): a real one of 300 pages has about 20 MB. */
const LARGEST_UNPACKED = 200 * 1024 * 1024;

const STYLES = [
	'u => u',
	'strike => s',
	"p[style-name='align-center'] => p.align-center:fresh",
	"p[style-name='align-right'] => p.align-right:fresh"
];

/**
 * The blocks of a Word file. Automatic numbers are written out as Word shows them; footnotes, tables, marks and
 * centred or right-aligned paragraphs stay; accepted is what Word would show with all changes accepted.
 * @throws ImportError when the file cannot be read or holds too much
 */
export async function docxToBlocks(bytes: Uint8Array, storeImage?: StoreImage): Promise<SourceBlock[]> {
	const buffer = withListNumbers(bytes);
	try {
		const { value } = await mammoth.convertToHtml(
			{ buffer },
			{
				styleMap: STYLES,
				transformDocument: mammothTransforms().paragraph(alignParagraph),
				convertImage: mammoth.images.imgElement(async (image) => ({ src: await storedImage(image, storeImage) }))
			}
		);
		return htmlToBlocks(value);
	} catch (cause) {
		throw cause instanceof ImportError ? cause : new ImportError('broken', { cause });
	}
}

/** The same file with the numbers of its lists as text, packed again from what was safely unpacked. */
function withListNumbers(bytes: Uint8Array): Buffer {
	const files = unzip(bytes, LARGEST_UNPACKED);
	const read = (name: string) => new TextDecoder().decode(files.get(name) ?? new Uint8Array());
	const body = files.get('word/document.xml');
	if (!body) throw new ImportError('broken');
	const source = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	refuseMarksBeyond(IMPORT_LIMITS.paragraphs, source, '<w:p>', '<w:p ');
	refuseMarksBeyond(IMPORT_LIMITS.cells, source, '<w:tc>', '<w:tc ');
	const numbering = read('word/numbering.xml');
	if (numbering) {
		const written = writeListNumbers(read('word/document.xml'), numbering, read('word/styles.xml'));
		files.set('word/document.xml', new TextEncoder().encode(written));
		files.delete('word/numbering.xml');
	}
	return zip(files);
}

/** What is read of a paragraph of mammoth. */
interface WordParagraph {
	alignment?: string | null;
	styleId?: string | null;
	styleName?: string | null;
}

function alignParagraph(paragraph: WordParagraph): WordParagraph {
	const { alignment, styleName } = paragraph;
	const isHeading = /^(?:heading|title)/i.test(styleName ?? '');
	if (isHeading || (alignment !== 'center' && alignment !== 'right')) return paragraph;
	return { ...paragraph, styleId: null, styleName: `align-${alignment}` };
}

interface MammothImage {
	contentType: string;
	readAsArrayBuffer(): Promise<ArrayBuffer>;
}

async function storedImage(image: MammothImage, store: StoreImage | undefined): Promise<string> {
	if (!store) return '';
	const bytes = new Uint8Array(await image.readAsArrayBuffer());
	return (await store({ contentType: image.contentType, bytes })) ?? '';
}

/** The types of mammoth do not name its helpers for transforming. */
function mammothTransforms() {
	const { transforms } = mammoth as unknown as {
		transforms: { paragraph(run: (paragraph: WordParagraph) => WordParagraph): (element: unknown) => unknown };
	};
	return transforms;
}
