import { postgresSql } from '../../../src/lib/server/backend/postgres-sql.ts';
import { startJobs } from '../../../src/lib/server/jobs/jobs.ts';
import { createLog } from '../../../src/lib/server/log.ts';

/** A node that begins a job, says so, and is to be killed before it ends. */
await startJobs({
	sql: postgresSql(process.argv[2]),
	log: createLog('silent'),
	node: 'doomed',
	leaseMs: 300,
	handlers: {
		count: () => {
			process.send!('begun');
			return new Promise(() => {});
		}
	}
});
