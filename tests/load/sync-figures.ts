import { joinDocument, middleText, type LiveClient } from './live-clients.ts';
import { milliseconds, type Figure } from './figures.ts';

const CLIENTS = 20;
const EDITS = 300;
/** The first edits run in code that neither side has compiled yet. */
const WARM_UP = 60;
/** 25 edits and as many questions a second from the measured client: below the rate at which the server stops reading a socket. */
const PAUSE_MS = 40;

/** Edit → peer and edit → acknowledged, with 20 live clients in one large document. */
export async function syncFigures(url: string, documentId: string, token: string): Promise<Figure[]> {
	const clients: LiveClient[] = [];
	for (let index = 0; index < CLIENTS; index++) clients.push(await joinDocument(url, documentId, token));
	const [writer, reader] = clients;
	const sentAt = new Map<string, number>();
	const toPeer: number[] = [];
	reader.doc.on('update', () => {
		const now = performance.now();
		const text = middleText(reader.doc).toString();
		for (const [marker, at] of sentAt) {
			if (!text.includes(marker)) continue;
			if (Number(marker.slice(1, -1)) >= WARM_UP) toPeer.push(now - at);
			sentAt.delete(marker);
		}
	});
	const toCommit: number[] = [];
	for (let edit = 0; edit < EDITS; edit++) {
		const marker = `⟦${edit}⟧`;
		const at = performance.now();
		sentAt.set(marker, at);
		middleText(writer.doc).insert(0, marker);
		const committed = writer.acknowledged().then(() => edit >= WARM_UP && toCommit.push(performance.now() - at));
		// Everybody types: the others edit between the measured edits.
		middleText(clients[2 + (edit % (CLIENTS - 2))].doc).insert(0, 'x');
		if (edit % 10 === 9) await committed;
		await new Promise((resume) => setTimeout(resume, PAUSE_MS));
	}
	while (sentAt.size > 0 || toCommit.length < EDITS - WARM_UP) await new Promise((resume) => setTimeout(resume, PAUSE_MS));
	for (const client of clients) client.close();
	return [
		{
			what: `edit → peer, ${CLIENTS} clients, p50 / p99`,
			value: `${milliseconds(toPeer, 0.5)} / ${milliseconds(toPeer, 0.99)}`,
			aim: '10 / 50 ms'
		},
		{
			what: `edit → acknowledged, ${CLIENTS} clients, p50 / p99`,
			value: `${milliseconds(toCommit, 0.5)} / ${milliseconds(toCommit, 0.99)}`,
			aim: '40 / 250 ms'
		}
	];
}
