import type { Word } from '../compare/comparison.ts';
import { tokensOf } from '../compare/tokens.ts';
import { compareWords } from '../compare/words.ts';

/** How each wording became another. For a thread: there may be hundreds. */
export function redlinesOf(wordings: readonly (readonly [before: string, after: string])[]): Word[][] {
	return wordings.map(([before, after]) => compareWords(tokensOf(before), tokensOf(after)));
}
