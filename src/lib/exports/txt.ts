import { runsText, type ClosingBlock, type HeaderBlock, type Inline, type Outline, type OutlineBlock } from './outline.ts';

/**
 * Writes an outline as plain text in UTF-8: one paragraph per line, an empty line around what stands apart, cells of a
 * table row separated by tabs, a footnote as `[1]` with its text at the end. What stands side by side on a page comes
 * row by row, from the left, as in the other formats.
 */
export function writeTxt(outline: Outline): string {
	const { profile } = outline;
	const notes = outline.notes.map((text, index) => `[${index + 1}] ${text}`);
	const body = outline.blocks.flatMap((block) => blockLines(block));
	return `${[...body, ...(notes.length > 0 ? ['', ...notes] : [])]
		.join('\n')
		.replace(/\n{3,}/gu, '\n\n')
		.trim()}\n`;

	function blockLines(block: OutlineBlock): string[] {
		switch (block.type) {
			case 'header':
				return headerLines(block);
			case 'issuer':
			case 'enactingLine':
				return [printed(block.runs)];
			case 'legalBasis':
				return [block.prefix + printed(block.runs)];
			case 'paragraph':
				return [printed(block.runs)];
			case 'provision': {
				const isBelow = profile.titles[block.level as 'article']?.titleBelow && !block.roman;
				const text = printed(block.runs);
				if (isBelow) return text ? [block.label, text] : [block.label];
				return [[block.label, text].filter(Boolean).join(' ')];
			}
			case 'list':
				return block.items.flatMap((item, index) => {
					const [first = '', ...rest] = item.flatMap(blockLines);
					return [`${block.ordered ? `${index + 1}.` : '•'} ${first}`, ...rest];
				});
			case 'table':
				return ['', ...block.rows.map((row) => row.map((cell) => cellText(cell.blocks)).join('\t')), ''];
			case 'image':
				return block.alt ? [`[${block.alt}]`] : [];
			case 'closing':
				return closingLines(block);
			case 'appendix':
				return ['', ...[block.label ?? '', printed(block.runs), block.attachedTo ?? ''].filter(Boolean), ''];
		}
	}

	function headerLines(header: HeaderBlock): string[] {
		const { agencyMark, right, subjectMark } = profile.header;
		const title = [...header.kind, ...header.subject].map(printed);
		return [
			...header.parent.map(printed),
			...header.agency.map(printed),
			...(agencyMark && header.agency.length > 0 ? [agencyMark] : []),
			...right.map((line) => line.text),
			...header.symbol.map(printed),
			...header.about.map(printed),
			...header.placeDate.map(printed),
			'',
			...title,
			...(subjectMark && title.length > 0 ? [subjectMark] : []),
			...(header.attachedTo ? [header.attachedTo] : []),
			''
		];
	}

	function closingLines(closing: ClosingBlock): string[] {
		const signature = [...closing.authority, ...closing.position, ...closing.signer].map(printed);
		const recipients = closing.hasRecipients ? [profile.recipients.label, ...closing.recipients.map(printed)] : [];
		return ['', ...recipients, ...(recipients.length > 0 ? [''] : []), ...signature, ''];
	}

	function cellText(blocks: readonly OutlineBlock[]): string {
		return blocks
			.flatMap(blockLines)
			.filter(Boolean)
			.join(' ')
			.replace(/[\t\n]+/gu, ' ');
	}
}

function printed(runs: readonly Inline[]): string {
	const marked = runs.map((run): Inline => (run.type === 'note' ? { type: 'text', text: `[${run.number}]` } : run));
	return runsText(marked);
}
