import { expect, test } from 'vitest';
import { after, stateOf } from '../../../../../tests/support/editor-states.ts';
import { findingsOf } from '../../spelling/findings.ts';
import { around, mend } from './mend.ts';

test('all of a kind are put right at once, each in its place', () => {
	const state = stateOf('clause: đựơc  giao , Ðiều', 'paragraph: ngừơi  nào ;');
	const mended = after(state, mend(findingsOf(state.doc)));
	expect(mended?.doc.textBetween(0, mended.doc.content.size, '/')).toBe('được giao, Điều/người nào;');
	expect(findingsOf(mended!.doc)).toEqual([]);
});

test('letters beside what is put right keep their marks', () => {
	const state = stateOf('clause: hòan thành');
	const { bold } = state.schema.marks;
	const marked = state.apply(state.tr.addMark(1, 2, bold.create()));
	const mended = after(marked, mend(findingsOf(marked.doc)))!;
	expect(mended.doc.textContent).toBe('hoàn thành');
	expect(mended.doc.rangeHasMark(1, 2, bold)).toBe(true);
	expect(mended.doc.rangeHasMark(2, 11, bold)).toBe(false);
});

test('what somebody changed meanwhile is left alone', () => {
	const state = stateOf('clause: một đựơc', 'clause: hai đựơc');
	const findings = findingsOf(state.doc);
	const changed = state.apply(state.tr.insertText('được', 5, 9));
	expect(after(changed, mend(findings))?.doc.textContent).toBe('một đượchai được');
	expect(after(changed, mend(findings.slice(0, 1)))).toBeNull();
});

test('a finding is told with what stands around it', () => {
	const state = stateOf('clause: Cơ quan chủ trì phối hợp hai  dấu cách trong một câu dài');
	expect(around(state.doc, findingsOf(state.doc)[0]!)).toEqual({ before: '…phối hợp hai', behind: 'dấu cách…' });
});
