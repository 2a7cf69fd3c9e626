/** The pages that a guest has; the first is their home, which members have not. */
export const GUEST_PAGES: readonly string[] = [
	'/(app)/[workspace]/invited',
	'/(app)/[workspace]/documents/[document=uuid]',
	'/(app)/[workspace]/documents/[document=uuid]/compare',
	'/(app)/[workspace]/documents/[document=uuid]/proposals',
	'/(app)/[workspace]/documents/[document=uuid]/proposals/[proposal=uuid]',
	'/(app)/[workspace]/documents/[document=uuid]/versions',
	'/(app)/[workspace]/documents/[document=uuid]/versions/[version=uuid]',
	'/(app)/[workspace]/settings',
	'/(app)/[workspace]/settings/notices',
	'/(app)/[workspace]/notices',
	'/(app)/[workspace]/work'
];

/** The pages that do not exist for guests; a new page is put into one of the two lists. */
export const MEMBER_PAGES: readonly string[] = [
	'/(app)/[workspace]',
	'/(app)/[workspace]/[...address]',
	'/(app)/[workspace]/audit',
	'/(app)/[workspace]/documents/new',
	'/(app)/[workspace]/documents/import',
	'/(app)/[workspace]/documents/[document=uuid]/details',
	'/(app)/[workspace]/documents/[document=uuid]/details/export',
	'/(app)/[workspace]/documents/[document=uuid]/details/sharing',
	'/(app)/[workspace]/people',
	'/(app)/[workspace]/people/agencies',
	'/(app)/[workspace]/people/invitations',
	'/(app)/[workspace]/settings/jobs',
	'/(app)/[workspace]/settings/mail',
	'/(app)/[workspace]/settings/rooms',
	'/(app)/[workspace]/settings/workspace',
	'/(app)/[workspace]/trash',
	'/(app)/[workspace]/trash/[document=uuid]'
];
