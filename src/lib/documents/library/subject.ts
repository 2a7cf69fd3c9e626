import { fold } from '../../base/fold.ts';
import { kindFacts, type Kind } from '../schema/kinds.ts';
import { profileOf, type ProfileId } from '../schema/profiles.ts';

/** Printed as the type, so that `Kết luận …` remains to say what it is about. */
const NOTICE = 'Thông báo';

/**
 * What a document is about, from its title: `Nghị quyết về chuyển đổi số` gives `Về chuyển đổi số`, in Party documents
 * `về chuyển đổi số`, because the type stands on a line of its own. Null when the title says nothing more than the type.
 */
export function subjectOf(title: string, kind: Kind, profile: ProfileId): string | null {
	const type = kind === 'conclusion-notice' ? NOTICE : kindFacts(kind).heading;
	const text = title.normalize('NFC').trim();
	// Folding keeps the length of composed text, so what it matched can be cut from the original.
	const rest =
		type && fold(text).startsWith(fold(type)) && !/\p{L}/u.test(text[type.length] ?? '')
			? text.slice(type.length).replace(/^[\s:,.–-]+/u, '')
			: text;
	if (!rest) return null;
	const isParty = profileOf(profile).family === 'party';
	if (isParty) return rest.replace(/^Về(?=\s)/u, 'về');
	return rest.charAt(0).toLocaleUpperCase('vi') + rest.slice(1);
}
