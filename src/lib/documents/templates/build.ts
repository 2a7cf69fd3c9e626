import { newUid } from '../../base/ids.ts';
import { withPlaceholders } from '../gaps/placeholders.ts';
import { inlineOf, node, type JsonNode } from '../schema/json.ts';
import type { HeaderFieldName } from '../schema/frame.ts';
import { readsAsTitle } from '../schema/title.ts';
import type { Level } from '../../text/levels.ts';

/** A provision. Text in square brackets is a place to fill in. */
function provision(level: Level, text = '', mark: 'roman' | null = null): JsonNode {
	const titled = level === 'article' ? readsAsTitle(text) : null;
	return node('provision', { uid: newUid(), level, mark, number: null, titled }, toFillIn(text));
}

export const chapter = (text: string): JsonNode => provision('chapter', text);
/** A Roman section: `I.` in state documents, `I-` in Party ones. */
export const section = (text: string): JsonNode => provision('section', text, 'roman');
export const article = (text: string): JsonNode => provision('article', text);
export const clause = (text: string): JsonNode => provision('clause', text);
export const point = (text: string): JsonNode => provision('point', text);
export const indent = (text: string): JsonNode => provision('indent', text);

export function basis(text: string): JsonNode {
	return node('legalBasis', { uid: newUid() }, toFillIn(text));
}

export function enacting(text: string): JsonNode {
	return node('enactingLine', null, inlineOf(text));
}

export function paragraph(text: string, align: 'center' | 'right' | null = null): JsonNode {
	return node('paragraph', { align }, toFillIn(text));
}

/** A header block or, with `signature`, who signs; fields without text are left out. */
export function fields(type: 'documentHeader' | 'signature', list: [HeaderFieldName, string | undefined][]): JsonNode {
	const present = list.filter(([, text]) => text);
	return node(
		type,
		null,
		present.map(([name, text]) => node('headerField', { name }, toFillIn(text ?? '')))
	);
}

export function recipients(lines: string[]): JsonNode {
	return node(
		'recipients',
		null,
		lines.map((line) => paragraph(line))
	);
}

export function appendix(title: string, kind: 'appendix' | 'attachment' = 'appendix'): JsonNode {
	return node('appendix', { uid: newUid(), kind, number: null }, toFillIn(title));
}

/** A table with a row of header cells; a row of one text is a group over the whole width. */
export function table(head: string[], rows: string[][]): JsonNode {
	const cell = (type: string, text: string, colspan = 1) =>
		node(type, { colspan, rowspan: 1, colwidth: null }, [paragraph(text)]);
	const body = rows.map((row) => {
		const isGroup = row.length === 2 && head.length > 2;
		const [first = '', second = ''] = row;
		const cells = isGroup
			? [cell('tableCell', first), cell('tableCell', second, head.length - 1)]
			: row.map((text) => cell('tableCell', text));
		return node('tableRow', null, cells);
	});
	return node('table', null, [
		node(
			'tableRow',
			null,
			head.map((text) => cell('tableHeader', text))
		),
		...body
	]);
}

/** A document of blocks. */
export function document(...blocks: (JsonNode | JsonNode[] | null)[]): JsonNode {
	return { type: 'doc', content: blocks.flat().filter((block) => block !== null) };
}

function toFillIn(text: string): JsonNode[] {
	return [...withPlaceholders(inlineOf(text))];
}
