/** The letters of điểm: the Vietnamese alphabet without ă â ê ô ơ ư and without f j w z. */
const POINT_LETTERS = 'abcdđeghiklmnopqrstuvxy';

const ROMAN: readonly (readonly [number, string])[] = [
	[1000, 'M'],
	[900, 'CM'],
	[500, 'D'],
	[400, 'CD'],
	[100, 'C'],
	[90, 'XC'],
	[50, 'L'],
	[40, 'XL'],
	[10, 'X'],
	[9, 'IX'],
	[5, 'V'],
	[4, 'IV'],
	[1, 'I']
];

/** `Phần thứ nhất` … : the words that some codes print instead of Roman numbers. */
const ORDINALS = ['nhất', 'hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'];

/** A positive integer in Roman capitals. */
export function toRoman(value: number): string {
	let rest = value;
	let out = '';
	for (const [size, letters] of ROMAN) {
		while (rest >= size) {
			out += letters;
			rest -= size;
		}
	}
	return out;
}

/** The value of a canonical Roman number in capitals; null for anything else (`IIII`, `5`, ``). */
export function fromRoman(roman: string): number | null {
	let value = 0;
	let rest = roman;
	for (const [size, letters] of ROMAN) {
		while (rest.startsWith(letters)) {
			value += size;
			rest = rest.slice(letters.length);
		}
	}
	return rest === '' && value > 0 && toRoman(value) === roman ? value : null;
}

/** The letters of the n-th điểm (n ≥ 1): a … y, then aa, ab …, yy, aaa … */
export function toPoint(value: number): string {
	let rest = value;
	let out = '';
	while (rest > 0) {
		const index = (rest - 1) % POINT_LETTERS.length;
		out = POINT_LETTERS.charAt(index) + out;
		rest = (rest - 1 - index) / POINT_LETTERS.length;
	}
	return out;
}

/** The place of a điểm in its sequence; null when a letter is not of the alphabet (`f`, `w`). */
export function fromPoint(letters: string): number | null {
	let value = 0;
	for (const letter of letters) {
		const index = POINT_LETTERS.indexOf(letter);
		if (index < 0) return null;
		value = value * POINT_LETTERS.length + index + 1;
	}
	return value || null;
}

/** The value of `thứ nhất` … `thứ mười`; null for anything else. */
export function fromOrdinal(words: string): number | null {
	const match = /^thứ\s+(\p{L}+)$/u.exec(words.toLowerCase());
	if (!match?.[1]) return null;
	const index = ORDINALS.indexOf(match[1]);
	return index < 0 ? null : index + 1;
}
