import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';
import { readDocument } from '../../src/lib/text/body.ts';

const ACK = 100;

export interface LiveClient {
	doc: Y.Doc;
	provider: WebsocketProvider;
	/** Resolves when everything this client sent so far is committed. */
	acknowledged(): Promise<void>;
	close(): void;
}

/** A real y-websocket client, signed in by an access token. Resolves when it holds the document. */
export async function joinDocument(url: string, documentId: string, token: string): Promise<LiveClient> {
	class Socket extends WebSocket {
		constructor(address: string) {
			super(address, { headers: { authorization: `Bearer ${token}` } });
		}
	}
	const doc = new Y.Doc();
	const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/collab`, documentId, doc, {
		WebSocketPolyfill: Socket as never,
		disableBc: true
	});
	let counter = 0;
	const waiting = new Map<number, () => void>();
	provider.messageHandlers[ACK] = (_, decoder) => {
		const answered = decoding.readVarUint(decoder);
		waiting.get(answered)?.();
		waiting.delete(answered);
	};
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error('the document did not arrive')), 30_000);
		provider.on('sync', (synced: boolean) => {
			if (!synced) return;
			clearTimeout(timer);
			resolve();
		});
	});
	return {
		doc,
		provider,
		acknowledged() {
			const mine = ++counter;
			const encoder = encoding.createEncoder();
			encoding.writeVarUint(encoder, ACK);
			encoding.writeVarUint(encoder, mine);
			return new Promise((resolve) => {
				waiting.set(mine, resolve);
				provider.ws!.send(encoding.toUint8Array(encoder));
			});
		},
		close() {
			provider.destroy();
			doc.destroy();
		}
	};
}

const middles = new WeakMap<Y.Doc, Y.Text>();

/** The text of one provision in the middle of the document. */
export function middleText(doc: Y.Doc): Y.Text {
	const known = middles.get(doc);
	if (known) return known;
	const blocks = readDocument(doc, documentSchema).children;
	const middle = blocks
		.slice(Math.floor(blocks.length / 2))
		.find(({ type, content }) => type.name === 'provision' && content.size > 0);
	if (!middle) throw new Error('the document has no provision with text');
	const text = doc.getText(middle.attrs.uid as string);
	middles.set(doc, text);
	return text;
}
