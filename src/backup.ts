import { backUp } from './lib/server/archive/back-up.ts';
import { openForBackup } from './lib/server/backend/backend.ts';
import { readConfig } from './lib/server/config.ts';
import { homeOf } from './lib/server/files/open-files.ts';
import { CommandRefused, commandLog, runOrExplain } from './lib/server/run-or-explain.ts';
import { VERSION } from './lib/server/version.ts';

// npm run backup -- FILE
await runOrExplain(async () => {
	const file = process.argv[2];
	if (!file) throw new CommandRefused('Name the file to write: npm run backup -- plenum.tar.gz');
	const config = readConfig();
	const { sql, close } = await openForBackup(config, commandLog(), 'npm run backup');
	try {
		process.stdout.write(`Backup of ${await backUp(sql, homeOf(config, sql), file, VERSION)} rows written to ${file}\n`);
	} finally {
		await close();
	}
});
