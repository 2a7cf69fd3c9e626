import { expect, test } from 'vitest';
import { standingOf, type InvitationOffer } from './invitations.ts';

const offer: InvitationOffer = {
	workspaceName: 'UBND',
	workspaceSlug: 'ubnd',
	agencyName: 'Sở Tư pháp',
	role: 'member',
	isHead: false,
	email: 'ha@stp.vn',
	documentId: null,
	documentTitle: null,
	documentRole: null,
	invitedBy: 'An',
	expiresAt: '2026-12-01T00:00:00Z',
	state: 'open',
	joined: false
};

test.each([
	['a visitor sees an open link', {}, null, 'open'],
	['the invited address may use it, in any case of letters', {}, 'HA@stp.vn', 'open'],
	['another account is told so', {}, 'an@stp.vn', 'other-address'],
	['anybody may use a link without address', { email: null }, 'an@stp.vn', 'open'],
	['a used link is used for everybody', { state: 'used' as const }, 'an@stp.vn', 'used'],
	['a member is sent home whatever became of the link', { state: 'used' as const, joined: true }, 'ha@stp.vn', 'joined']
])('%s', (_, change, email, standing) => {
	expect(standingOf({ ...offer, ...change }, email)).toBe(standing);
});
