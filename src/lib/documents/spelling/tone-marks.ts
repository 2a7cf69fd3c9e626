/** Where the tone mark of a Vietnamese syllable belongs. Judges nothing but its place: which syllables are words is not its business. */

/** `old`: hòa, khỏe, thủy; `new`: hoà, khoẻ, thuỷ. Both are right; a document keeps to one. */
export type ToneStyle = 'old' | 'new';

/** Of a syllable whose mark is misplaced what is right, of one that is written in either style its style and the other form. */
export type TonePlace = { right: string } | { style: ToneStyle; other: string };

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const SYLLABLE =
	/^(ngh|ng|nh|gh|gi(?=[aăâeêoôơuưy])|g|kh|k|ph|th|tr|ch|qu|[bcdđhlmnprstvx])?([aăâeêioôơuưy]{1,3})(ch|nh|ng|[cmnpt])?$/u;

/** The vowel that bears the mark, of vowels without and with a consonant behind them. */
const OPEN = places(
	'ai0 ao0 au0 ay0 âu0 ây0 eo0 êu0 ia0 iu0 oi0 ôi0 ơi0 ua0 ui0 ưa0 ưi0 ưu0 uê1 uơ1 iêu1 yêu1 ươi1 ươu1 uôi1 uây1 oai1 oao1 oay1 oeo1 uya1 uyu1'
);
const CLOSED = places('iê1 yê1 uô1 ươ1 uê1 uâ1 oă1 oa1 oe1 uy1 uyê2');
const EITHER = new Set(['oa', 'oe', 'uy']);

/** Null for a syllable whose mark is where it belongs, for one without a mark, and for what is no Vietnamese syllable. */
export function tonePlaceOf(word: string): TonePlace | null {
	const letters = [...word];
	const bases = letters.map(withoutTone);
	const marked = letters.flatMap((letter, at) => (letter === bases[at] ? [] : [at]));
	if (marked.length !== 1) return null;
	const at = marked[0]!;
	const [, onset = '', vowels = '', coda] = SYLLABLE.exec(bases.join('').toLowerCase()) ?? [];
	if (!vowels) return null;
	const tone = letters[at]!.normalize('NFD').match(TONES)![0];
	const written = (place: number) =>
		bases.map((base, nth) => (nth === onset.length + place ? (base + tone).normalize('NFC') : base)).join('');
	const place = at - onset.length;
	if (!coda && EITHER.has(vowels) && (place === 0 || place === 1))
		return place === 0 ? { style: 'old', other: written(1) } : { style: 'new', other: written(0) };
	const right = vowels.length === 1 ? 0 : (coda ? CLOSED : OPEN).get(vowels);
	return right === undefined || right === place ? null : { right: written(right) };
}

function withoutTone(letter: string): string {
	return letter.normalize('NFD').replace(TONES, '').normalize('NFC');
}

function places(list: string): ReadonlyMap<string, number> {
	return new Map(list.split(' ').map((each) => [each.slice(0, -1), Number(each.at(-1))]));
}
