import type { JsonNode } from '../schema/json.ts';
import { appendix, basis, enacting, fields, paragraph, recipients } from './build.ts';
import type { Frame } from './facts.ts';
import { signingOf } from './signing.ts';

/** A part of the frame as a new document has it; nothing where the form has none. */
export function framePart(
	part: 'documentHeader' | 'legalBasis' | 'enactingLine' | 'recipients' | 'signature' | 'appendix',
	frame: Frame
): JsonNode[] {
	switch (part) {
		case 'documentHeader':
			return [headerOf(frame)];
		case 'legalBasis':
			return [basis('Căn cứ [văn bản quy định thẩm quyền, nội dung];')];
		case 'enactingLine': {
			const line = enactingWords(frame);
			return line === null ? [] : [enacting(line)];
		}
		case 'recipients':
			return [recipients(recipientsOf(frame))];
		case 'signature':
			return [signatureOf(frame)];
		case 'appendix':
			return [appendix('[TÊN PHỤ LỤC]'), paragraph('')];
	}
}

/** `QUYẾT NGHỊ:`, `QUYẾT ĐỊNH:`; null where kind and profile have no enacting line. */
export function enactingWords({ kind, profile: { enactingLine } }: Pick<Frame, 'kind' | 'profile'>): string | null {
	if (kind === 'decision') return enactingLine.decision;
	return kind === 'resolution' || kind === 'other' ? enactingLine.resolution : null;
}

/** Issuing body, symbol, place and date, type, subject. */
export function headerOf(frame: Frame): JsonNode {
	return fields('documentHeader', [
		['parent', frame.parent],
		['agency', frame.agencyCaps],
		['symbol', frame.symbol],
		['placeDate', frame.placeDate],
		['kind', frame.heading],
		['subject', frame.subject]
	]);
}

/** The last line names the archive: the Party's differs (Hướng dẫn 05-HD/VPTW). */
export function recipientsOf({ isParty, kind }: Frame): string[] {
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

/** Who signs for the agency. */
export function signatureOf({ agency, profile }: Frame): JsonNode {
	const { authority, position } = signingOf(agency, profile);
	return fields('signature', [
		['authority', authority],
		['position', position],
		['signer', '[Họ và tên]']
	]);
}
