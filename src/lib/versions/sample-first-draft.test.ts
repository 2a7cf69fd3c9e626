import { expect, test } from 'vitest';
import { recognise } from '../documents/import/recognise.ts';
import { textToBlocks } from '../documents/import/text.ts';
import { RESOLUTION } from '../documents/library/sample-texts.ts';
import { complete } from '../documents/schema/complete.ts';
import { compareContents } from './compare/compare.ts';
import { firstDraft } from './sample-first-draft.ts';

test('the sample’s first draft differs from its text in every way in which drafts do', () => {
	const { profile } = RESOLUTION;
	const content = complete(recognise(textToBlocks(RESOLUTION.text), { profile }).content);
	const { counts } = compareContents({ content: firstDraft(content), profile }, { content, profile });
	expect(counts).toMatchObject({ changed: 5, new: 3, deleted: 1, split: 1, joined: 1, moved: 1 });
	expect(counts.renumbered).toBeGreaterThan(0);
});
