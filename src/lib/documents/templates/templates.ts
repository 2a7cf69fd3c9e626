import type { JsonNode } from '../schema/json.ts';
import type { Kind } from '../schema/kinds.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { document, paragraph, recipients } from './build.ts';
import { conclusionNotice } from './conclusion-notice.ts';
import { decision } from './decision.ts';
import { type Frame, frameOf, type TemplateFacts } from './facts.ts';
import { headerOf, recipientsOf, signatureOf } from './frame-parts.ts';
import { actionProgramme, plan } from './plan.ts';
import { report } from './report.ts';
import { resolution } from './resolution.ts';

export type { TemplateFacts } from './facts.ts';

const BODIES: Record<Kind, (frame: Frame) => JsonNode[]> = {
	resolution,
	'action-programme': actionProgramme,
	plan,
	decision,
	report,
	'conclusion-notice': conclusionNotice,
	other: () => [paragraph('[Nội dung văn bản]')]
};

/**
 * A new document of a kind in a profile: header, the skeleton of its content with places to fill in, signature
 * and recipients. Every call gives new uids.
 */
export function templateFor(kind: Kind, profileId: ProfileId, facts: TemplateFacts): JsonNode {
	const frame = frameOf(kind, profileId, facts);
	const header = headerOf(frame);
	const closing = [recipients(recipientsOf(frame)), signatureOf(frame)];
	const body = BODIES[kind](frame);
	const appendixAt = body.findIndex((block) => block.type === 'appendix');
	if (appendixAt < 0) return document(header, body, closing);
	return document(header, body.slice(0, appendixAt), closing, body.slice(appendixAt));
}
