import { expect, test } from 'vitest';
import { compareNames, findMembers, type Member } from './members.ts';

const member = (full_name: string, rest: Partial<Member> = {}): Member => ({
	person_id: full_name,
	full_name,
	position_title: '',
	email: '',
	role: 'member',
	is_head: false,
	joined_at: '',
	agency_id: '',
	agency_name: '',
	agency_short_name: '',
	colour: '',
	can_change: false,
	can_remove: false,
	can_reset_password: false,
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
		member('Đặng Thị Hà', { position_title: 'Chuyên viên', agency_name: 'Sở Tư pháp' }),
		member('Đỗ Hùng', { email: 'hung@sotuphap.vn' })
	];
	expect(findMembers(members, 'dang ha')).toHaveLength(1);
	expect(findMembers(members, 'tu phap dang')).toHaveLength(1);
	expect(findMembers(members, 'sotuphap')).toHaveLength(1);
	expect(findMembers(members, ' ')).toHaveLength(2);
	expect(findMembers(members, 'dang hùng')).toHaveLength(0);
});
