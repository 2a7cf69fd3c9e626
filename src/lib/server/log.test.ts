import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function lines(write: (log: ReturnType<typeof createLog>) => void): Record<string, never>[] {
	const stream = new PassThrough();
	write(createLog('info', stream));
	return String(stream.read())
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
}

test('an error is logged by its name, code, message and stack, and never with what a driver hung on it', () => {
	const error = Object.assign(new Error('disk full'), {
		code: '53100',
		query: 'insert into document_updates values ($1)',
		params: ['typed by somebody'],
		detail: 'Failing row contains (typed by somebody).'
	});
	const [line] = lines((log) => log.error({ err: error }, 'updates could not be stored'));
	expect(line).toMatchObject({
		level: 'error',
		msg: 'updates could not be stored',
		err: { type: 'Error', code: '53100', message: 'disk full' }
	});
	expect(JSON.stringify(line)).not.toContain('typed by somebody');
});

test('an error that quotes what was typed is logged without its words', () => {
	const quoting = Object.assign(new Error('invalid input syntax for type uuid: "typed by somebody"'), { code: '22P02' });
	const [first, second] = lines(
		(log) => (
			log.error({ err: quoting }, 'failed'),
			log.error({ err: { code: '23514', message: 'typed by somebody' } }, 'failed')
		)
	);
	expect([first, second]).toMatchObject([{ err: { type: 'Error', code: '22P02' } }, { err: { type: 'object', code: '23514' } }]);
	expect(JSON.stringify([first, second])).not.toContain('typed');
});

test('lines below the level are not written', () => {
	expect(lines((log) => (log.debug('no'), log.info('yes'))).map(({ msg }) => msg)).toEqual(['yes']);
});
