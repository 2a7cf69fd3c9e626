import * as v from 'valibot';
import { line, optionalEmail } from '../../accounts/fields.ts';
import { INVITATION_DAYS } from '../../accounts/invitations.ts';
import { m } from '../../i18n/paraglide/messages.js';
import { KINDS, type Kind } from '../schema/kinds.ts';
import { PROFILE_IDS } from '../schema/profiles.ts';
import { isDeletionWord } from './deletion-word.ts';
import { ACCESS_ROLES, STATES } from './documents.ts';

/** What people and programs send about documents: the same schemas read forms and JSON. */
export const title = line(1000, m.library_error_title);
const agencyId = idOf(m.library_error_agency);
const subjectId = idOf(m.library_error_subject);

/** A new document from a template; without a workspace in the last one, without an agency for one's own. */
export const NewDocument = v.object({
	kind: v.picklist(KINDS, m.library_error_kind),
	profile: v.picklist(PROFILE_IDS, m.library_error_profile),
	title,
	/** Slug or id. */
	workspace: v.nullish(v.string()),
	agencyId: v.nullish(agencyId)
});

/** Where a document is moved to. */
export const moveState = v.picklist(STATES, m.library_error_state);
/** Why a read-only document goes back. */
export const moveReason = v.pipe(v.string(), v.trim(), v.maxLength(200, m.library_error_return_reason));

export const DocumentChange = v.object({
	title: v.optional(title),
	state: v.optional(moveState),
	reason: v.optional(moveReason),
	leadAgencyId: v.optional(agencyId),
	/** The layout; one that fits the kind. */
	profile: v.optional(v.picklist(PROFILE_IDS, m.library_error_profile))
});

export const Deletion = v.object({ reason: line(200, m.library_error_reason) });

/** The same of a form, where a word has to be typed. */
export const ConfirmedDeletion = v.object({
	...Deletion.entries,
	word: v.pipe(
		v.string(),
		v.check(isDeletionWord, () => m.library_delete_type({ word: m.library_delete_word() }))
	)
});

const years = v.union(
	[
		v.pipe(
			v.nullable(v.literal('')),
			v.transform(() => null)
		),
		v.pipe(
			v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number))]),
			v.integer(),
			v.minValue(1),
			v.maxValue(100)
		)
	],
	m.library_retention_error
);

/** For how many years documents of each kind are kept; null or '': for ever. */
export const Retention = v.object(Object.fromEntries(KINDS.map((kind) => [kind, years])) as Record<Kind, typeof years>);

const subject = {
	agencyId: v.optional(subjectId),
	personId: v.optional(subjectId),
	guestId: v.optional(subjectId)
};

/** Whose access is taken back. */
export const Subject = v.pipe(
	v.object(subject),
	v.forward(
		v.check((given) => Object.keys(given).length === 1, m.library_error_subject),
		['agencyId']
	)
);

/** Who is given access, and as what. */
export const Access = v.pipe(
	v.object({ ...subject, role: v.picklist(ACCESS_ROLES, m.library_error_role) }),
	v.forward(
		v.check(({ role: _, ...given }) => Object.keys(given).length === 1, m.library_error_subject),
		['agencyId']
	)
);

/** A guest of one document. */
export const Guest = v.object({
	organisation: line(200, m.library_error_organisation),
	role: v.picklist(ACCESS_ROLES, m.library_error_role),
	email: v.optional(optionalEmail, ''),
	days: v.optional(v.picklist(INVITATION_DAYS, m.library_error_days), '7')
});

function idOf(sentence: () => string) {
	return v.pipe(v.string(sentence), v.uuid(sentence));
}
