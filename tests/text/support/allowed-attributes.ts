import type { Node } from '@tiptap/pm/model';

type Test = (value: unknown) => boolean;

const isNull: Test = (value) => value === null;
const isUid: Test = (value) => value === null || (typeof value === 'string' && /^[^/:\s]{1,80}$/.test(value));
const isOneOf =
	(...values: unknown[]): Test =>
	(value) =>
		values.includes(value);
const isText =
	(longest: number): Test =>
	(value) =>
		typeof value === 'string' && value.length <= longest;
const isCount =
	(least: number, most: number): Test =>
	(value) =>
		Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const either =
	(...tests: Test[]): Test =>
	(value) =>
		tests.some((test) => test(value));
const align = isOneOf(null, 'left', 'center', 'right', 'justify');
const number = either(isNull, isText(40));
const size = either(isNull, isCount(1, 4_000));
const cell = {
	col: isUid,
	colspan: isCount(1, 200),
	rowspan: isCount(1, 3_000),
	align,
	colwidth: either(isNull, (value) => Array.isArray(value) && value.every(isCount(0, 4_000)))
};
const anything: Test = () => true;

/** What each attribute of a node may be, said again apart from the reader, as a page would use it. */
const ALLOWED: Record<string, Record<string, Test>> = {
	doc: {},
	text: {},
	documentHeader: { uid: isUid },
	headerField: { name: isUid },
	legalBasis: { uid: isUid },
	enactingLine: { uid: isUid },
	provision: {
		uid: isUid,
		level: isOneOf('part', 'chapter', 'section', 'subsection', 'article', 'clause', 'point', 'indent'),
		mark: isOneOf(null, 'roman'),
		number,
		titled: isOneOf(null, true, false)
	},
	paragraph: { uid: isUid, align },
	bulletList: {},
	listItem: {},
	recipients: {},
	appendix: { uid: isUid, kind: isOneOf('appendix', 'attachment'), number },
	table: { uid: isUid },
	tableRow: { uid: isUid },
	tableCell: cell,
	tableHeader: cell,
	image: {
		uid: isUid,
		src: either(
			isNull,
			(value) => typeof value === 'string' && /^\/api\/files\/[0-9A-Za-z-]+$/.test(value) && !value.includes('\n')
		),
		alt: either(isNull, isText(2_000)),
		title: either(isNull, isText(2_000)),
		width: size,
		height: size
	},
	signature: { uid: isUid },
	hardBreak: {},
	reference: { uid: isUid, target: either(isNull, isText(80)), text: isText(400), scope: isOneOf(null, 'document') },
	footnote: { uid: isUid, text: isText(20_000) },
	placeholder: { uid: isUid, label: isText(200) },
	/** Never drawn. */
	opaque: { is: anything },
	opaqueBlock: { uid: isUid, is: isText(80) }
};

/** Attributes of a document that must never be there, as `type.name=value`. */
export function forbiddenAttributes(doc: Node): string[] {
	const found: string[] = [];
	const look = (node: Node) => {
		const allowed = ALLOWED[node.type.name] ?? {};
		for (const [name, value] of Object.entries(node.attrs))
			if (!allowed[name]?.(value)) found.push(`${node.type.name}.${name}=${JSON.stringify(value)?.slice(0, 40)}`);
		for (const mark of node.marks) for (const name in mark.attrs) found.push(`${mark.type.name}.${name}`);
	};
	look(doc);
	doc.descendants(look);
	return found;
}
