import { readZip } from '../../src/lib/exports/zip-reader.ts';

/**
 * The words of a printed text in their order, whatever it is printed in: letters, numbers and signs between spaces. A
 * footnote's number is `[1]` where it stands and before its text, which comes behind everything.
 */
export function wordsOf(text: string): string[] {
	return text
		.normalize('NFC')
		.replaceAll(/\[(\d+)\]/gu, ' [$1] ')
		.split(/\s+/u)
		.filter(Boolean);
}

/** The words of a Word file. */
export function wordsOfDocx(bytes: Uint8Array): string[] {
	const files = readZip(bytes);
	const part = (name: string) => new TextDecoder().decode(files.get(name));
	const notes = [...part('word/footnotes.xml').matchAll(/<w:footnote w:id="(\d+)">(.*?)<\/w:footnote>/gsu)].map(
		([, nth, xml]) => `[${nth}] ${textOfXml(xml!)}`
	);
	return wordsOf([textOfXml(part('word/document.xml')), ...notes].join('\n'));
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Paragraphs and breaks end a word; a run does not. */
function textOfXml(xml: string): string {
	return xml
		.replaceAll(/<w:footnoteReference [^>]*w:id="(\d+)"[^>]*\/>/gu, '[$1]')
		.replaceAll(/<\/w:p>|<w:br\/>|<w:tab\/>/gu, '\n')
		.replaceAll(/<[^>]*>/gu, '')
		.replaceAll(/&(\w+);/gu, (_whole, name: string) => ENTITIES[name] ?? '');
}
