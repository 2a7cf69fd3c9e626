import type { AddressInfo } from 'node:net';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

interface ReceivedMail {
	messageId: string;
	to: string;
	from: string;
	subject: string;
	text: string;
	html: string;
	headers: Map<string, unknown>;
}

type Refusals = { code: number; text: string }[];

export interface MailServer {
	url: string;
	received: ReceivedMail[];
	/** What the next recipients are answered, one after the other; then everybody is taken. */
	refusals: Refusals;
	/** The same for the next senders. */
	senderRefusals: Refusals;
	/** Resolves when a mail has come whole; the server's answer to it waits until `answer` is called. */
	holdNext(): { arrived: Promise<void>; answer: () => void };
	close(): Promise<void>;
}

/** A mail server on this machine that keeps what it takes. */
export async function startMailServer(): Promise<MailServer> {
	const received: ReceivedMail[] = [];
	const refusals: Refusals = [];
	const senderRefusals: Refusals = [];
	let hold: { arrive: () => void; answered: Promise<void> } | null = null;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onMailFrom: (_, __, done) => done(refusalIn(senderRefusals)),
		onRcptTo: (_, __, done) => done(refusalIn(refusals)),
		onData(stream, _, done) {
			void simpleParser(stream).then(async (mail) => {
				received.push({
					messageId: mail.messageId!,
					to: (mail.to as AddressObject).text,
					from: mail.from!.text,
					subject: mail.subject!,
					text: mail.text!,
					html: String(mail.html),
					headers: mail.headers
				});
				const held = hold;
				hold = null;
				held?.arrive();
				await held?.answered;
				done();
			});
		}
	});
	server.on('error', () => {}); // a client that was killed
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		received,
		refusals,
		senderRefusals,
		holdNext() {
			let arrive = () => {};
			let answer = () => {};
			const arrived = new Promise<void>((resolve) => (arrive = resolve));
			const answered = new Promise<void>((resolve) => (answer = resolve));
			hold = { arrive, answered };
			return { arrived, answer };
		},
		close: () => new Promise((closed) => server.close(() => closed()))
	};
}

function refusalIn(refusals: Refusals): Error | null {
	const refusal = refusals.shift();
	return refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null;
}
