import { Fragment, type Node } from '@tiptap/pm/model';
import { replaceContent } from '../../text/edits.ts';
import type { PlannedEdit } from '../../text/planned-edit.ts';
import { PROFILE_IDS, profileOf, type Profile } from '../schema/profiles.ts';
import { symbolForm } from './facts.ts';

/**
 * Plans what a text owes to another profile: how the document's symbol begins, the form of a symbol that has no number yet,
 * and the short forms of who signs for whom (`TM.`, `T/M`). Everything else stays, and so does what people wrote otherwise.
 */
export function followProfile(edit: PlannedEdit, profile: Profile, year = new Date().getFullYear()): void {
	for (const block of edit.doc.children) {
		if (block.type.name !== 'documentHeader' && block.type.name !== 'signature') continue;
		for (const field of block.children) {
			const rewrite = rewriteOf(field.attrs.name as string, profile, year);
			const content = rewrite && eachLine(field, rewrite);
			if (content && !content.eq(field.content)) replaceContent(edit, `${block.attrs.uid}:${field.attrs.name}`, content);
		}
	}
}

function rewriteOf(field: string, profile: Profile, year: number): ((line: string) => string) | null {
	if (field === 'symbol') return (line) => symbolAs(line, profile, year);
	return field === 'authority' || field === 'position' ? (line) => signedAs(line, profile) : null;
}

/** The content of a field in which the first words of each line are written anew, as they were marked. */
function eachLine({ content, type }: Node, rewrite: (line: string) => string): Fragment {
	return Fragment.fromArray(
		content.content.map((node, nth) => {
			const beginsLine = nth === 0 || content.child(nth - 1).type.name === 'hardBreak';
			return node.isText && beginsLine ? type.schema.text(rewrite(node.text!), node.marks) : node;
		})
	);
}

/** `Số: …/NQ-UBND`, `Số: …/2026/NQ-UBND`, `Số …-NQ/TU`: without a number yet. */
const UNNUMBERED = /^Số:?\s+…(?:\/(\d{4}))?[/-]([^/-]+)[/-](.+)$/u;

function symbolAs(symbol: string, profile: Profile, year: number): string {
	const [, itsYear, type, code] = UNNUMBERED.exec(symbol) ?? [];
	if (code) return symbolForm(profile, { type, code, year: itsYear ? Number(itsYear) : year });
	return symbol.replace(/^Số:?\s+/u, profile.symbolPrefix);
}

const SIGNS = PROFILE_IDS.map((id) => profileOf(id).signature.prefixes);

function signedAs(line: string, { signature: { prefixes } }: Profile): string {
	for (const name of Object.keys(prefixes) as (keyof typeof prefixes)[]) {
		const sign = SIGNS.map((known) => known[name]).find((known) => line.startsWith(`${known} `));
		if (sign) return prefixes[name] + line.slice(sign.length);
	}
	return line;
}
