import FileText from '@lucide/svelte/icons/file-text';
import type { PageOf } from '../../base/page-of.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { CommandGroup } from '../../ui/overlays/commands.ts';
import { documentHref, type ListedDocument } from './documents.ts';

/** For the command palette: documents of a workspace whose title or text holds the words. */
export function searchDocumentCommands(slug: string): (query: string, signal: AbortSignal) => Promise<CommandGroup[]> {
	return async (query, signal) => {
		const search = new URLSearchParams({ workspace: slug, q: query, limit: '12' });
		const response = await fetch(`/api/documents?${search}`, { signal });
		if (!response.ok) throw new Error(`search answered ${response.status}`);
		const { items } = (await response.json()) as PageOf<ListedDocument>;
		const commands = items.map((document) => ({
			id: `document-${document.id}`,
			label: document.title,
			hint: document.leadAgency.shortName,
			icon: FileText,
			href: documentHref(slug, document.id)
		}));
		return [{ heading: m.library_documents(), commands }];
	};
}
