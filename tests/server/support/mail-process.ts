import { accountTemplates } from '../../../src/lib/accounts/mail-templates.server.ts';
import { postgresSql } from '../../../src/lib/server/backend/postgres-sql.ts';
import { startJobs } from '../../../src/lib/server/jobs/jobs.ts';
import { createLog } from '../../../src/lib/server/log.ts';
import { SEND_MAIL, sendMails } from '../../../src/lib/server/outbox/send-mail.ts';
import { openTransport } from '../../../src/lib/server/outbox/transport.ts';

/** A node that sends mails, and is to be killed while it does. */
const [databaseUrl, smtpUrl] = process.argv.slice(2);
const sql = postgresSql(databaseUrl);
const transport = openTransport({ smtpUrl, mailFrom: 'Plenum <plenum@plenum.test>' })!;
const templates = accountTemplates('https://plenum.test');
await startJobs({
	sql,
	log: createLog('silent'),
	node: 'doomed',
	leaseMs: 300,
	handlers: { [SEND_MAIL]: sendMails({ sql, transport, templates }) }
});
