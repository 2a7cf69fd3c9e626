import { PGlite, type Extension } from '@electric-sql/pglite';

// Loaded into the thread of a test's database, to break it: nothing that SQL can say does.

const query = PGlite.prototype.query;
PGlite.prototype.query = async function (this: PGlite, text: string, ...rest: []) {
	if (text === 'select break') {
		setImmediate(() => {
			throw new Error('out of memory');
		});
		await new Promise(() => {});
	}
	if (text === 'select panic') throw Object.assign(new Error('could not write to the log'), { severity: 'PANIC', code: '53100' });
	return query.call(this, text, ...rest);
} as typeof query;

export const breaks: Extension = { name: 'breaks', setup: async () => ({}) };
