/** `/live` over an embedded database in a process of its own, which changes a title when it is told to. */
import { embeddedShelf } from '../support/shelf.ts';
import { serveLive, setStage } from '../live/support/stage.ts';

export type Order = 'change' | 'usage';
export type Answer = { url: string; topic: string; person: string } | { changedAt: number } | { cpuMs: number };

const shelf = await embeddedShelf();
const stage = await setStage(shelf);
const document = await stage.newDocument();
const everybodyIsOnePerson = { connectionsPerPerson: Infinity };
const served = await serveLive(shelf.sql, { limits: everybodyIsOnePerson });
let changes = 0;

process.on('message', async (order: Order) => {
	if (order === 'usage') {
		const { user, system } = process.cpuUsage();
		return say({ cpuMs: (user + system) / 1000 });
	}
	const changedAt = Date.now();
	await shelf.sql.query('update public.documents set title = $2 where id = $1', [document, `Tên ${++changes}`]);
	say({ changedAt });
});
process.on('disconnect', () => process.exit(0));
say({ url: served.url, topic: `document:${document}`, person: stage.owner });

function say(answer: Answer): void {
	process.send!(answer);
}
