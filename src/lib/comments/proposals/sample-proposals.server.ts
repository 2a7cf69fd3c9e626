import { actAs } from '../../server/act-as.ts';
import type { Sql } from '../../server/sql.ts';
import { lettersIn } from '../../text/edits.ts';
import type { Plan } from '../../text/planned-edit.ts';
import { bare } from '../anchors.ts';
import { idOf, openSampleText, type SampleText, type Someone, uidOf } from '../sample-text.server.ts';
import type { NewProposal } from './input.ts';
import { keepProposal } from './keep-proposal.server.ts';
import { type Chosen, createProposing } from './proposing.server.ts';

interface SampleProposal {
	by: Someone;
	/** How the provision begins that it is for. */
	at: string;
	kind?: NewProposal['kind'];
	/** Words that become others; or the words that come. */
	words: [was: string, proposed: string] | string;
	reason: string;
	/** What stood there when it was proposed, where it says something else by now. */
	was?: string;
	decided?: { by: Someone; kind: 'accepted' | 'declined' | 'withdrawn'; reason?: string };
}

const WAS =
	'Toàn bộ thủ tục hành chính đủ điều kiện được cung cấp trực tuyến mức độ 4; tỷ lệ hồ sơ trực tuyến đạt từ 80% trở lên.';

const PROPOSALS: SampleProposal[] = [
	{
		by: 'reviewer',
		at: 'Cổng dịch vụ phải đọc được',
		was: 'Cổng dịch vụ phải đọc được bằng trình đọc màn hình.',
		words: ['', ''],
		reason: 'Người không dùng được chuột cũng phải làm được hồ sơ.',
		decided: { by: 'drafter', kind: 'accepted' }
	},
	{
		by: 'reviewer',
		at: 'Cán bộ, công chức được bồi dưỡng',
		words: ['ít nhất 40 giờ', 'ít nhất 24 giờ'],
		reason: 'Kinh phí bồi dưỡng đã giao chỉ đủ cho 24 giờ.',
		decided: { by: 'codrafter', kind: 'declined', reason: 'Giữ 40 giờ; phần thiếu dùng học liệu trực tuyến dùng chung.' }
	},
	{
		by: 'reviewer',
		at: 'Toàn bộ thủ tục hành chính',
		was: WAS,
		words: ['80% trở lên.', '85% trở lên vào năm 2028.'],
		reason: 'Chỉ tiêu phải khớp lộ trình kinh phí đã thẩm định.'
	},
	{
		by: 'guest',
		at: 'Toàn bộ thủ tục hành chính',
		words: ['tỷ lệ hồ sơ trực tuyến', 'tỷ lệ hồ sơ được giải quyết trực tuyến'],
		reason: 'Nộp trực tuyến mà giải quyết trên giấy thì chưa tính.'
	},
	{
		by: 'reviewer',
		at: 'Trước khi đề xuất hệ thống mới',
		words: ['phải nêu rõ vì sao', 'phải báo cáo bằng văn bản vì sao'],
		reason: 'Để cơ quan thẩm định dự toán có hồ sơ.'
	},
	{
		by: 'guest',
		at: 'Mỗi người dân trưởng thành',
		kind: 'insert-after',
		words: 'Tối thiểu 80% người cao tuổi được hướng dẫn sử dụng dịch vụ công trực tuyến.',
		reason: 'Nhóm này cần một chỉ tiêu riêng.'
	}
];

/** Proposals for the main document: two for one provision, one for what has changed since, taken, declined and new ones. */
export async function addSampleProposals(sql: Sql, workspaceId: string): Promise<void> {
	const text = await openSampleText(sql, workspaceId);
	await sql.transaction(async (tx) => {
		for (const proposal of PROPOSALS) {
			const uid = uidOf(text.model, proposal.at);
			const chosen = await choose(text, uid, proposal);
			const { id } = await actAs(tx, await idOf(tx, proposal.by), (asPerson) =>
				keepProposal(asPerson, text.document.id, { uid, kind: proposal.kind ?? 'replace', reason: proposal.reason }, chosen)
			);
			const { decided } = proposal;
			if (decided)
				await tx.query('select private.decide_proposal($1, $2, $3, false, $4)', [
					id,
					decided.kind,
					decided.reason ?? '',
					await idOf(tx, decided.by)
				]);
		}
		// Whoever opens the sample finds it as it begins.
		await tx.query('update public.notices set read_at = now() where workspace_id = $1 and thread_id is not null', [workspaceId]);
	});
	text.close();
}

async function choose(
	{ document, model, write }: SampleText,
	uid: string,
	{ at, kind = 'replace', words, was }: SampleProposal
): Promise<Chosen> {
	const proposing = createProposing({
		readText: async (_id, read) => read(model),
		applyServerEdit: async (_id: string, plan: Plan) => write(plan)
	});
	const now = bare(lettersIn({ doc: model.node, model }, uid));
	const content = typeof words === 'string' ? words : (was ?? now).replace(...words);
	const chosen = await proposing.choose(document, { uid, kind, content: content === was ? now : content, reason: '' });
	if (typeof chosen === 'string') throw new Error(`the sample cannot propose for “${at}”: ${chosen}`);
	return was === undefined ? chosen : { ...chosen, was: [{ type: 'text', text: was }] };
}
