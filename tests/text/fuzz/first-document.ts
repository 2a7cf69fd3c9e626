import type { Node } from '@tiptap/pm/model';
import { documentSchema } from '../../../src/lib/documents/schema/schema.ts';

const LEVELS = ['article', 'clause', 'point', 'point', 'clause', 'article', 'clause', 'clause'];

/** A small document that has everything: header, provisions, list, table with so many rows, picture, recipients. `fresh` makes its words. */
export function firstDocument(fresh: (count: number) => string, rows: number): Node {
	const { nodes } = documentSchema;
	const text = (count: number) => documentSchema.text(fresh(count));
	const paragraph = (uid: string | null, count: number) => nodes.paragraph.create({ uid }, text(count));
	const cell = (col: string) => nodes.tableCell.create({ col }, paragraph(null, 3));
	return documentSchema.node('doc', null, [
		nodes.documentHeader.create(
			{ uid: 'head' },
			['agency', 'subject'].map((name) => nodes.headerField.create({ name }, text(3)))
		),
		...LEVELS.map((level, nth) => nodes.provision.create({ uid: `#${nth}`, level }, text(8))),
		nodes.bulletList.create(null, [
			nodes.listItem.create(null, [
				paragraph('l0', 4),
				nodes.bulletList.create(null, [nodes.listItem.create(null, [paragraph('l1', 4)])])
			]),
			nodes.listItem.create(null, [paragraph('l2', 4)])
		]),
		nodes.table.create(
			{ uid: 'T' },
			Array.from({ length: rows }, (_, row) => nodes.tableRow.create({ uid: `r${row}` }, [cell('c0'), cell('c1')]))
		),
		nodes.provision.create({ uid: '#9', level: 'article' }, text(8)),
		nodes.image.create({ uid: 'picture', src: '/api/files/1' }),
		paragraph('p', 6),
		nodes.recipients.create(null, [paragraph('to0', 4), paragraph('to1', 4)])
	]);
}
