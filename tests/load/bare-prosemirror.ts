import { Node } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';
import { documentSchema } from '../../src/lib/documents/schema/schema.ts';

/** The yardstick: ProseMirror alone on the same text, without Yjs, numbers, outline or references. */
function openBare(content: unknown): void {
	const state = EditorState.create({ doc: Node.fromJSON(documentSchema, content) });
	(window as unknown as { bareView: EditorView }).bareView = new EditorView(document.getElementById('bare')!, { state });
}

(window as unknown as { openBare: typeof openBare }).openBare = openBare;
