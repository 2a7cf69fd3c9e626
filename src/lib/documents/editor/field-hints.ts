import { m } from '$lib/i18n/paraglide/messages.js';

/** What the empty fields of the header block and the signature ask for, and the first line below a Điều, as custom properties of the sheet. */
export function fieldHints(): string {
	const hints = {
		parent: m.editor_hint_parent(),
		agency: m.editor_hint_agency(),
		symbol: m.editor_hint_symbol(),
		placeDate: m.editor_hint_place_date(),
		kind: m.editor_hint_kind(),
		subject: m.editor_hint_subject(),
		authority: m.editor_hint_authority(),
		position: m.editor_hint_position(),
		signer: m.editor_hint_signer(),
		articleText: m.editor_hint_article_text()
	};
	return Object.entries(hints)
		.map(([name, text]) => `--hint-${name}: "${text.replaceAll('"', '')}"`)
		.join('; ');
}
