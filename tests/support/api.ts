import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';
import { accessToken } from '../load/session.ts';
import type { Person } from './people.ts';

const SHORT_LAW = [
	'HỘI ĐỒNG NHÂN DÂN',
	'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
	'Độc lập - Tự do - Hạnh phúc',
	'NGHỊ QUYẾT',
	'Về văn bản thử nghiệm',
	'Căn cứ Luật Tổ chức chính quyền địa phương;',
	'QUYẾT NGHỊ:',
	'Chương I',
	'QUY ĐỊNH CHUNG',
	'Điều 1. Phạm vi điều chỉnh',
	'1. Nghị quyết này quy định việc thử nghiệm.',
	'2. Việc thử nghiệm do Ủy ban nhân dân tổ chức.',
	'Điều 2. Trách nhiệm',
	'1. Cơ quan chủ trì có trách nhiệm:',
	'a) Chuẩn bị nội dung;',
	'b) Mời các bên tham gia;',
	'c) Tổng hợp kết quả;',
	'd) Báo cáo theo quy định;',
	'đ) Lưu hồ sơ.',
	'2. Cơ quan phối hợp thực hiện theo quy định tại điểm b khoản 1 Điều 2.',
	'Điều 3. Hiệu lực thi hành',
	'Nghị quyết này có hiệu lực từ ngày ký.'
].join('\n');

/** Imports a text as the person; answers the document's id. */
export async function newDocument(baseURL: string, person: Person, title: string, text: string = SHORT_LAW): Promise<string> {
	const form = new FormData();
	form.set('file', new File([text], 'van-ban.txt', { type: 'text/plain' }));
	form.set('profile', 'nd30');
	form.set('title', title);
	const response = await fetch(`${baseURL}/api/documents/import`, {
		method: 'POST',
		body: form,
		headers: { authorization: `Bearer ${await accessToken(baseURL, person)}` }
	});
	expect(response.status, await response.clone().text()).toBe(201);
	return ((await response.json()) as { id: string }).id;
}

interface Candidate {
	type: 'agency' | 'person';
	id: string;
	name: string;
}

/**
 * Gives an agency or person of the sample (by its name) a right on a document; null takes it back.
 * `request` belongs to somebody who manages the document.
 */
export async function shareWith(
	request: APIRequestContext,
	documentId: string,
	name: string,
	role: 'editor' | 'commenter' | 'viewer' | null
): Promise<void> {
	const access = `/api/documents/${documentId}/access`;
	const candidates = (await (await request.get(`${access}?candidates=${encodeURIComponent(name)}`)).json()) as Candidate[];
	const { entries } = (await (await request.get(access)).json()) as { entries: { subject: Candidate }[] };
	const subject = [...candidates, ...entries.map((entry) => entry.subject)].find((found) => found.name === name);
	if (!subject) throw new Error(`nobody is called ${name}`);
	const key = subject.type === 'agency' ? { agencyId: subject.id } : { personId: subject.id };
	const response = role ? await request.put(access, { data: { ...key, role } }) : await request.delete(access, { data: key });
	expect(response.ok(), await response.text()).toBe(true);
}
