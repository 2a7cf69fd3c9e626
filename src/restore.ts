import { existsSync } from 'node:fs';
import { restore } from './lib/server/archive/restore.ts';
import { openBackend } from './lib/server/backend/backend.ts';
import { readConfig } from './lib/server/config.ts';
import { CommandRefused, commandLog, runOrExplain } from './lib/server/run-or-explain.ts';

// npm run restore -- FILE
await runOrExplain(async () => {
	const file = process.argv[2];
	if (!file || !existsSync(file)) throw new CommandRefused('Name a backup that exists: npm run restore -- plenum.tar.gz');
	const { sql, close } = await openBackend(readConfig(), commandLog(), 'npm run restore');
	try {
		process.stdout.write(`${await restore(sql, file)} rows restored from ${file}; everybody signs in again.\n`);
	} finally {
		await close();
	}
});
