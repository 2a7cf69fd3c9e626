import { fold } from '../base/fold.ts';

const LONGEST = 40;

// First parts of addresses that belong to the application itself.
const RESERVED = new Set([
	'api',
	'auth',
	'rest',
	'storage',
	'collab',
	'live',
	'livez',
	'readyz',
	'metrics',
	'setup',
	'sign-in',
	'sign-out',
	'invitation',
	'forgotten-password',
	'reset-password',
	'design',
	'workspace',
	'help',
	'site',
	'public'
]);

/** The part of an address that stands for a workspace: `UBND thành phố Đà Nẵng` → `ubnd-thanh-pho-da-nang`. */
export function slugOf(name: string): string {
	const words = fold(name)
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	const short =
		words.length <= LONGEST
			? words
			: words
					.slice(0, LONGEST + 1)
					.replace(/-[^-]*$/, '')
					.slice(0, LONGEST);
	const slug = short.replace(/-+$/, '') || 'plenum';
	return RESERVED.has(slug) ? `${slug}-1` : slug;
}
