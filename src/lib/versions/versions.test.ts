import { expect, test } from 'vitest';
import { pictureHash, pictureName, proposedLabel, shortHash } from './versions.ts';

test('the next draft is counted from the labels, whatever else was frozen', () => {
	expect(proposedLabel([])).toBe('Dự thảo lần 1');
	expect(proposedLabel(['Dự thảo lần 1', 'Bản trình Thường trực', 'Dự thảo lần 3'])).toBe('Dự thảo lần 4');
	expect(proposedLabel(['Dự thảo lần 2'.normalize('NFD')])).toBe('Dự thảo lần 3');
	expect(proposedLabel(['Dự thảo lần 2 (bổ sung)'])).toBe('Dự thảo lần 1');
});

test('a picture is named by its hash, and nothing else is taken for one', () => {
	const hash = 'a1'.repeat(32);
	expect(pictureHash(pictureName(hash))).toBe(hash);
	for (const other of [hash, `sha256:${hash}0`, `/api/files/${hash}`, 'sha256:XYZ']) expect(pictureHash(other)).toBeNull();
	expect(shortHash(hash)).toBe('a1a1a1a1…a1a1');
});
