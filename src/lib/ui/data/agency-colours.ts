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

/** The colour for the n-th agency of a workspace, or for anything else that has a number. */
export function agencyColour(index: number): string {
	return AGENCY_COLOURS[((index % AGENCY_COLOURS.length) + AGENCY_COLOURS.length) % AGENCY_COLOURS.length];
}

/**
 * One or two letters for a circle: first and last word of a name (`Nguyễn Văn An` → `NA`, `Sở Tài chính` → `SC`); a short
 * code in capitals stays as it is (`UBND` → `UB`).
 */
export function initials(name: string): string {
	const words = name.normalize('NFC').trim().split(/[\s.-]+/).filter(Boolean);
	if (words.length === 0) return '?';
	if (words.length === 1) return [...words[0]].slice(0, 2).join('').toUpperCase();
	return ([...words[0]][0] + [...words[words.length - 1]][0]).toUpperCase();
}
