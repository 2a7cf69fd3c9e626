/** What a header says, each field in one string. */
interface HeaderWords {
	kind: string;
	symbol: string;
	placeDate: string;
	agency: string;
}

/** Up to so many blocks from an appendix on may say themselves what it is attached to. */
export const SAYING_BLOCKS = 4;
/** From this many columns on, a table makes its appendix lie across the page. */
export const LANDSCAPE_COLUMNS = 6;

/** Whether an appendix says itself what it is attached to, by the texts of it and of the blocks behind it. */
export function saysAttachedTo(texts: readonly string[]): boolean {
	return texts.slice(0, SAYING_BLOCKS).some((text) => /\((ban hành )?kèm theo/iu.test(text));
}

/** Whether a paragraph is that line. */
export function isAttachedLine(text: string): boolean {
	return /^\((ban hành )?kèm theo .*\)$/isu.test(text.trim());
}

/**
 * The line under the title of an appendix: `(Kèm theo Nghị quyết số 05/NQ-UBND ngày 05 tháng 3 năm 2026 của …)`, in a Party
 * document `…số 03-NQ/TU, ngày 05/02/2026 của …`, from what the header says; a number or date still open prints `…`.
 * Null when the header has no type of document or no symbol: a whole document is then cited nowhere.
 */
export function attachedTo(header: HeaderWords, family: 'state' | 'party'): string | null {
	const kind = oneLine(header.kind);
	const symbol = oneLine(header.symbol).replace(/^(luật )?số\s*:?\s*/iu, '');
	if (kind === '' || symbol === '') return null;
	const number = symbol.replace(/^(?=[/-])/u, '…');
	const date = printedDate(oneLine(header.placeDate), family);
	const agency = oneLine(header.agency);
	const by = agency && ` của ${agencyInSentence(agency)}`;
	return `(Kèm theo ${sentenceCase(kind)} số ${number}${date}${by})`;
}

/**
 * The name of an agency as it stands in a sentence: `ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG` → `Ủy ban nhân dân thành phố
 * Hải Phòng`. A name that is not all capitals is left alone, and so is one with a word that could be a proper name or
 * not: better capitals than a misspelt name.
 */
export function agencyInSentence(name: string): string {
	if (name !== name.toLocaleUpperCase('vi')) return name;
	let rest = name.toLocaleLowerCase('vi').replace(/\s+/gu, ' ');
	let result = '';
	while (rest !== '') {
		const phrase = PHRASES.find((known) => `${rest} `.startsWith(`${known.toLocaleLowerCase('vi')} `));
		if (!phrase) return name;
		result += result === '' ? capitalised(phrase) : ` ${phrase}`;
		rest = rest.slice(phrase.length).trimStart();
		if (rest !== '' && PLACES.includes(phrase)) return `${result} ${titleCase(rest)}`;
	}
	return result;
}

/** Words before the name of a place; what follows them is that name. */
const PLACES = ['thành phố', 'tỉnh', 'phường', 'xã', 'đặc khu', 'Thành ủy', 'Tỉnh ủy'];

/** Parts of agency names as they are spelled inside a sentence, longer ones before those they begin with. */
const PHRASES = [
	...PLACES,
	'Ủy ban nhân dân',
	'Uỷ ban nhân dân',
	'Hội đồng nhân dân',
	'Ban Chấp hành Đảng bộ',
	'Ban Chấp hành Trung ương',
	'Ban Chấp hành',
	'Ban Thường vụ',
	'Ban Chỉ đạo',
	'Ban Tổ chức',
	'Đảng ủy',
	'Đảng bộ',
	'Văn phòng',
	'Chính phủ',
	'Thủ tướng Chính phủ',
	'Sở Khoa học và Công nghệ',
	'Sở Tài chính',
	'Sở Nội vụ',
	'Sở Tư pháp',
	'Bộ Khoa học và Công nghệ',
	'chuyển đổi số'
].sort((a, b) => b.length - a.length);

function printedDate(placeDate: string, family: 'state' | 'party'): string {
	const found = /ngày\s*(\S*?)\s*tháng\s*(\S*?)\s*năm\s*(\S*)$/iu.exec(placeDate);
	if (!found) return '';
	const [day, month, year] = found.slice(1).map((part) => (/\d/u.test(part) ? part : '…'));
	if (family === 'state') return ` ngày ${day} tháng ${month} năm ${year}`;
	return /…/u.test(day + month) ? `, ngày ${day} tháng ${month} năm ${year}` : `, ngày ${day}/${month}/${year}`;
}

function oneLine(field: string): string {
	return field.replace(/\s+/gu, ' ').trim();
}

function sentenceCase(text: string): string {
	return text === text.toLocaleUpperCase('vi') ? capitalised(text.toLocaleLowerCase('vi')) : text;
}

function titleCase(text: string): string {
	return text.split(' ').map(capitalised).join(' ');
}

function capitalised(text: string): string {
	return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
