import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromOrdinal, fromPoint, fromRoman, toPoint, toRoman } from './numerals.ts';

test.each([
	[1, 'I'],
	[4, 'IV'],
	[9, 'IX'],
	[14, 'XIV'],
	[17, 'XVII'],
	[40, 'XL'],
	[99, 'XCIX']
])('%i is %s', (value, roman) => {
	expect(toRoman(value)).toBe(roman);
	expect(fromRoman(roman)).toBe(value);
});

test.each(['', 'IIII', 'VV', 'IC', 'i', '5', 'XVIIa'])('%j is no Roman number', (roman) => {
	expect(fromRoman(roman)).toBeNull();
});

test('the điểm follow the Vietnamese alphabet and go on with two letters', () => {
	const letters = Array.from({ length: 26 }, (_, index) => toPoint(index + 1)).join(' ');
	expect(letters).toBe('a b c d đ e g h i k l m n o p q r s t u v x y aa ab ac');
	expect(fromPoint('f')).toBeNull();
	expect(fromPoint('')).toBeNull();
});

test('numbers come back from their letters', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 3000 }), (value) => {
			expect(fromRoman(toRoman(value))).toBe(value);
			expect(fromPoint(toPoint(value))).toBe(value);
		})
	);
});

test('words of order', () => {
	expect(fromOrdinal('thứ nhất')).toBe(1);
	expect(fromOrdinal('Thứ Tư')).toBe(4);
	expect(fromOrdinal('thứ gì')).toBeNull();
	expect(fromOrdinal('nhất')).toBeNull();
});
