import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { packError, unpackError } from '../carried-error.ts';
import type { Ask, Order, Report } from './messages.ts';

// A thread of in-thread.ts: runs one function after the other.

const BEHIND_LIVE_TYPING = 10;

const port = parentPort!;
const questions = new Map<number, PromiseWithResolvers<unknown>>();
let asked = 0;

// What libraries print here would be lines of the log that are none (see console.ts). Whoever read it outside, to throw it
// away, would keep the process alive as long as the thread.
process.stdout.write = process.stderr.write = () => true;
// On Linux this is the priority of the calling thread alone, elsewhere that of the whole process.
if (process.platform === 'linux') setPriority(BEHIND_LIVE_TYPING);
port.on('message', (order: Order) => {
	if (order.kind === 'run') return void run(order);
	const question = questions.get(order.id);
	questions.delete(order.id);
	if (order.kind === 'answer') question?.resolve(order.answer);
	else question?.reject(unpackError(order.error));
});

async function run({ module, name, input }: Extract<Order, { kind: 'run' }>): Promise<void> {
	try {
		const functions = (await import(new URL(`../../${module}`, import.meta.url).href)) as Record<
			string,
			(input: unknown, ask: Ask) => unknown
		>;
		tell({ kind: 'done', result: await functions[name](input, ask) });
	} catch (error) {
		tell({ kind: 'failed', error: packError(error) });
	}
}

function ask(question: unknown): Promise<unknown> {
	const answer = Promise.withResolvers<unknown>();
	questions.set(++asked, answer);
	tell({ kind: 'ask', id: asked, question });
	return answer.promise;
}

function tell(report: Report): void {
	port.postMessage(report);
}
