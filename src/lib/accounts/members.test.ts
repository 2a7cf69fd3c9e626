import { expect, test } from 'vitest';
import { compareNames, findMembers, type Member } from './members.ts';

const member = (fullName: string, rest: Partial<Member> = {}): Member => ({
	personId: fullName,
	fullName,
	positionTitle: '',
	email: '',
	role: 'member',
	isHead: false,
	joinedAt: '',
	agencyId: '',
	workspaceId: '',
	agencyName: '',
	agencyShortName: '',
	colour: '',
	canChange: false,
	canRemove: false,
	canResetPassword: false,
	...rest
});

test('names are ordered by the given name', () => {
	const names = ['Trần Thị Bình', 'Nguyễn Văn An', 'Lê Đức Đạt', 'Phạm Dung', 'Hồ An'];
	const vi = new Intl.Collator('vi');
	expect(names.toSorted((a, b) => compareNames(a, b, vi))).toEqual([
		'Hồ An',
		'Nguyễn Văn An',
		'Trần Thị Bình',
		'Phạm Dung',
		'Lê Đức Đạt'
	]);
});

test('search reads name, function, address and agency, diacritics aside', () => {
	const members = [
		member('Đặng Thị Hà', { positionTitle: 'Chuyên viên', agencyName: 'Sở Tư pháp' }),
		member('Đỗ Hùng', { email: 'hung@sotuphap.vn' })
	];
	expect(findMembers(members, 'dang ha')).toHaveLength(1);
	expect(findMembers(members, 'tu phap dang')).toHaveLength(1);
	expect(findMembers(members, 'sotuphap')).toHaveLength(1);
	expect(findMembers(members, ' ')).toHaveLength(2);
	expect(findMembers(members, 'dang hùng')).toHaveLength(0);
});
