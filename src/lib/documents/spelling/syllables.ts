/**
 * Whether letters are a syllable that Vietnamese can have: an onset, a rhyme and a tone that go together. Says nothing about
 * whether it is a word.
 */

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/u;
/** Behind c, ch, p and t only these: sắc and nặng. */
const STOPPED = /[\u0301\u0323]/u;
const ONSET = /^(ngh|ng|nh|gh|gi|g|kh|k|ph|th|tr|ch|qu|[bcdđhlmnprstvx])?(.+)$/u;

const RHYMES = new Set(
	(
		'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây ' +
		'e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu ' +
		'i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu ' +
		'o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oe oem oen oeo oet ooc oong ' +
		'ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ' +
		'u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt ' +
		'ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu ' +
		'y ych yn ynh yt yêm yên yêng yêt yêu'
	).split(' ')
);

const known = new Map<string, boolean>();
const MOST_KNOWN = 20_000;

/** `word` in small letters and NFC. */
export function isSyllable(word: string): boolean {
	let is = known.get(word);
	if (is === undefined) {
		is = judge(word);
		if (known.size >= MOST_KNOWN) known.clear();
		known.set(word, is);
	}
	return is;
}

function judge(word: string): boolean {
	const apart = word.normalize('NFD');
	const tones = [...apart].filter((letter) => TONE.test(letter));
	if (tones.length > 1) return false;
	const bare = apart.replace(TONE, '').normalize('NFC');
	return readings(bare).some(([onset, rhyme]) => RHYMES.has(rhyme) && isSpelt(onset, rhyme) && isToned(rhyme, tones[0] ?? ''));
}

/** Onset and rhyme; `gi` may be the onset, or g in front of a rhyme in i. */
function readings(bare: string): [string, string][] {
	const [, onset = '', rhyme = ''] = ONSET.exec(bare) ?? [];
	const found: [string, string][] = [[onset, rhyme]];
	if (bare.startsWith('gi')) found.push(['g', bare.slice(1)]);
	if (RHYMES.has(bare)) found.push(['', bare]);
	return found;
}

/** Which of the letters for one sound stands in front of which vowel. */
function isSpelt(onset: string, rhyme: string): boolean {
	const isFront = /^[iyeê]/u.test(rhyme);
	if (onset === 'c') return !isFront;
	if (onset === 'k') return isFront;
	if (onset === 'gh' || onset === 'ngh') return /^[ieê]/u.test(rhyme);
	if (onset === 'ng') return !/^[ieê]/u.test(rhyme);
	if (onset === 'g') return !/^[eê]/u.test(rhyme);
	return true;
}

function isToned(rhyme: string, tone: string): boolean {
	return !/(c|ch|p|t)$/u.test(rhyme) || STOPPED.test(tone);
}
