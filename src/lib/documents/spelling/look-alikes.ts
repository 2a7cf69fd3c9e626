/** Letters of other alphabets that look like Vietnamese ones: they come with copied text, and no search finds them. */

/** Nobody means these in a Vietnamese text: an Icelandic and an African letter. */
const ALWAYS = pairs('ÐĐ ðđ ƉĐ ɖđ');
/** Cyrillic and Greek: meant where the whole word is. */
const AMONG_LATIN = pairs(
	'АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT ХX УY аa сc еe іi јj оo рp ѕs хx уy ΑA ΒB ΕE ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo νv'
);

/** A word with its look-alikes as Vietnamese letters, and each letter one with its marks; the same word when there are none. */
export function likeLatin(word: string): string {
	const isLatin = /\p{Script=Latin}/u.test(word);
	const letters = [...word].map((letter) => ALWAYS.get(letter) ?? (isLatin ? AMONG_LATIN.get(letter) : undefined) ?? letter);
	return letters.join('').normalize('NFC');
}

function pairs(list: string): ReadonlyMap<string, string> {
	return new Map(
		list.split(' ').map((pair) => {
			const [alike = '', letter = ''] = pair;
			return [alike, letter];
		})
	);
}
