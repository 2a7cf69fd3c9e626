import { expect, test } from 'vitest';
import { block, doc } from '../../../../tests/support/sample-documents.ts';
import { compareContents } from './compare.ts';
import { foldRows } from './folded.ts';

const clause = (uid: string, text: string) => block('provision', { uid, level: 'clause' }, text);

test('what is the same is one line, which says from where to where, until somebody opens it', () => {
	const before = ['a', 'b', 'c', 'd'].map((uid) => clause(uid, `Khoản ${uid} của văn bản`));
	const { rows } = compareContents(
		{ content: doc(...before), profile: 'nd30' },
		{ content: doc(before[0], before[1], clause('c', 'Khoản c của Nghị quyết'), before[3]), profile: 'nd30' }
	);
	const told = (opened?: Set<string>) =>
		foldRows(rows, opened).map((listed) =>
			'row' in listed ? listed.row.uid : `${listed.fold.count}: ${listed.fold.first} – ${listed.fold.last}`
		);
	expect(told()).toEqual(['2: khoản 1 – khoản 2', 'c', '1: khoản 4 – khoản 4']);
	expect(told(new Set(['a']))).toEqual(['a', 'b', 'c', '1: khoản 4 – khoản 4']);
});
