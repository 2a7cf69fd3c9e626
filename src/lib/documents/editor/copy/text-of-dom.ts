/** The plain text of printed HTML: a line for each block, the cells of a row with tabs between them. */
export function textOfDom(root: ParentNode): string {
	return linesOf(root).join('\n');
}

function linesOf(root: ParentNode): string[] {
	const lines: string[] = [];
	let inline = '';
	const endLine = () => {
		if (inline) lines.push(inline);
		inline = '';
	};
	for (const child of root.childNodes) {
		if (!(child instanceof HTMLElement)) inline += child.textContent;
		else if (isInline(child)) inline += inlineText(child);
		else {
			endLine();
			lines.push(...linesOfBlock(child));
		}
	}
	endLine();
	return lines;
}

function linesOfBlock(block: HTMLElement): string[] {
	switch (block.localName) {
		case 'p':
			return inlineText(block).split('\n');
		case 'li': {
			const [first = '', ...others] = linesOf(block);
			const list = block.parentElement;
			const mark = list?.localName === 'ol' ? `${[...list.children].indexOf(block) + 1}.` : '•';
			return [`${mark} ${first}`, ...others];
		}
		case 'tr':
			return [[...block.children].map((cell) => linesOf(cell).join(' ')).join('\t')];
		case 'img':
			return [block.getAttribute('alt') ?? ''].filter(Boolean);
		default:
			return linesOf(block);
	}
}

function isInline({ localName }: HTMLElement): boolean {
	return !['p', 'div', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'img', 'colgroup', 'hr'].includes(
		localName
	);
}

function inlineText(root: ParentNode): string {
	let text = '';
	for (const child of root.childNodes) {
		if (!(child instanceof HTMLElement)) text += child.textContent;
		else text += child.localName === 'br' ? '\n' : inlineText(child);
	}
	return text;
}
