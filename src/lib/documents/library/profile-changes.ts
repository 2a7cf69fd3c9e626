import { m } from '../../i18n/paraglide/messages.js';
import type { Kind } from '../schema/kinds.ts';
import { profileOf, type Profile, type ProfileId } from '../schema/profiles.ts';
import { enactingWords } from '../templates/frame-parts.ts';
import { symbolForm } from '../templates/facts.ts';

/** What becomes different when a document of this kind gets another profile, one sentence for each thing. */
export function profileChanges(kind: Kind, from: ProfileId, to: ProfileId): string[] {
	const [old, now] = [profileOf(from), profileOf(to)];
	const differs = (part: (profile: Profile) => unknown) => JSON.stringify(part(old)) !== JSON.stringify(part(now));
	const said: (string | false)[] = [
		differs(({ family }) => family) && (now.family === 'party' ? m.library_profile_head_party() : m.library_profile_head_state()),
		differs(({ page, font }) => [page, font]) && m.library_profile_page(),
		differs(({ numbering }) => numbering.romanSuffix) && m.library_profile_roman({ number: `I${now.numbering.romanSuffix}` }),
		differs(({ legalBasis }) => [legalBasis.italic, legalBasis.prefix]) &&
			(now.legalBasis.italic ? m.library_profile_bases_italic() : m.library_profile_bases_dash()),
		differs(blankSymbol) && m.library_profile_symbol({ symbol: blankSymbol(now) }),
		differs(({ signature }) => signature.prefixes) &&
			m.library_profile_signature({ before: old.signature.prefixes.onBehalf, after: now.signature.prefixes.onBehalf }),
		enactingLineChange(enactingWords({ kind, profile: old }), enactingWords({ kind, profile: now }))
	];
	return said.filter((sentence) => sentence !== false);
}

function blankSymbol(profile: Profile): string {
	return symbolForm(profile, { type: 'NQ', code: '…', year: new Date().getFullYear() });
}

function enactingLineChange(before: string | null, after: string | null): string | false {
	if (before === after) return false;
	return after ? m.library_profile_enacting_missing({ line: after }) : m.library_profile_enacting_left({ line: before ?? '' });
}
