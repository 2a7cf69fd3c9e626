import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium } from '@playwright/test';
import { findChromium } from '../support/chromium.ts';
import { PASSWORD, WORKSPACE, signIn } from '../support/people.ts';
import { runCommand, startPlenum, temporaryFolder, type Plenum } from '../support/plenum.ts';
import { announcementFigures } from './announcement-figures.ts';
import { printFigures, type Figure } from './figures.ts';
import { commentFigures } from './comment-figures.ts';
import { compareFigures } from './compare-figures.ts';
import { keystrokeFigures } from './keystrokes.ts';
import { decreeText, lawText } from './law-text.ts';
import { libraryFigures } from './library-figures.ts';
import { longDecreeFigures } from './long-decree.ts';
import { longLifeFigures } from './long-life-figures.ts';
import { longQueryFigures } from './long-queries.ts';
import { joinDocument } from './live-clients.ts';
import { javascriptOf } from './page-size.ts';
import { accessToken, importText } from './session.ts';
import { syncFigures } from './sync-figures.ts';
import { DECREE, textFigures } from './text-figures.ts';

const PEERS = 5;

/** `npm run bench`: the figures of docs/performance.md, measured on this machine in one run. Takes about five minutes. */
process.setMaxListeners(0); // y-websocket adds one for each client
const dataDir = temporaryFolder();
process.stdout.write(`Node ${process.version}, ${cpus().length} cores\n`);
const sample = await runCommand('src/sample.ts', [], { DATA_DIR: dataDir, SAMPLE_PASSWORD: PASSWORD });
if (sample.code !== 0) throw new Error(sample.output);
await (await startPlenum({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })).stop(); // builds the pages when needed

const began = performance.now();
const plenum = await startPlenum({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
const readySeconds = (performance.now() - began) / 1000;
try {
	printFigures('Start', [
		{ what: 'start to ready on an existing database', value: `${readySeconds.toFixed(1)} s`, aim: 'under 5 s' },
		{ what: 'resident memory at start', value: `${residentMib(plenum)} MiB` }
	]);
	await measureDocument(plenum);
} finally {
	await plenum.stop();
}
printFigures('The text model, without a screen', textFigures());
printFigures('Two texts compared', compareFigures());
printFigures('A text that many have visited', longLifeFigures());
printFigures('A large library', await libraryFigures());
printFigures('Telling pages what changed', await announcementFigures());
printFigures('While the process works hard', await longQueryFigures());
process.exit(0);

async function measureDocument({ url }: Plenum): Promise<void> {
	const token = await accessToken(url, 'drafter');
	const { text, source } = lawText();
	const importBegan = performance.now();
	const id = await importText(url, token, text, 'Văn bản đo tốc độ');
	const figures: Figure[] = [{ what: `import of ${source}`, value: `${Math.round(performance.now() - importBegan)} ms` }];

	const browser = await chromium.launch({
		executablePath: findChromium() ?? undefined,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
	const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	await signIn(page, 'drafter');
	const libraryBytes = await javascriptOf(page, `/${WORKSPACE}`, 'h1');
	const openBegan = performance.now();
	const document = `/${WORKSPACE}/documents/${id}`;
	await page.goto(document);
	await page.locator('.ProseMirror [data-level=article]').first().waitFor();
	figures.push({ what: 'open it, to the first article on screen', value: `${Math.round(performance.now() - openBegan)} ms` });
	const fresh = await browser.newContext({ baseURL: url, storageState: await context.storageState() });
	const editorBytes = await javascriptOf(await fresh.newPage(), document, '.ProseMirror');
	figures.push(
		{ what: 'JavaScript of the library page, gzip', value: `${Math.round(libraryBytes / 1000)} kB` },
		{ what: 'JavaScript of the editor page, gzip', value: `${Math.round(editorBytes / 1000)} kB`, aim: 'under 350 kB' }
	);
	await fresh.close();
	printFigures('Pages', figures);

	const content = await contentOf(url, id, token);
	const peers = await Promise.all(Array.from({ length: PEERS }, () => joinDocument(url, id, token)));
	peers.forEach(({ provider }, index) => provider.awareness.setLocalStateField('cursor', { anchor: null, head: null, index }));
	printFigures('Typing', await keystrokeFigures(page, await (await browser.newContext()).newPage(), content, peers));
	for (const peer of peers) peer.close();
	const [commented, bare] = [
		await importText(url, token, text, 'Văn bản có góp ý'),
		await importText(url, token, text, 'Văn bản không có')
	];
	printFigures(
		'Comments',
		await commentFigures(page, { id: commented, bareId: bare, content: await contentOf(url, commented, token), url, token })
	);
	printFigures(
		'A long text',
		await longDecreeFigures(page, await importText(url, token, decreeText(DECREE), 'Nghị định đo tốc độ'), DECREE)
	);
	await browser.close();

	printFigures('Sync', await syncFigures(url, id, token));
}

async function contentOf(url: string, id: string, token: string): Promise<unknown> {
	const response = await fetch(`${url}/api/documents/${id}/export?format=json`, {
		headers: { authorization: `Bearer ${token}` }
	});
	return ((await response.json()) as { content: unknown }).content;
}

function residentMib({ process: child }: Plenum): number {
	const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
	return Math.round(Number(kib) / 1024);
}
