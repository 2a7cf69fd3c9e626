import { randomBytes } from 'node:crypto';
import { hasWorkspace } from './lib/accounts/set-up.server.ts';
import { PASSWORD_LENGTH } from './lib/accounts/password-rules.ts';
import { addSampleProposals } from './lib/comments/proposals/sample-proposals.server.ts';
import { addSampleThreads } from './lib/comments/sample-threads.server.ts';
import { SAMPLE_PEOPLE, createSampleWorkspace } from './lib/documents/library/sample.server.ts';
import { openBackend } from './lib/server/backend/backend.ts';
import { readConfig } from './lib/server/config.ts';
import { Files } from './lib/server/files/files.ts';
import { homeOf } from './lib/server/files/open-files.ts';
import { addSampleHistory } from './lib/versions/history/sample-history.server.ts';
import { addSampleVersions } from './lib/versions/sample-versions.server.ts';
import { CommandRefused, commandLog, runOrExplain } from './lib/server/run-or-explain.ts';

const RIGHTS = {
	manager: 'manages the main document',
	editor: 'edits the main document',
	commenter: 'comments on the main document',
	viewer: 'reads the main document'
};

// npm run sample
await runOrExplain(async () => {
	const given = process.env.SAMPLE_PASSWORD;
	if (given && given.length < PASSWORD_LENGTH)
		throw new CommandRefused(`SAMPLE_PASSWORD must have at least ${PASSWORD_LENGTH} characters.`);
	const password = given || randomBytes(9).toString('base64url');
	const config = readConfig();
	const { sql, backend, close } = await openBackend(config, commandLog(), 'npm run sample');
	try {
		if (await hasWorkspace(sql))
			throw new CommandRefused(
				'This database already holds a workspace; the sample is for an empty one (another DATA_DIR or DATABASE_URL).'
			);
		const files = new Files(sql, homeOf(config, sql));
		const { workspaceId } = await createSampleWorkspace({ sql, backend, files }, password);
		await addSampleThreads(sql, workspaceId);
		await addSampleProposals(sql, workspaceId);
		await addSampleVersions({ sql, files }, workspaceId);
		await addSampleHistory(sql, workspaceId);
	} finally {
		await close();
	}
	const rows = SAMPLE_PEOPLE.map(
		({ email, memberRole, position, right }) =>
			`  ${email.padEnd(24)}${memberRole.padEnd(12)}${position.padEnd(28)}${right ? RIGHTS[right] : 'has no access to the main document'}`
	);
	process.stdout.write(
		`The sample workspace is ready.\n\n${rows.join('\n')}\n\n  Password of all: ${given ? 'SAMPLE_PASSWORD' : password}\n\nStart with: npm start\n`
	);
});
