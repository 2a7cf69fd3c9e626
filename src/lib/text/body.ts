/** Documents as they are stored and exchanged: ProseMirror's JSON in, an update of Yjs out, and back. */
import type { Node, Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { FIRST_TAG } from './keys.ts';
import { TextModel } from './model.ts';
import { newDoc } from './new-doc.ts';
import { TextWriter } from './writer.ts';

/** The update that writes a document into an empty Y.Doc. Each block must have a uid of its own. */
export function documentToUpdate(document: Node): Uint8Array {
	const doc = newDoc();
	const model = new TextModel(doc, document.type.schema, FIRST_TAG);
	new TextWriter(model, null, true).write(model.node, document);
	const update = Y.encodeStateAsUpdate(doc);
	model.destroy();
	doc.destroy();
	return update;
}

/** The document that a Y.Doc holds. Reads only. */
export function readDocument(doc: Y.Doc, schema: Schema): Node {
	const model = new TextModel(doc, schema);
	const { node } = model;
	model.destroy();
	return node;
}
