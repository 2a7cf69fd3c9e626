import { newUid } from '../base/ids.ts';
import { inlineText, text, type JsonNode } from '../documents/schema/json.ts';

/** What one of the provisions said in the first draft, by how it begins now. */
const SAID: [begins: string, now: string, then: string][] = [
	['Toàn bộ thủ tục hành chính', 'từ 90% trở lên', 'từ 80% trở lên'],
	['Cán bộ, công chức được bồi dưỡng', 'ít nhất 40 giờ mỗi năm; kết quả là căn cứ đánh giá hằng năm', 'ít nhất 24 giờ mỗi năm'],
	['Bố trí tối thiểu', '1,5% tổng chi ngân sách hằng năm', '1,0% tổng chi thường xuyên hằng năm'],
	['Ban hành chương trình hành động', 'trong thời hạn 60 ngày', 'trong thời hạn 90 ngày'],
	['Nghị quyết này có hiệu lực', 'ngày 01 tháng 01 năm 2027', 'ngày 15 tháng 01 năm 2027']
];
/** What came in later. */
const NOT_YET = ['Cổng dịch vụ phải đọc được', 'Giám sát', 'Thường trực Hội đồng nhân dân, các Ban'];
/** What was in it, and goes: behind the provision that begins so. */
const STILL_THERE = {
	behind: 'Thành lập tổ công nghệ số',
	text: 'Cơ quan không thuê ngoài nhân lực công nghệ thông tin quá 12 tháng liên tục.'
};
/** Two provisions that were one. */
const WAS_ONE = { first: 'Mỗi hệ thống có người chịu trách nhiệm', second: 'Sự cố làm gián đoạn dịch vụ' };
/** A provision that was two. */
const WAS_TWO = { begins: 'Người dân không có thiết bị', at: '; thời gian giải quyết', second: 'Thời gian giải quyết' };
/** A provision that stood in front of another one. */
const STOOD = { begins: 'Công khai tình hình cập nhật', before: 'Công bố danh mục dữ liệu mở' };

/** The first draft of the sample's resolution, made of the text as it is: it differs from it in every way in which drafts do. */
export function firstDraft(document: JsonNode): JsonNode {
	let blocks = (document.content ?? []).filter((block) => !NOT_YET.some((begins) => doesBegin(block, begins)));
	for (const [begins, now, then] of SAID)
		blocks = blocks.map((block) => (doesBegin(block, begins) ? replaced(block, now, then) : block));
	return { ...document, content: [wasOne, wasTwo, stillThere, stood].reduce((list, change) => change(list), blocks) };
}

function wasOne(blocks: JsonNode[]): JsonNode[] {
	const second = blocks.find((block) => doesBegin(block, WAS_ONE.second));
	if (!second) return blocks;
	return blocks
		.filter((block) => block !== second)
		.map((block) =>
			doesBegin(block, WAS_ONE.first)
				? { ...block, content: [...(block.content ?? []), text(' '), ...(second.content ?? [])] }
				: block
		);
}

function wasTwo(blocks: JsonNode[]): JsonNode[] {
	return blocks.flatMap((block) => {
		const whole = inlineText(block);
		const at = whole.indexOf(WAS_TWO.at);
		if (at < 0 || !doesBegin(block, WAS_TWO.begins)) return [block];
		const rest = whole.slice(at + WAS_TWO.at.length);
		return [{ ...block, content: [text(`${whole.slice(0, at)}.`)] }, another(block, `${WAS_TWO.second}${rest}`)];
	});
}

function stillThere(blocks: JsonNode[]): JsonNode[] {
	return blocks.flatMap((block) => (doesBegin(block, STILL_THERE.behind) ? [block, another(block, STILL_THERE.text)] : [block]));
}

function stood(blocks: JsonNode[]): JsonNode[] {
	const moved = blocks.find((block) => doesBegin(block, STOOD.begins));
	if (!moved) return blocks;
	return blocks
		.filter((block) => block !== moved)
		.flatMap((block) => (doesBegin(block, STOOD.before) ? [moved, block] : [block]));
}

function another(like: JsonNode, words: string): JsonNode {
	return { ...like, attrs: { ...like.attrs, uid: newUid() }, content: [text(words)] };
}

function replaced(block: JsonNode, now: string, then: string): JsonNode {
	return {
		...block,
		content: block.content?.map((node) => (node.text ? { ...node, text: node.text.replace(now, then) } : node))
	};
}

function doesBegin(block: JsonNode, words: string): boolean {
	return inlineText(block).startsWith(words);
}
