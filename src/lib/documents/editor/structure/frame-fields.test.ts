import { expect, test } from 'vitest';
import { after, stateOf } from '../../../../../tests/support/editor-states.ts';
import { goToField, keepTabInRecipients } from './frame-fields.ts';

test('from a field one goes to the next and to the one before, and none is added', () => {
	const inHeader = stateOf('documentHeader: Về việc|', 'paragraph: x');
	const next = after(inHeader, goToField(1))!;
	expect(next.selection.$from.parent.textContent).toBe('x');
	expect(next.doc.eq(inHeader.doc)).toBe(true);
	const inSignature = stateOf('documentHeader: Về việc', 'paragraph: x', 'signature: |An');
	expect(after(inSignature, goToField(-1))?.selection.$from.parent.textContent).toBe('x');
	expect(after(inHeader, goToField(-1)), 'before the first there is none, and the key does nothing else').not.toBeNull();
	expect(after(stateOf('clause: a|'), goToField(1))).toBeNull();
});

test('Tab stays in a line of the recipients, and is left to the levels elsewhere', () => {
	expect(keepTabInRecipients(stateOf('recipients: - Như trên;|'))).toBe(true);
	expect(keepTabInRecipients(stateOf('clause: a|'))).toBe(false);
});
