import { lawText } from '../../load/law-text.ts';
import { joinDocument, middleText } from '../../load/live-clients.ts';
import { accessToken, importText } from '../../load/session.ts';

/** What somebody who types, and whoever asks whether the process lives, felt of it; in milliseconds. */
export interface Felt {
	acknowledged: number[];
	longestSilence: number;
	closed: number;
}

const PAUSE_MS = 50;

/** In a process of its own, so that making large bodies is not taken for silence: `node typing.ts http://…`; says `ready`, and what it felt on SIGTERM. */
async function type(url: string): Promise<void> {
	const token = await accessToken(url, 'secretary');
	const id = await importText(url, token, lawText().text.split('\n').slice(0, 60).join('\n'), 'Văn bản nhỏ');
	const client = await joinDocument(url, id, token);
	const felt: Felt = { acknowledged: [], longestSilence: 0, closed: 0 };
	client.provider.on('connection-close', () => felt.closed++);
	let over = false;
	process.on('SIGTERM', () => (over = true));
	process.stdout.write('ready\n');
	const typing = async () => {
		while (!over) {
			const began = performance.now();
			middleText(client.doc).insert(0, 'x');
			await client.acknowledged();
			felt.acknowledged.push(performance.now() - began);
			await new Promise((resume) => setTimeout(resume, PAUSE_MS));
		}
	};
	const polling = async () => {
		while (!over) {
			const began = performance.now();
			await fetch(`${url}/livez`);
			felt.longestSilence = Math.max(felt.longestSilence, performance.now() - began);
			await new Promise((resume) => setTimeout(resume, PAUSE_MS));
		}
	};
	await Promise.race([
		Promise.all([typing(), polling()]),
		new Promise((resume) => client.provider.once('connection-close', resume))
	]);
	process.stdout.write(`${JSON.stringify(felt)}\n`);
	process.exit(0);
}

await type(process.argv[2]);
