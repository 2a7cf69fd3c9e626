import type { Numbering } from '../numbering/numbering.ts';
import type { JsonNode } from '../schema/json.ts';
import { findCitations, resolveCitation } from './citation.ts';
import { printReference } from './references.ts';

/** What follows a citation of another text: `của Luật Đất đai`, `Nghị định số 30`; not `của Nghị quyết này`. */
const OF_ANOTHER =
	/^\s+(?:của\s+)?(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư|Hiến pháp|Quy định|Kết luận)(?!\s+này)(?=\s)/u;

/**
 * Turns citations in running text into live references, where they name exactly one provision of this document and would
 * print the very words that stand there. Everything else stays as it was typed. Answers new blocks; mutates nothing.
 */
export function linkCitations(content: readonly JsonNode[], numbering: Numbering): JsonNode[] {
	return content.map((block) => {
		const from = typeof block.attrs?.uid === 'string' ? block.attrs.uid : undefined;
		if (!block.content || !['provision', 'paragraph'].includes(block.type ?? '')) return block;
		return {
			...block,
			content: block.content.flatMap((node) => (node.type === 'text' ? linkText(node, numbering, from) : [node]))
		};
	});
}

function linkText(node: JsonNode, numbering: Numbering, from: string | undefined): JsonNode[] {
	const text = node.text ?? '';
	const pieces: JsonNode[] = [];
	let at = 0;
	for (const citation of findCitations(text)) {
		const target = resolveCitation(citation, numbering, from);
		const words = text.slice(citation.from, citation.to);
		if (OF_ANOTHER.test(text.slice(citation.to))) continue;
		if (!target || target === from || printReference(target, numbering, { from }) !== words) continue;
		if (citation.from > at) pieces.push({ ...node, text: text.slice(at, citation.from) });
		pieces.push({ type: 'reference', attrs: { target, text: words, scope: null }, ...(node.marks ? { marks: node.marks } : {}) });
		at = citation.to;
	}
	if (at < text.length) pieces.push({ ...node, text: text.slice(at) });
	return pieces;
}
