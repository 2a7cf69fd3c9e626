import { makeExport } from '../../../src/lib/documents/library/make-export.server.ts';
import type { App } from '../../../src/lib/server/app.ts';
import { postgresSql } from '../../../src/lib/server/backend/postgres-sql.ts';
import { Files } from '../../../src/lib/server/files/files.ts';
import { RowsHome } from '../../../src/lib/server/files/rows-home.ts';
import type { JobHandler } from '../../../src/lib/server/jobs/job.ts';
import { startJobs } from '../../../src/lib/server/jobs/jobs.ts';
import { createLog } from '../../../src/lib/server/log.ts';

/** A node that begins to make an export, says so, and is to be killed before it ends. */
const sql = postgresSql(process.argv[2]);
const sync = {
	readUpdates: () => {
		process.send!('begun');
		return new Promise<readonly Uint8Array[]>(() => {});
	}
};
await startJobs({
	sql,
	log: createLog('silent'),
	node: 'doomed',
	leaseMs: 300,
	handlers: {
		'make-export': makeExport({
			sql,
			files: new Files(sql, new RowsHome(sql)),
			sync: sync as unknown as App['sync']
		}) as JobHandler
	}
});
