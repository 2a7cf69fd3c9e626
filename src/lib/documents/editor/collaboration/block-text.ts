import * as Y from 'yjs';

/** The letters of some Yjs texts in a row, each with its Yjs id. One entry per UTF-16 unit. */
export interface Letters {
	text: string;
	ids: { client: number; clock: number }[];
	/** Which of the texts each letter is in, and where there. */
	places: { type: Y.XmlText; index: number }[];
}

/**
 * The letters below a block that `isWanted` takes, by default those that are not deleted, in order. Reads deleted blocks as well as living ones: an item's
 * letters are there until the transaction that deleted it has ended.
 */
export function lettersOf(block: Y.XmlElement | Y.XmlText, isWanted = ({ deleted }: Y.Item): boolean => !deleted): Letters {
	const letters: Letters = { text: '', ids: [], places: [] };
	read(block, isWanted, letters);
	return letters;
}

/** The texts below a block that are not deleted. */
export function* textsOf(block: Y.XmlElement | Y.XmlText): Iterable<Y.XmlText> {
	if (block instanceof Y.XmlText) return yield block;
	for (const child of block.toArray()) if (!(child instanceof Y.XmlHook)) yield* textsOf(child);
}

function read(type: Y.XmlElement | Y.XmlText, isWanted: (item: Y.Item) => boolean, letters: Letters): void {
	let index = 0;
	for (let item = type._start; item; item = item.right) {
		const { content } = item;
		if (content instanceof Y.ContentType && (content.type instanceof Y.XmlText || content.type instanceof Y.XmlElement)) {
			if (isWanted(item)) read(content.type, isWanted, letters);
		} else if (content instanceof Y.ContentString && type instanceof Y.XmlText && isWanted(item)) {
			letters.text += content.str;
			for (let unit = 0; unit < content.str.length; unit++) {
				letters.ids.push({ client: item.id.client, clock: item.id.clock + unit });
				letters.places.push({ type, index: index + unit });
			}
		}
		if (!item.deleted && item.countable) index += item.length;
	}
}
