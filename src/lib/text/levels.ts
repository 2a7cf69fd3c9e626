/** The levels of a provision, from the widest to the narrowest. */
export const LEVELS = ['part', 'chapter', 'section', 'subsection', 'article', 'clause', 'point', 'indent'] as const;

/** Phần, Chương, Mục, Tiểu mục, Điều, khoản, điểm, gạch đầu dòng. */
export type Level = (typeof LEVELS)[number];

const RANK = new Map<string, number>(LEVELS.map((level, rank) => [level, rank]));

/** Whether a value names a level. */
export function isLevel(value: unknown): value is Level {
	return typeof value === 'string' && RANK.has(value);
}

/** 0 for a part … 7 for an indent. */
export function levelRank(level: Level): number {
	return RANK.get(level) as number;
}

/** Levels whose text is a title that stands alone (Phần, Chương, Mục, Tiểu mục, Điều). */
export function isTitled(level: Level): boolean {
	return levelRank(level) <= levelRank('article');
}
