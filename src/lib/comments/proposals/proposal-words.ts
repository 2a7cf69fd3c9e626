import { compareWords } from '../../versions/compare/words.ts';
import type { Word } from '../../versions/compare/comparison.ts';
import { tokensOf } from '../../versions/compare/tokens.ts';
import type { ContentJson, Proposal } from './proposals.ts';

interface Json {
	type?: string;
	text?: string;
	attrs?: Record<string, unknown>;
	content?: readonly Json[];
}

/** The words of a content as one reads them: of blocks each on a line of its own, a footnote as its sign. */
export function wordsOf(content: ContentJson): string {
	return (content as readonly Json[]).map(read).join('').replace(/\n$/, '');
}

/** What a proposal does to the words of its provision. */
export function redline({ kind, was, content }: Pick<Proposal, 'kind' | 'was' | 'content'>): Word[] {
	if (kind === 'move') return [];
	if (kind === 'delete') return [['removed', wordsOf(was)]];
	if (kind === 'insert-after') return [['added', wordsOf(content ?? [])]];
	return wordsBetween(was, content ?? []);
}

/** How the words of one content became those of another. */
export function wordsBetween(before: ContentJson, after: ContentJson): Word[] {
	return compareWords(tokensOf(wordsOf(before)), tokensOf(wordsOf(after)));
}

function read({ type, text, attrs, content = [] }: Json): string {
	switch (type) {
		case 'text':
			return text ?? '';
		case 'hardBreak':
			return '\n';
		case 'reference':
			return String(attrs?.text || '…');
		case 'placeholder':
			return `[${String(attrs?.label ?? '…')}]`;
		case 'footnote':
			return '*';
		default:
			return content.map(read).join('') + (content.length > 0 ? '\n' : '');
	}
}
