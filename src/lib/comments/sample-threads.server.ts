import { actAs } from '../server/act-as.ts';
import type { Sql } from '../server/sql.ts';
import { insertAfter, remove } from '../text/edits.ts';
import type { Plan } from '../text/planned-edit.ts';
import { createAnchors } from './anchors.server.ts';
import { idOf, openSampleText, type Someone, uidOf } from './sample-text.server.ts';
import type { Range } from './threads.ts';

interface SampleThread {
	by: Someone;
	/** How the provision begins that it is about; null for the whole document. */
	at: string | null;
	quote?: string;
	says: string;
	after?: (
		| { by: Someone; answers: string }
		| { by: Someone; decides: 'resolved' | 'reopened' | 'hidden'; because?: string }
		| { by: Someone; assigns: Someone }
	)[];
}

/** A provision that somebody has taken out again: what was said about it stays. */
const DROPPED = 'Thành lập quỹ hỗ trợ chuyển đổi số cho doanh nghiệp nhỏ.';
const BEFORE_DROPPED = 'Ưu tiên hình thức thuê dịch vụ';

const THREADS: SampleThread[] = [
	{
		by: 'reviewer',
		at: 'Kinh tế số đóng góp',
		quote: 'tối thiểu 35% tổng sản phẩm trên địa bàn',
		says: 'Cần nêu phương pháp tính và nguồn số liệu; tỷ lệ này khó đạt nếu tính theo giá hiện hành.',
		after: [
			{ by: 'codrafter', answers: 'Nhất trí ghi phương pháp tính tại phụ lục. Đề nghị Sở cho biết số liệu năm gần nhất.' },
			{ by: 'drafter', assigns: 'codrafter' }
		]
	},
	{
		by: 'reviewer',
		at: 'Bố trí tối thiểu 1,5%',
		quote: 'tối thiểu 1,5% tổng chi ngân sách',
		says: 'Đề nghị ghi rõ chi thường xuyên hay tổng chi.',
		after: [{ by: 'drafter', decides: 'resolved', because: 'Giữ "tổng chi" theo kết luận của Ban Chỉ đạo.' }]
	},
	{ by: 'codrafter', at: 'Hệ thống đang vận hành', says: 'Khoản này nên chuyển xuống điều khoản chuyển tiếp.' },
	{
		by: 'guest',
		at: 'Cổng dịch vụ phải đọc được',
		quote: 'trình đọc màn hình',
		says: 'Nên dẫn tiêu chuẩn tiếp cận đang áp dụng để có căn cứ nghiệm thu.',
		after: [
			{ by: 'drafter', decides: 'resolved' },
			{ by: 'guest', decides: 'reopened', because: 'Chưa thấy dẫn tiêu chuẩn trong dự thảo.' }
		]
	},
	{ by: 'secretary', at: null, says: 'Hạn gửi ý kiến của các sở là ngày 15; sau đó chốt Dự thảo lần 2.' },
	{
		by: 'reviewer',
		at: 'Sự cố làm gián đoạn',
		quote: 'quá 08 giờ',
		says: 'Thời hạn này nên thống nhất với quy chế ứng cứu sự cố.'
	},
	{ by: 'reviewer', at: DROPPED, quote: 'quỹ hỗ trợ', says: 'Nguồn hình thành quỹ chưa rõ.' },
	{
		by: 'guest',
		at: 'Khuyến khích cơ sở giáo dục',
		says: 'Gửi nhầm văn bản.',
		after: [{ by: 'secretary', decides: 'hidden', because: 'Ý kiến gửi nhầm văn bản.' }]
	}
];

/** Comments on the main document, of every state and kind of place. Each person says what is theirs. */
export async function addSampleThreads(sql: Sql, workspaceId: string): Promise<void> {
	const { document, model, write, updates, close } = await openSampleText(sql, workspaceId);
	const anchors = createAnchors({
		readText: async (_id, read) => read(model),
		applyServerEdit: async (_id: string, plan: Plan) => write(plan)
	});
	let dropped = '';
	write((edit) => {
		const content = [{ type: 'text', text: DROPPED }];
		[dropped] = insertAfter(edit, uidOf(model, BEFORE_DROPPED), [{ type: 'provision', attrs: { level: 'clause' }, content }]);
	});
	await sql.transaction(async (tx) => {
		for (const thread of THREADS) {
			const uid = thread.at === null ? null : uidOf(model, thread.at);
			const ranges = uid === null ? [] : [{ uid, quote: thread.quote ?? null, prefix: '', suffix: '' }];
			const chosen = await anchors.choose(document, ranges);
			const id = await open(
				tx,
				document.id,
				thread,
				ranges.map((range, nth) => ({ ...range, number: chosen[nth]?.number ?? '' }))
			);
			await anchors.tie(document, await rangesOf(tx, id), '');
			for (const next of thread.after ?? []) await goOn(tx, id, next);
		}
		write((edit) => void remove(edit, dropped));
		for (const bytes of updates)
			await tx.query('insert into public.document_updates (document_id, epoch, bytes) values ($1, $2, $3)', [
				document.id,
				document.epoch,
				bytes
			]);
		// Whoever opens the sample finds it as it begins.
		await tx.query('update public.notices set read_at = now() where workspace_id = $1 and thread_id is not null', [workspaceId]);
	});
	close();
}

async function open(tx: Sql, documentId: string, { by, says }: SampleThread, passages: object[]): Promise<string> {
	return actAs(tx, await idOf(tx, by), async (asPerson) => {
		const [row] = await asPerson.query<{ id: string }>('select public.open_thread($1, $2, $3) as id', [
			documentId,
			JSON.stringify(passages),
			says
		]);
		return row.id;
	});
}

function rangesOf(tx: Sql, threadId: string): Promise<Range[]> {
	return tx.query<Range>(
		`select id, uid, quote, prefix, suffix, number_then as "numberThen" from public.thread_ranges where thread_id = $1 order by nth`,
		[threadId]
	);
}

async function goOn(tx: Sql, threadId: string, next: NonNullable<SampleThread['after']>[number]): Promise<void> {
	const assignee = 'assigns' in next ? await idOf(tx, next.assigns) : null;
	await actAs(tx, await idOf(tx, next.by), async (asPerson) => {
		if ('answers' in next)
			await asPerson.query('insert into public.comments (thread_id, body) values ($1, $2)', [threadId, next.answers]);
		else
			await asPerson.query(
				'insert into public.thread_decisions (thread_id, kind, sentence, assignee_id) values ($1, $2, $3, $4)',
				'decides' in next ? [threadId, next.decides, next.because ?? '', null] : [threadId, 'assigned', '', assignee]
			);
	});
}
