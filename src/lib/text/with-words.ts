/** A content with other words, as somebody says them who has only letters: footnotes, references and marks stay where their words do. */
import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { keptWords, nodesByLetter } from './word-diff.ts';

/**
 * `words`: letters without footnotes, references and pictures; a line is a line break. An element stays when the word in front of
 * it does, or, at the beginning, the one behind it.
 */
export function withWords(schema: Schema, content: Fragment, words: string): Fragment {
	const nodes = nodesByLetter(content);
	const places = nodes.flatMap((node, at) => (isLetter(node) ? [at] : []));
	const bare = Fragment.fromArray(places.map((at) => content.cut(at, at + 1).firstChild!));
	const wanted = contentOf(schema, words);
	let all = Fragment.empty;
	let [at, from] = [0, 0];
	for (const { before, after, length } of keptWords(bare, wanted)) {
		all = all.append(marked(wanted.cut(at, after), before > from ? from : from - 1));
		const first = before === 0 ? 0 : places[before];
		const last = places[before + length] ?? nodes.length;
		all = all.append(content.cut(first, last));
		at = after + length;
		from = before + length;
	}
	return all.append(marked(wanted.cut(at, wanted.size), from < places.length ? from : from - 1));

	/** New words are marked as what they replace begins, or else as what stands in front of them. */
	function marked(added: Fragment, letter: number): Fragment {
		const { marks } = nodes[places[Math.max(0, letter)]] ?? { marks: [] };
		return Fragment.fromArray(added.content.map((node) => (node.isText ? node.mark(marks) : node)));
	}
}

/** Letters as a content. */
export function contentOf(schema: Schema, words: string): Fragment {
	const lines = words.split('\n');
	return Fragment.fromArray(
		lines.flatMap((line, nth): Node[] => [
			...(nth > 0 ? [schema.nodes.hardBreak.create()] : []),
			...(line === '' ? [] : [schema.text(line)])
		])
	);
}

function isLetter(node: Node): boolean {
	return node.isText || node.type.name === 'hardBreak';
}
