import { expect, test } from 'vitest';
import { acceptsFile } from './file-rules.ts';

test.each([
	['.docx,.txt', 'Nghị quyết.DOCX', '', true],
	['.docx,.txt', 'scan.pdf', 'application/pdf', false],
	['image/*', 'seal.png', 'image/png', true],
	['text/html', 'page.htm', 'text/html', true],
	['', 'anything.bin', '', true]
])('accept="%s" and %s', (accept, name, type, accepted) => {
	expect(acceptsFile(accept, { name, type })).toBe(accepted);
});
