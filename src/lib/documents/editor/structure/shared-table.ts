import { Table } from '@tiptap/extension-table';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { TableMap } from '@tiptap/pm/tables';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

/** The table of the schema, edited by several people at once. */
export const SharedTable = Table.extend({
	addProseMirrorPlugins() {
		return (this.parent?.() ?? []).map(leavingOthersEdits);
	}
});

/**
 * A plugin that puts tables right, as it is, but for tables that are wrong since one person added a row and another a
 * column at the same moment: the server makes those straight, once for all (MS10). If each page did it, each would add
 * cells, and none would know in which column they are lacking.
 */
export function leavingOthersEdits(plugin: Plugin): Plugin {
	const { appendTransaction } = plugin.spec;
	if (!appendTransaction) return plugin;
	return new Plugin({
		...plugin.spec,
		appendTransaction(transactions, before, state) {
			if (transactions.some((transaction) => transaction.getMeta(ySyncPluginKey)?.isChangeOrigin)) return null;
			const appended = appendTransaction.call(this, transactions, before, state);
			return appended?.docChanged && before.doc.children.some(isCrooked) ? null : appended;
		}
	});
}

function isCrooked(block: Node): boolean {
	return block.type.name === 'table' && TableMap.get(block).problems !== null;
}
