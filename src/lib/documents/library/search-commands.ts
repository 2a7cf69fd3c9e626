import FileText from '@lucide/svelte/icons/file-text';
import { m } from '../../i18n/paraglide/messages.js';
import type { CommandGroup } from '../../ui/overlays/commands.ts';
import { documentHref, type ListedDocument } from './documents.ts';

/** For the command palette: documents of a workspace whose title or text holds the words. */
export function searchDocumentCommands(slug: string): (query: string, signal: AbortSignal) => Promise<CommandGroup[]> {
	return async (query, signal) => {
		const response = await fetch(`/api/documents?${new URLSearchParams({ workspace: slug, q: query })}`, { signal });
		if (!response.ok) throw new Error(`search answered ${response.status}`);
		const { documents } = (await response.json()) as { documents: ListedDocument[] };
		const commands = documents.slice(0, 12).map((document) => ({
			id: `document-${document.id}`,
			label: document.title,
			hint: document.leadAgency.shortName,
			icon: FileText,
			href: documentHref(slug, document.id)
		}));
		return [{ heading: m.library_documents(), commands }];
	};
}
