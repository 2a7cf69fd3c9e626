import { isRomanSection } from '../documents/numbering/counters.ts';
import { numberProvisions, type Entry } from '../documents/numbering/numbering.ts';
import { printReference } from '../documents/references/references.ts';
import type { JsonNode } from '../documents/schema/json.ts';
import { profileOf, type ProfileId } from '../documents/schema/profiles.ts';
import { stringAttr } from './node.ts';

/** The printed numbers and references of one document. */
export interface Numbers {
	/** What stands before the text of a provision or is the name of an appendix; empty below the top level. */
	label(node: JsonNode): string;
	/** Whether a provision is a section that prints a Roman number. */
	isRoman(node: JsonNode): boolean;
	/**
	 * The printed form of a reference: computed, or the text it last had when its target is gone.
	 * @param from uid of the provision it stands in, which shortens it (`khoản này`)
	 */
	cite(reference: JsonNode, from: string | null): { text: string; target: string | null };
}

/** Numbers a document the way the editor does. */
export function numbersOf(document: JsonNode, profileId: ProfileId): Numbers {
	const content = document.content ?? [];
	const numbering = numberProvisions(content, profileId);
	const entries = new Map<JsonNode, Entry>(numbering.entries.map((entry) => [content[entry.index], entry]));
	const profile = profileOf(profileId);
	return {
		label: (node) => entries.get(node)?.label ?? '',
		isRoman: ({ attrs }) => isRomanSection(attrs?.level, attrs?.mark, profile),
		cite: (reference, from) => {
			const uid = stringAttr(reference, 'target');
			const computed = printReference(uid, numbering, { from, scope: stringAttr(reference, 'scope') });
			return { text: computed ?? stringAttr(reference, 'text'), target: computed === null ? null : uid };
		}
	};
}
