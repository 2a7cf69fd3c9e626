import { m } from '../../i18n/paraglide/messages.js';
import type { Locale } from '../../i18n/formats.ts';

/** What a mail has to say, in plain text; whatever people wrote may stand in it as it is. */
export interface Letter {
	subject: string;
	paragraphs: readonly string[];
	/** The one thing to do, and where. */
	action: { label: string; link: string };
	/** What stands under it, smaller. */
	notes: readonly string[];
}

/** A mail as it goes out: the same words twice. */
export interface Mail {
	subject: string;
	text: string;
	html: string;
}

/** Lays a letter out as plain text and as HTML without scripts, pictures or styles from elsewhere. */
export function layOut({ subject, paragraphs, action, notes }: Letter, locale: Locale): Mail {
	const closing = m.outbox_closing({}, { locale });
	return {
		subject: oneLine(subject),
		text: `${[...paragraphs, `${action.label}:\n${action.link}`, ...notes, `--\n${closing}`].join('\n\n')}\n`,
		html: `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(oneLine(subject))}</title></head>
<body style="margin:0;padding:24px 12px;background:#f4f5f7;color:#1c2530;font:16px/1.55 'Be Vietnam Pro','Segoe UI',Arial,sans-serif">
<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #d9dee4;border-radius:10px">
<tr><td style="padding:28px">
${paragraphs.map((text) => `<p style="margin:0 0 16px">${lines(text)}</p>`).join('\n')}
<p style="margin:24px 0"><a href="${escape(action.link)}" style="display:inline-block;padding:11px 20px;border-radius:8px;background:#0f5f73;color:#ffffff;font-weight:600;text-decoration:none">${escape(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#4f5a66;word-break:break-all">${escape(action.link)}</p>
${notes.map((text) => `<p style="margin:0 0 12px;font-size:14px;color:#4f5a66">${lines(text)}</p>`).join('\n')}
<p style="margin:20px 0 0;padding-top:16px;border-top:1px solid #d9dee4;font-size:13px;color:#4f5a66">${lines(closing)}</p>
</td></tr>
</table>
</body>
</html>
`
	};
}

/** A line feed in a subject would begin a header of its own. */
function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}

function lines(text: string): string {
	return escape(text).replaceAll('\n', '<br>');
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
