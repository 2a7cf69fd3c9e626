import type { ClosingBlock, OutlineBlock } from './outline.ts';

/** A closing with neither signature nor recipients. */
export const EMPTY_CLOSING: ClosingBlock = {
	type: 'closing',
	authority: [],
	position: [],
	signer: [],
	recipients: [],
	hasSignature: false,
	hasRecipients: false
};

/** A signature and the recipients beside it share one row, whichever comes first. */
export function joinClosings(blocks: OutlineBlock[]): OutlineBlock[] {
	const result: OutlineBlock[] = [];
	for (const block of blocks) {
		const last = result.at(-1);
		if (
			block.type === 'closing' &&
			last?.type === 'closing' &&
			!(last.hasSignature && block.hasSignature) &&
			!(last.hasRecipients && block.hasRecipients)
		) {
			const [signed, sent] = block.hasSignature ? [block, last] : [last, block];
			result[result.length - 1] = { ...signed, recipients: sent.recipients, hasRecipients: true };
		} else {
			result.push(block);
		}
	}
	return result;
}
