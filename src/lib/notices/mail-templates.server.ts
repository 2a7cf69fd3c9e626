import type { QueuedMail, Template } from '../server/outbox/send-mail.ts';
import type { Sql } from '../server/sql.ts';
import { noticesLetter, type ToldNotice } from './letters.ts';

/** The mails that notices send. System door: nobody is signed in when they are written. `origin` is what links begin with. */
export function noticeTemplates(origin: string): Record<string, Template> {
	return { notices: (tx, mail) => noticesMail(tx, mail, origin) };
}

/** What is unread of it by now, and what the person may still see. */
async function noticesMail(tx: Sql, { id, personId, locale }: QueuedMail, origin: string) {
	const notices = await tx.query<ToldNotice & { slug: string; workspace: string }>(
		`select n.kind, n.actor_name as actor, d.title, w.slug, w.name as workspace
		from public.notices n join public.workspaces w on w.id = n.workspace_id join public.documents d on d.id = n.document_id
		where n.mail_id = $1 and n.person_id = $2 and n.read_at is null and public.document_role(d.id, n.person_id) is not null
			and d.id not in (select private.trashed_document_ids())
		order by n.made_at`,
		[id, personId]
	);
	if (notices.length === 0) return null;
	const [{ slug, workspace }] = notices;
	const home = `${origin}/${slug}`;
	return noticesLetter({ workspace, notices, link: `${home}/notices`, choices: `${home}/settings/notices` }, locale);
}
