import { createTransport } from 'nodemailer';
import type { Config } from './config.ts';

export interface Message {
	to: string;
	subject: string;
	text: string;
}

export interface Mailer {
	/** False when no SMTP is configured: links are then copied by hand. */
	enabled: boolean;
	/** Sends one plain mail; throws when the server refuses it. */
	send(message: Message): Promise<void>;
}

/** The mailer of this installation. */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom'>): Mailer {
	if (!config.smtpUrl) return { enabled: false, send: () => Promise.reject(new Error('no SMTP_URL is configured')) };
	const transport = createTransport(config.smtpUrl);
	return {
		enabled: true,
		async send(message) {
			await transport.sendMail({ from: config.mailFrom!, ...message });
		}
	};
}
