/** The kinds of document that Plenum has a template for, and `other`. */
export const KINDS = ['resolution', 'action-programme', 'plan', 'decision', 'report', 'conclusion-notice', 'other'] as const;

export type Kind = (typeof KINDS)[number];

export interface KindFacts {
	/** The name of the type as the header block prints it (tên loại văn bản). */
	heading: string;
	/** The abbreviation in the document symbol: Phụ lục III of Nghị định 30/2020/NĐ-CP; null when there is none. */
	code: string | null;
}

const FACTS: Record<Kind, KindFacts> = {
	resolution: { heading: 'NGHỊ QUYẾT', code: 'NQ' },
	'action-programme': { heading: 'CHƯƠNG TRÌNH HÀNH ĐỘNG', code: 'CTr' },
	plan: { heading: 'KẾ HOẠCH', code: 'KH' },
	decision: { heading: 'QUYẾT ĐỊNH', code: 'QĐ' },
	report: { heading: 'BÁO CÁO', code: 'BC' },
	'conclusion-notice': { heading: 'THÔNG BÁO KẾT LUẬN', code: 'TB' },
	other: { heading: '', code: null }
};

/** What is printed for a kind of document. */
export function kindFacts(kind: Kind): KindFacts {
	return FACTS[kind];
}
