/** A card that wants to stand at a height. */
export interface Card {
	id: string;
	/** Where its passage is, in pixels from the top. */
	top: number;
	height: number;
}

/**
 * Where cards stand beside their passages without lying on each other: the active one exactly at its passage, those before it
 * pushed up, those behind it pushed down; without an active one each as high as its passage or under the one before it.
 * Answers the tops (pixels) by id. `cards` are ordered from top to bottom.
 */
export function stack(cards: readonly Card[], activeId: string | null, gap = 8): Map<string, number> {
	const tops = cards.map(({ top }) => top);
	const active = cards.findIndex(({ id }) => id === activeId);
	for (let nth = Math.max(active, 0) + 1; nth < cards.length; nth++)
		tops[nth] = Math.max(tops[nth], tops[nth - 1] + cards[nth - 1].height + gap);
	for (let nth = active - 1; nth >= 0; nth--) tops[nth] = Math.min(tops[nth], tops[nth + 1] - cards[nth].height - gap);
	return new Map(cards.map(({ id }, nth) => [id, tops[nth]]));
}
