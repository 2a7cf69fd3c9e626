import * as Y from 'yjs';

/** A provision as the editor writes it: an element with its uid and one text. */
export function provision(uid: string, text: string): Y.XmlElement {
	const block = new Y.XmlElement('provision');
	block.setAttribute('uid', uid);
	block.insert(0, [new Y.XmlText(text)]);
	return block;
}
