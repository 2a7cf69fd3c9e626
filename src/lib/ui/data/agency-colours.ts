/**
 * Colours an agency can have, for people, carets and dots. White letters on each reach 4.5:1; all stand apart from one
 * another on white paper and on the dark surface.
 */
export const AGENCY_COLOURS = [
	'#0f5257',
	'#8a4b9c',
	'#b0562a',
	'#2a5c9a',
	'#5b6b2f',
	'#9c3b62',
	'#0b6b8a',
	'#7a5a1e',
	'#46557a',
	'#3d6b3d',
	'#a8281f',
	'#6b4f3a'
] as const;

/** Of whom no agency is known: guests, and people whose agency one does not see. */
export const NO_AGENCY_COLOUR = '#4f5a66';

/** The colour for the n-th agency of a workspace, or for anything else that has a number. */
export function agencyColour(index: number): string {
	return AGENCY_COLOURS[((index % AGENCY_COLOURS.length) + AGENCY_COLOURS.length) % AGENCY_COLOURS.length];
}

/** Two letters for a person's circle, of the names they are called by, which stand last: `Nguyễn Thị Lan` → `TL`. */
export function initials(name: string): string {
	const words = wordsOf(name);
	if (words.length === 0) return '?';
	if (words.length === 1) return letters(words[0], 2);
	return words
		.slice(-2)
		.map((word) => letters(word, 1))
		.join('');
}

/**
 * Initials that tell the people in one room apart, by their ids: who has those of another gets the letter of the family
 * name before them, and a number where that is the same too. All pages of a room find the same.
 */
export function distinctInitials(people: readonly { personId: string; name: string }[]): ReadonlyMap<string, string> {
	const names = new Map(people.map(({ personId, name }) => [personId, name]));
	const found = new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, name]) => [id, initials(name)]));
	for (const ids of shared(found)) {
		for (const id of ids)
			found.set(
				id,
				wordsOf(names.get(id)!)
					.map((word) => letters(word, 1))
					.join('')
					.slice(-3) || '?'
			);
	}
	for (const ids of shared(found)) ids.forEach((id, index) => found.set(id, `${found.get(id)}${index + 1}`));
	return found;
}

/** The ids that have the same letters, where several have. */
function shared(found: ReadonlyMap<string, string>): string[][] {
	const groups = Map.groupBy(found, ([, mark]) => mark);
	return [...groups.values()].filter((group) => group.length > 1).map((group) => group.map(([id]) => id));
}

/**
 * Two letters for an agency's circle, the way its people abbreviate it, without the word every agency has: `Sở Tài chính`
 * → `TC`, `Sở Khoa học và Công nghệ` → `KC`, `VP UBND` → `VP`, `UBND phường` → `UB`. Up to three letters stay as they are.
 */
export function agencyLetters(shortName: string): string {
	const all = wordsOf(shortName);
	if (all.length === 0) return '?';
	if (all.length === 1 && [...all[0]].length <= 3) return all[0].toUpperCase();
	const words = all.length > 1 && KINDS.has(all[0].toLowerCase()) ? all.slice(1) : all;
	if (words.length === 1 || /^\p{Lu}{2,}$/u.test(words[0])) return letters(words[0], 2);
	const own = words.filter((word) => !/^\p{Lu}{2,}$/u.test(word));
	const capitals = own.filter((word) => /^\p{Lu}/u.test(word));
	const [first, second] = capitals.length > 1 ? capitals : own.length > 1 ? own : words;
	return letters(first, 1) + letters(second, 1);
}

const KINDS = new Set(['sở', 'ban', 'cục', 'vụ', 'phòng', 'chi']);

function wordsOf(name: string): string[] {
	return name
		.normalize('NFC')
		.trim()
		.split(/[\s.-]+/)
		.filter(Boolean);
}

function letters(word: string, count: number): string {
	return [...word].slice(0, count).join('').toUpperCase();
}
