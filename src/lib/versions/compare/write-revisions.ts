import {
	AlignmentType,
	BorderStyle,
	DeletedTextRun,
	Document,
	InsertedTextRun,
	Packer,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	WidthType,
	type ParagraphChild
} from 'docx';
import { profileOf, type ProfileId } from '../../documents/schema/profiles.ts';
import { documentStyles, mm, STYLES } from '../../exports/docx-styles.ts';
import { withLabels } from './labelled.ts';
import type { PassageType, Row, Side, Word } from './comparison.ts';

/**
 * The later text as a Word file in which what differs from the earlier one are Word's own revisions: accepted they leave the later
 * text, rejected the earlier one. What was moved stands in its new place, without a revision.
 */
export async function writeRevisions(
	rows: readonly Row[],
	profileId: ProfileId,
	title: string,
	author: string
): Promise<Uint8Array> {
	const profile = profileOf(profileId);
	const { page } = profile;
	const document = new Document({
		title,
		creator: 'Plenum',
		lastModifiedBy: 'Plenum',
		description: '',
		styles: documentStyles(profile),
		sections: [
			{
				properties: {
					page: {
						size: { width: mm(page.width), height: mm(page.height) },
						margin: {
							top: mm(page.margin.top),
							right: mm(page.margin.right),
							bottom: mm(page.margin.bottom),
							left: mm(page.margin.left)
						}
					}
				},
				children: new RevisionWriter(author, mm(page.width - page.margin.left - page.margin.right)).blocks(rows)
			}
		]
	});
	return new Uint8Array(await Packer.toBuffer(document));
}

const STYLE_OF: Partial<Record<PassageType, string>> = {
	'legal-basis': STYLES.basis,
	'enacting-line': STYLES.enacting,
	appendix: STYLES.division,
	field: STYLES.frame
};

type Op = 'same' | 'added' | 'removed';

class RevisionWriter {
	readonly #author: string;
	readonly #width: number;
	readonly #date = new Date().toISOString();
	#id = 0;

	constructor(author: string, width: number) {
		this.#author = author;
		this.#width = width;
	}

	/** Rows of tables that follow one another are one table. */
	blocks(rows: readonly Row[]): (Paragraph | Table)[] {
		const made: (Paragraph | Table)[] = [];
		for (let at = 0; at < rows.length;) {
			const columns = rows[at].cells?.length;
			let end = at + 1;
			while (columns && end < rows.length && rows[end].cells?.length === columns) end++;
			if (columns) made.push(this.#table(rows.slice(at, end), columns), new Paragraph({ style: STYLES.frame }));
			else made.push(...this.#paragraphs(rows[at]));
			at = end;
		}
		return made;
	}

	#table(rows: readonly Row[], columns: number): Table {
		const size = Math.floor(this.#width / columns);
		const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
		return new Table({
			width: { size: size * columns, type: WidthType.DXA },
			columnWidths: Array.from({ length: columns }, () => size),
			layout: TableLayoutType.FIXED,
			borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
			rows: rows.map(
				({ kind, cells = [] }) =>
					new TableRow({
						...(kind === 'new' ? { insertion: this.#mark() } : kind === 'deleted' ? { deletion: this.#mark() } : {}),
						children: cells.map(
							({ words }) =>
								new TableCell({
									width: { size, type: WidthType.DXA },
									children: this.#lines(words, { style: STYLES.cell }, 'same')
								})
						)
					})
			)
		});
	}

	#paragraphs(row: Row): Paragraph[] {
		const side = (row.after ?? row.before)!;
		const whole: Op = row.kind === 'new' ? 'added' : row.kind === 'deleted' ? 'removed' : 'same';
		const set = {
			style: STYLE_OF[side.type] ?? (side.titled ? STYLES.article : STYLES.body),
			...(side.type === 'provision' && !side.titled ? { alignment: AlignmentType.JUSTIFIED } : {})
		};
		return this.#lines(withPartLabels(row), set, whole, labelOf(row, whole));
	}

	/** One paragraph for each line; the mark at the end of a line that came or went is a revision as well. */
	#lines(
		words: readonly Word[],
		set: { style: string; alignment?: 'both' },
		whole: Op,
		label: readonly Word[] = []
	): Paragraph[] {
		const made: Paragraph[] = [];
		let runs: ParagraphChild[] = [];
		const close = (op: Op) => {
			const run = op === 'added' ? { insertion: this.#mark() } : op === 'removed' ? { deletion: this.#mark() } : undefined;
			made.push(new Paragraph({ ...set, children: runs, ...(run && { run }) }));
			runs = [];
		};
		for (const [op, was, is] of [...label, ...words]) {
			if (op === 'renumbered') {
				runs.push(this.#run('removed', was), this.#run('added', is));
				continue;
			}
			for (const [nth, piece] of was.split('\n').entries()) {
				if (nth > 0) close(op);
				if (piece) runs.push(this.#run(op, piece));
			}
		}
		close(whole);
		return made;
	}

	#run(op: Op, text: string): ParagraphChild {
		if (op === 'added') return new InsertedTextRun({ text, ...this.#mark() });
		return op === 'removed' ? new DeletedTextRun({ text, ...this.#mark() }) : new TextRun({ text });
	}

	#mark() {
		return { id: ++this.#id, author: this.#author, date: this.#date };
	}
}

/** The numbers of further passages that came of a split, or went with a join. */
function withPartLabels({ words, before, after }: Row): readonly Word[] {
	const others = (side: Side | null) => side?.parts?.map((part, nth) => (nth === 0 ? { ...part, label: '' } : part));
	const [was, is] = [others(before), others(after)];
	if (was) return withLabels(words, was, 'before', 'removed');
	return is ? withLabels(words, is, 'after', 'added') : words;
}

/** The number in front of the text, which may be another by now. */
function labelOf({ before, after }: Row, whole: Op): Word[] {
	const [was, is] = [printed(before), printed(after)];
	if (whole !== 'same' || was === is) return was || is ? [[whole, is || was]] : [];
	const words: Word[] = [
		['removed', was],
		['added', is]
	];
	return words.filter(([, text]) => text !== '');
}

function printed(side: Side | null): string {
	return side?.label ? `${side.label} ` : '';
}
