import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import type { Mail } from './letter.ts';

interface OutgoingMail extends Mail {
	/** One address, and nothing else: it is not parsed as a list. */
	to: string;
	/** Stays the same at every attempt. */
	messageId: string;
}

/** Hands mails over to the mail server. */
export interface Transport {
	/** Resolves once the server has taken it. @throws NotSent */
	send(mail: OutgoingMail): Promise<void>;
}

/** A mail that the server did not take. */
export class NotSent extends Error {
	override readonly name = 'NotSent';
	/** Trying again would not help: it is about this address or this mail. */
	readonly isPermanent: boolean;

	/** `reason` is codes alone: servers quote addresses. */
	constructor(reason: string, isPermanent: boolean) {
		super(reason);
		this.isPermanent = isPermanent;
	}
}

/** A stopping process waits for mails on their way for less than it has. */
const PATIENCE_MS = 10_000;
/** What the server says at these steps is about this mail. Before, it is about us: our name, sign-in or sender. */
const ABOUT_THE_MAIL = /^(RCPT TO|DATA)/;

/** Talks to the server of SMTP_URL, one connection for each mail; null when none is set. */
export function openTransport({ smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>): Transport | null {
	if (!smtpUrl || !mailFrom) return null;
	const smtp = createTransport({
		url: smtpUrl,
		connectionTimeout: PATIENCE_MS,
		greetingTimeout: PATIENCE_MS,
		socketTimeout: PATIENCE_MS,
		dnsTimeout: PATIENCE_MS,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	const domain = /@([^\s>]+)/.exec(mailFrom)?.[1] ?? 'localhost';
	return {
		async send({ to, messageId, subject, text, html }) {
			try {
				await smtp.sendMail({
					from: mailFrom,
					to: { name: '', address: to },
					messageId: `<${messageId}@${domain}>`,
					headers: { 'Auto-Submitted': 'auto-generated' },
					subject,
					text,
					html
				});
			} catch (error) {
				throw notSent(error as SmtpError);
			}
		}
	};
}

interface SmtpError extends Error {
	code?: string;
	command?: string;
	responseCode?: number;
	response?: string;
}

function notSent({ code, command = '', responseCode, response = '' }: SmtpError): NotSent {
	if (!responseCode) return new NotSent(code ?? 'ESMTP', code === 'EENVELOPE');
	const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
	const step = command.split(' ')[0];
	return new NotSent(
		[responseCode, enhanced, step].filter(Boolean).join(' '),
		responseCode >= 500 && ABOUT_THE_MAIL.test(command)
	);
}
