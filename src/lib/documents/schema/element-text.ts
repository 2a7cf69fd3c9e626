import type { Node } from '@tiptap/pm/model';

/** What an element among letters prints in running text, of which it is no letter itself. */
export function elementText(type: string, attrs: Readonly<Record<string, unknown>> | undefined): string {
	if (type === 'reference') return String(attrs?.text ?? '');
	return type === 'placeholder' ? bracketed(String(attrs?.label ?? '')) : '';
}

/** The words of a text block with what its elements print. */
export function wordsOf(block: Node): string {
	return block.textBetween(0, block.content.size, '\n', ({ type, attrs }) => elementText(type.name, attrs));
}

/** A placeholder as it is printed: `[tên cơ quan]`. */
export function bracketed(label: string): string {
	return `[${label}]`;
}
