import { type OpenDocument, openDocument, type OpenDocumentOptions } from '../../../src/lib/collab/client/open-document.ts';
import { Network } from './network.ts';
import type { Served } from './serve.ts';

/** One page of one person: an open document and the network it is on. */
export interface Desk {
	open: OpenDocument;
	network: Network;
	text(): string;
	type(text: string): void;
}

const desks: Desk[] = [];

/** Opens a document as the application's own client does. */
export function sitDown(
	served: Served,
	person: string,
	options: Partial<OpenDocumentOptions> & { network?: Network } = {}
): Desk {
	const { network = new Network(), ...rest } = options;
	const open = openDocument({
		documentId: 'paper',
		url: served.url,
		epoch: 1,
		schemaVersion: 1,
		person: { id: person, name: person, agency: 'an agency', colour: '#000000' },
		indexedDb: false,
		WebSocketPolyfill: network.socketFor(person),
		...rest
	});
	const text = () => open.doc.getText('test');
	const desk: Desk = {
		open,
		network,
		text: () => text().toString(),
		type: (words) => text().insert(text().length, words)
	};
	desks.push(desk);
	return desk;
}

/** Closes all pages that a test opened. */
export async function everybodyLeaves(): Promise<void> {
	await Promise.all(desks.splice(0).map((desk) => desk.open.close()));
}
