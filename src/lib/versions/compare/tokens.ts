/** A word with the space in front of it. What is compared is `key`. */
export interface Token {
	space: string;
	text: string;
	key: string;
}

/** The words that name a part of a text; with its number they are one word, so that a changed number is shown with what it is of. */
const PART = '(?:gạch đầu dòng thứ|tiểu mục|phụ lục|chương|phần|mục|điều|khoản|điểm|ngày|tháng|năm|quý|lần)';
/** What is counted or measured. */
const UNIT =
	'(?:nghìn đồng|triệu đồng|tỷ đồng|triệu|nghìn|tháng|ngày|năm|giờ|phút|tuần|quý|đồng|tỷ|người|điểm|km2|km²|m2|m²|km|kg|ha|m)';
const WORD = new RegExp(
	[
		// 45/2019/QH14, 05/QĐ-UBND
		String.raw`\d+(?:\/\d{4})?\/\p{L}[\p{L}\p{N}]*(?:-[\p{L}\p{N}]+)*`,
		String.raw`${PART} (?:\d+[a-zđ]?|[ivxlc]+|[a-zđ])(?![\p{L}\p{M}\p{N}])`,
		String.raw`\d+(?:[.,/]\d+)*(?: ?[%‰]| ${UNIT}(?![\p{L}\p{M}\p{N}]))`,
		String.raw`\d+(?:[.,/]\d+)*(?![\p{L}\p{M}\p{N}])`,
		String.raw`[\p{L}\p{M}\p{N}]+`,
		String.raw`[^\p{L}\p{M}\p{N}\s]`
	].join('|'),
	'giu'
);

/**
 * A text as its words: Vietnamese syllables, signs, and numbers with what they count or name (`36 tháng`, `khoản 2`,
 * `45/2019/QH14`). The text is in NFC, so a changed tone is a changed word. All of them in a row are the text.
 */
export function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	let end = 0;
	for (const { 0: word, index } of text.matchAll(WORD)) {
		tokens.push({ space: text.slice(end, index), text: word, key: word });
		end = index + word.length;
	}
	if (end < text.length) tokens.push({ space: text.slice(end), text: '', key: '' });
	return tokens;
}

/** Whether it is one syllable or one sign: what between two changes says nothing by itself. */
export function isShort({ text }: Token): boolean {
	return !text.includes(' ') && !/\d/.test(text);
}
