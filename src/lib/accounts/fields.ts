import * as v from 'valibot';
import { m } from '../i18n/paraglide/messages.js';
import { PASSWORD_BYTES, PASSWORD_LENGTH } from './password-rules.ts';

/** A line of text that must be filled in; trimmed, inner runs of space become one, stored composed. `sentence` is said of any other. */
export const line = (longest = 200, sentence?: () => string) =>
	v.pipe(
		sentence ? v.string(sentence) : v.string(),
		v.transform(tidy),
		v.minLength(1, sentence ?? m.errors_refused_required),
		v.maxLength(longest, sentence ?? (() => m.accounts_error_too_long({ n: longest })))
	);

/** A line of text that may stay empty. */
export const optionalLine = (longest = 200) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform(tidy),
		v.maxLength(longest, () => m.accounts_error_too_long({ n: longest }))
	);

export const email = v.pipe(
	v.string(),
	v.transform((text) => text.trim().toLowerCase()),
	v.minLength(1, () => m.errors_refused_required()),
	v.maxLength(254, () => m.accounts_error_email()),
	v.email(() => m.accounts_error_email())
);

/** An address or nothing. */
export const optionalEmail = v.union(
	[
		v.pipe(
			v.nullish(v.string(), ''),
			v.transform((text) => text.trim()),
			v.literal(''),
			v.transform(() => null)
		),
		email
	],
	() => m.accounts_error_email()
);

/** A password that is only being checked: it needs no rules. */
export const password = v.pipe(v.string(), v.minLength(1, m.errors_refused_required));

/** A password that is being chosen. */
export const newPassword = v.pipe(
	v.string(),
	v.minLength(PASSWORD_LENGTH, () => m.accounts_error_password_short({ n: PASSWORD_LENGTH })),
	v.check(
		(text) => new TextEncoder().encode(text).length <= PASSWORD_BYTES,
		() => m.accounts_error_password_long({ n: PASSWORD_BYTES })
	)
);

export const uuid = v.pipe(
	v.string(),
	v.uuid(() => m.accounts_error_choose())
);
/** An id, or nothing: '' in a form, null in JSON. */
export const optionalId = v.pipe(
	v.nullish(
		v.union([v.literal(''), uuid], () => m.accounts_error_choose()),
		null
	),
	v.transform((id) => id || null)
);
export const role = v.picklist(['owner', 'secretary', 'member'], () => m.accounts_error_choose());
export const locale = v.picklist(['vi', 'en'], () => m.accounts_error_choose());
export const theme = v.picklist(['light', 'dark', 'system'], () => m.accounts_error_choose());
/** Whether the browser underlines what it takes for misspelt. */
export const spellcheck = v.boolean();
/** Any of these fields, but one at least: what a program changes of a row. */
export const someOf = <Entries extends v.ObjectEntries>(entries: Entries) =>
	v.pipe(
		v.partial(v.object(entries)),
		v.check((given) => Object.keys(given).length > 0, m.errors_refused_required)
	);

/** A checkbox: present when ticked; in JSON true or false. */
export const ticked = v.pipe(
	v.optional(v.union([v.string(), v.boolean()]), ''),
	v.transform((given) => given !== '' && given !== 'false' && given !== false)
);

function tidy(text: string): string {
	return text
		.normalize('NFC')
		.replace(/[\s\0]+/g, ' ')
		.trim();
}
