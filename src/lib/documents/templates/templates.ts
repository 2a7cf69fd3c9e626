import type { JsonNode } from '../schema/json.ts';
import type { Kind } from '../schema/kinds.ts';
import type { ProfileId } from '../schema/profiles.ts';
import { document, fields, paragraph, recipients } from './build.ts';
import { conclusionNotice } from './conclusion-notice.ts';
import { decision } from './decision.ts';
import { type Frame, frameOf, type TemplateFacts } from './facts.ts';
import { actionProgramme, plan } from './plan.ts';
import { report } from './report.ts';
import { resolution } from './resolution.ts';
import { signingOf } from './signing.ts';

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
	const header = fields('documentHeader', [
		['parent', frame.parent],
		['agency', frame.agencyCaps],
		['symbol', frame.symbol],
		['placeDate', frame.placeDate],
		['kind', frame.heading],
		['subject', frame.subject]
	]);
	const closing = [recipients(recipientsOf(frame)), signatureOf(frame)];
	const body = BODIES[kind](frame);
	const appendixAt = body.findIndex((block) => block.type === 'appendix');
	if (appendixAt < 0) return document(header, body, closing);
	return document(header, body.slice(0, appendixAt), closing, body.slice(appendixAt));
}

/** The last line names the archive: the Party's differs (Hướng dẫn 05-HD/VPTW). */
function recipientsOf({ isParty, kind }: Frame): string[] {
	if (isParty) {
		return [
			'- Văn phòng Trung ương Đảng (để báo cáo),',
			'- Các đảng ủy trực thuộc,',
			'- [Cơ quan liên quan],',
			'- Lưu Văn phòng.'
		];
	}
	const first = kind === 'decision' || kind === 'resolution' ? '- Như Điều …;' : '- [Cơ quan cấp trên] (để báo cáo);';
	return [first, '- [Cơ quan, đơn vị phối hợp thực hiện];', '- Lưu: VT, [đơn vị soạn thảo].'];
}

function signatureOf({ agency, profile }: Frame): JsonNode {
	const { authority, position } = signingOf(agency, profile);
	return fields('signature', [
		['authority', authority],
		['position', position],
		['signer', '[Họ và tên]']
	]);
}
