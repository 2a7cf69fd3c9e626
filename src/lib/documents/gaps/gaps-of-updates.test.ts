import { expect, test } from 'vitest';
import { article, basis, clause, doc, named, reference } from '../../../../tests/support/sample-documents.ts';
import { jsonToUpdate } from '../schema/body.ts';
import { gapCountsOfUpdates } from './gaps-of-updates.server.ts';

test('of a stored document it is counted what the editor counts; a reference holds while its provision is there', () => {
	const body = doc(
		basis(''),
		named('article00one', article('Giao [tên cơ quan] chủ trì theo ', reference('clause000one', 'khoản 1'), '.')),
		named('clause000one', clause('Theo ', reference('gone00000one', 'Điều 9'), ' và [số liệu].')),
		clause()
	);
	expect(gapCountsOfUpdates({ updates: [jsonToUpdate(body)], profile: 'nd30' })).toEqual({
		placeholder: 2,
		'empty-field': 1,
		'empty-provision': 1,
		'broken-reference': 1
	});
});
