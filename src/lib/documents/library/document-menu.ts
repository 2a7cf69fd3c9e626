import Download from '@lucide/svelte/icons/download';
import FileText from '@lucide/svelte/icons/file-text';
import LayoutTemplate from '@lucide/svelte/icons/layout-template';
import Pencil from '@lucide/svelte/icons/pencil';
import Trash2 from '@lucide/svelte/icons/trash-2';
import UserPlus from '@lucide/svelte/icons/user-plus';
import { m } from '../../i18n/paraglide/messages.js';
import type { MenuItem } from '../../ui/controls/menu.ts';
import { STATES, documentHref, isTextOpen, nextStates, type DocumentState, type ListedDocument } from './documents.ts';
import { profileShortName, stateName } from './labels.ts';

export interface DocumentActions {
	rename(document: ListedDocument): void;
	share(document: ListedDocument): void;
	download(document: ListedDocument): void;
	move(document: ListedDocument, state: DocumentState): void;
	changeProfile(document: ListedDocument): void;
	trash(document: ListedDocument): void;
}

/** What the signed-in person may do with a document in a list; what they may not is left out. */
export function documentMenu(slug: string, document: ListedDocument, actions: DocumentActions): MenuItem[] {
	const items: MenuItem[] = [{ label: m.library_open(), icon: FileText, href: documentHref(slug, document.id) }];
	if (document.canEdit)
		items.push({ label: m.library_rename(), icon: Pencil, shortcut: 'F2', onselect: () => actions.rename(document) });
	items.push({ label: m.library_share(), icon: UserPlus, onselect: () => actions.share(document) });
	items.push({ label: m.library_export(), icon: Download, onselect: () => actions.download(document) });
	if (document.canShare) {
		items.push({ heading: m.library_state() });
		items.push(...stateItems(document, (state) => actions.move(document, state)));
		items.push(...profileItems(document, () => actions.changeProfile(document)));
	}
	if (document.canTrash) {
		items.push('separator', {
			label: m.library_move_to_trash(),
			icon: Trash2,
			shortcut: 'Del',
			danger: true,
			onselect: () => actions.trash(document)
		});
	}
	return items;
}

/** Another layout, while the text may change. */
export function profileItems({ state, profile }: ListedDocument, change: () => void): MenuItem[] {
	if (!isTextOpen(state)) return [];
	return [
		{ heading: m.library_profile() },
		{ label: m.library_profile_change_from({ profile: profileShortName(profile) }), icon: LayoutTemplate, onselect: change }
	];
}

/** Where a document stands, and where it may be moved to. */
export function stateItems({ state: present }: ListedDocument, move: (state: DocumentState) => void): MenuItem[] {
	const next = nextStates(present);
	return STATES.filter((state) => state === present || next.includes(state)).map((state) => ({
		label: stateName(state),
		checked: state === present,
		onselect: () => state !== present && move(state)
	}));
}
