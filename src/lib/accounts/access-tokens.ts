import * as v from 'valibot';
import { line } from './fields.ts';
import { m } from '../i18n/paraglide/messages.js';

export const TOKEN_SCOPES = ['read', 'write'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** For how many days a token may be made. */
export const TOKEN_DAYS = ['30', '90', '365'] as const;

/** What programs of a person may do, in the form on their page and at /api. */
export const NewAccessToken = v.object({
	name: line(100),
	scope: v.picklist(TOKEN_SCOPES, () => m.accounts_error_choose()),
	days: v.pipe(
		v.union([v.string(), v.number()]),
		v.transform(String),
		v.picklist(TOKEN_DAYS, () => m.accounts_error_choose()),
		v.transform(Number)
	)
});
export type NewAccessToken = v.InferOutput<typeof NewAccessToken>;

/** A token by which programs act as its person; the secret is not among what is kept. */
export interface AccessToken {
	id: string;
	name: string;
	/** `write` includes `read`. */
	scope: TokenScope;
	createdAt: string;
	expiresAt: string;
	/** To within an hour; null: never. */
	lastUsedAt: string | null;
	isExpired: boolean;
}

/** The word for what a token lets programs do. */
export function scopeName(scope: TokenScope): string {
	return { read: m.accounts_token_scope_read, write: m.accounts_token_scope_write }[scope]();
}
