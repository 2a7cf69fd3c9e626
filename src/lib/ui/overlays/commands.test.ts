import { expect, test } from 'vitest';
import { matchCommands, type CommandGroup } from './commands.ts';

const groups: CommandGroup[] = [
	{
		heading: 'Văn bản',
		commands: [
			{ id: 'plan', label: 'Kế hoạch tổ chức hội thảo', hint: 'Học viện' },
			{ id: 'digital', label: 'Nghị quyết về chuyển đổi số', hint: 'Văn phòng UBND' },
			{ id: 'switch', label: 'Chuyển giao hồ sơ' }
		]
	},
	{ heading: 'Lệnh', commands: [{ id: 'dark', label: 'Giao diện tối', keywords: 'dark theme' }] }
];
const found = (query: string) => matchCommands(groups, query).flatMap((group) => group.commands.map(({ id }) => id));

test('without a query everything is offered in its order', () => {
	expect(found('')).toEqual(['plan', 'digital', 'switch', 'dark']);
});

test('diacritics need not be typed, and a label that begins so comes first', () => {
	expect(found('chuyen')).toEqual(['switch', 'digital']);
	expect(found('chuyển đổi')).toEqual(['digital']);
});

test('all words must match, in any order and also in hints and keywords', () => {
	expect(found('so nghi')).toEqual(['digital']);
	expect(found('ubnd')).toEqual(['digital']);
	expect(found('dark')).toEqual(['dark']);
	expect(found('nghi thao')).toEqual([]);
});

test('a group without a match disappears', () => {
	expect(matchCommands(groups, 'dark').map(({ heading }) => heading)).toEqual(['Lệnh']);
});
