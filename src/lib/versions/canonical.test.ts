import { expect, test } from 'vitest';
import { canonicalJson, inNfc } from './canonical.ts';

test('the example of RFC 8785, section 3.2.2 and 3.2.3', () => {
	const example = JSON.parse(String.raw`{
		"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
		"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
		"literals": [null, true, false]
	}`);
	expect(canonicalJson(example)).toBe(
		String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
	);
});

test('keys are sorted by UTF-16 units, as in section 3.2.3', () => {
	const keys = JSON.parse(
		String.raw`{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}`
	);
	expect(Object.values(JSON.parse(canonicalJson(keys).replace('"1":', '"x1":')))).toEqual([
		'Carriage Return',
		'One',
		'Control',
		'Latin Small Letter O With Diaeresis',
		'Euro Sign',
		'Emoji: Grinning Face',
		'Hebrew Letter Dalet With Dagesh'
	]);
});

test.each([
	[0, '0'],
	[-0, '0'],
	[5e-324, '5e-324'],
	[1.7976931348623157e308, '1.7976931348623157e+308'],
	[9007199254740992, '9007199254740992'],
	[295147905179352830000, '295147905179352830000'],
	[9.999999999999997e22, '9.999999999999997e+22'],
	[1e23, '1e+23'],
	[0.000001, '0.000001'],
	[333333333.33333325, '333333333.33333325'],
	[Number('1424953923781206.25'), '1424953923781206.2']
])('the number %d of appendix B is %s', (number, printed) => {
	expect(canonicalJson(number)).toBe(printed);
});

test.each([NaN, Infinity, -Infinity, '\ud83d', { '\ude00': 1 }])('what is no JSON is refused: %j', (value) => {
	expect(() => canonicalJson(value)).toThrow(RangeError);
});

test('what is not there does not count, and the order in which keys were set does not either', () => {
	expect(canonicalJson({ b: 1, a: undefined, c: { z: [undefined], y: '' } })).toBe('{"b":1,"c":{"y":"","z":[null]}}');
	expect(canonicalJson({ c: 1, b: 2 })).toBe(canonicalJson({ b: 2, c: 1 }));
});

test('Vietnamese typed in several ways is the same text', () => {
	const composed = { Điều: ['Nghị quyết', { text: 'đồng ý' }] };
	const typed = JSON.parse(JSON.stringify(composed).normalize('NFD'));
	expect(typed).not.toEqual(composed);
	expect(canonicalJson(inNfc(typed))).toBe(canonicalJson(composed));
});
