import { redline } from './proposal-words.ts';
import type { Proposal, ProposalOfThread } from './proposals.ts';

/** A proposal as the list of threads has it. */
export type KeptProposal = Omit<ProposalOfThread, 'words'> & Pick<Proposal, 'was' | 'content'>;

/** A proposal as the card of its thread shows it. */
export function ofThread({ was, content, ...proposal }: KeptProposal): ProposalOfThread {
	return { ...proposal, words: redline({ kind: proposal.kind, was, content }) };
}
