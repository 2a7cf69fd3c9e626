import { Editor, type Extensions, Extension } from '@tiptap/core';
import { TableKit } from '@tiptap/extension-table';
import { Dropcursor } from '@tiptap/extensions/drop-cursor';
import { Gapcursor } from '@tiptap/extensions/gap-cursor';
import type { Plugin } from '@tiptap/pm/state';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { documentExtensions } from '../schema/schema.ts';
import { profileOf, type ProfileId } from '../schema/profiles.ts';
import { appendixMarks } from './frame/appendix-marks.ts';
import { FrameGuard } from './frame/guard.ts';
import { symbolMarks } from './frame/symbol-marks.ts';
import { CaretLayer } from './live/caret-layer.ts';
import { numberingPlugin } from './numbers/numbering-state.ts';
import { ReferenceViews } from './references/reference-view.ts';
import { SharedTextExtension } from './shared-text/extension.ts';
import { Structure } from './structure/structure.ts';
import { FootnoteViews } from './view/footnote-view.ts';
import { ProvisionView } from './view/provision-view.ts';
import { quickKeys } from './view/quick-keys.ts';

/** The words that the editor itself puts on the page. */
export interface EditorWording {
	/** Name of the text field. */
	label: string;
	brokenReference: string;
	footnote: (number: number) => string;
}

export interface CreateEditorOptions {
	/** Where the text goes: inside the sheet. */
	element: HTMLElement;
	/** Above the sheet, for the carets of colleagues. */
	caretLayer: HTMLElement;
	scroller: HTMLElement;
	ydoc: Y.Doc;
	awareness: Awareness;
	profile: ProfileId;
	isEditable: boolean;
	/** Whether the browser underlines what it takes for misspelt. */
	spellcheck: boolean;
	wording: EditorWording;
	/** Plugins of the panels around the text: search, menus, paste. */
	plugins: Plugin[];
}

/** The editor of one document. It never opens a connection: `ydoc` and `awareness` are handed in. */
export function createEditor(options: CreateEditorOptions): Editor {
	const { element, ydoc, awareness, profile, wording } = options;
	const carets = new CaretLayer({ awareness, layer: options.caretLayer, scroller: options.scroller });
	const references = new ReferenceViews();
	const footnotes = new FootnoteViews();
	const around = Extension.create({
		name: 'around',
		// A list that is open has the keys before the structure does.
		priority: 900,
		addProseMirrorPlugins: () => [
			// First, since what searches or copies asks it for numbers.
			numberingPlugin(profile),
			appendixMarks(profileOf(profile)),
			symbolMarks(profileOf(profile)),
			...options.plugins,
			quickKeys(),
			references.plugin(),
			footnotes.plugin(),
			carets.plugin()
		]
	});
	return new Editor({
		element: { mount: element },
		editable: options.isEditable,
		injectCSS: false,
		enableInputRules: false,
		enablePasteRules: false,
		enableCoreExtensions: { delete: false, textDirection: false, drop: false, paste: false },
		extensions: [
			SharedTextExtension.configure({ ydoc }),
			FrameGuard,
			Structure.configure({ profile }),
			around,
			...withViews(profile, references, footnotes, wording),
			Dropcursor.configure({ color: '#0f5257', width: 2 }),
			Gapcursor
		],
		editorProps: {
			attributes: {
				class: 'paper-body',
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': wording.label,
				lang: 'vi',
				spellcheck: String(options.spellcheck),
				autocorrect: 'off',
				autocapitalize: 'off',
				translate: 'no'
			},
			scrollMargin: { top: 72, bottom: 96, left: 0, right: 0 },
			scrollThreshold: { top: 56, bottom: 56, left: 0, right: 0 }
		}
	});
}

/** The document's nodes with their views. The schema stays the same: only how nodes are drawn is added. */
function withViews(profile: ProfileId, references: ReferenceViews, footnotes: FootnoteViews, wording: EditorWording): Extensions {
	return documentExtensions.flatMap((extension): Extensions => {
		switch (extension.name) {
			case 'provision':
				return [
					extension.extend({
						addNodeView:
							() =>
							({ node }: { node: never }) =>
								new ProvisionView(node, profile)
					})
				];
			case 'reference': {
				const view = ({ node, view, getPos }: never) =>
					references.create(node, view, getPos, { broken: wording.brokenReference });
				return [extension.extend({ addNodeView: () => view })];
			}
			case 'footnote': {
				const view = ({ node, getPos }: never) => footnotes.create(node, getPos, wording.footnote);
				return [extension.extend({ addNodeView: () => view })];
			}
			case 'tableKit':
				return [TableKit.configure({ table: { resizable: true, cellMinWidth: 40 } })];
			default:
				return [extension];
		}
	});
}
