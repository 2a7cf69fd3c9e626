import type { JsonNode } from '../../documents/schema/json.ts';
import type { ProfileId } from '../../documents/schema/profiles.ts';
import { countRows, type Comparison } from './comparison.ts';
import { pairPassages } from './pairs.ts';
import { readPassages } from './passages.ts';
import { rowsOf } from './rows.ts';

/** A text that is compared, with the layout that numbers it. */
export interface ComparedContent {
	content: JsonNode;
	profile: ProfileId;
}

/**
 * Compares two texts, passage by passage and word by word. What is set bold or aligned otherwise, and a reference that prints
 * another number of the same provision, is no change. `compareContents(b, a)` says the reverse.
 */
export function compareContents(before: ComparedContent, after: ComparedContent): Comparison {
	const [was, is] = [readPassages(before), readPassages(after)];
	const rows = rowsOf(pairPassages(was.passages, is.passages));
	return { rows, counts: countRows(rows), before: was.extent, after: is.extent };
}
