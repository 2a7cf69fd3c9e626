import * as v from 'valibot';
import { m } from '../i18n/paraglide/messages.js';
import {
	line,
	locale,
	newPassword,
	optionalEmail,
	optionalId,
	optionalLine,
	password,
	role,
	someOf,
	spellcheck,
	theme,
	ticked,
	uuid
} from './fields.ts';
import { INVITATION_DAYS } from './invitations.ts';

/** What people and programs send about people and workspaces: the same schemas read forms and JSON. */
export const Profile = v.object({ fullName: line(), positionTitle: optionalLine() });

/** What programs change of their person: any of it. */
export const MeChange = someOf({ ...Profile.entries, locale, theme, spellcheck });

export const PasswordChange = v.object({ currentPassword: password, newPassword });

export const WorkspaceChange = v.object({ name: line() });

export const NewAgency = v.object({
	name: line(),
	shortName: line(40),
	code: line(30),
	colour: v.pipe(
		v.string(),
		v.regex(/^#[0-9a-f]{6}$/, () => m.accounts_error_choose())
	),
	parentId: optionalId
});
export const AgencyChange = someOf(NewAgency.entries);

/** With what an agency is merged when it is closed; nothing: with none. */
export const Closing = v.object({ successorId: optionalId });

/** What a member is in the workspace. */
export const Place = v.object({ agencyId: uuid, role, isHead: ticked });
export const PlaceChange = someOf(Place.entries);

export const NewInvitation = v.object({
	...Place.entries,
	days: v.pipe(
		v.optional(v.union([v.string(), v.number()]), '7'),
		v.transform(String),
		v.picklist(INVITATION_DAYS, () => m.accounts_error_choose()),
		v.transform(Number)
	),
	email: v.optional(optionalEmail, '')
});

/** A link is revoked, or the revocation is taken back. */
export const Revocation = v.object({ revoked: ticked });
