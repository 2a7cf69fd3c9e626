import { parentPort } from 'node:worker_threads';
import * as Y from 'yjs';
import { mergeVerified, Unmergeable } from './merge.server.ts';
import { type MergeAnswer, type MergeTask, unpack } from './merge-messages.ts';

// Merges logs beside the thread that serves people: it would stand still for seconds.
const port = parentPort!;

port.on('message', (task: MergeTask) => {
	const began = performance.now();
	try {
		const bytes = new Uint8Array(mergeVerified(unpack(task)));
		const stateVector = new Uint8Array(Y.encodeStateVectorFromUpdate(bytes));
		say({ id: task.id, bytes, stateVector, tookMs: performance.now() - began }, [bytes.buffer]);
	} catch (error) {
		const { message } = error as Error;
		say({ id: task.id, complaint: message, parts: error instanceof Unmergeable ? error.parts : [] });
	}
});

function say(answer: MergeAnswer, handedOver: ArrayBuffer[] = []): void {
	port.postMessage(answer, handedOver);
}
