import type { Command } from '@tiptap/pm/state';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { SelectionFacts } from './selection-facts.ts';
import { divideIntoClauses } from './structure/article-text.ts';
import { setTitled } from './structure/titles.ts';

/** What can be chosen for the Điều that the caret is in. */
interface ArticleChoice {
	id: string;
	label: string;
	hint: string;
	/** Other words to find it by. */
	keywords: string;
	command: Command;
}

/** In the line of a Điều: whether it is a title; in its own text: khoản out of its paragraphs. */
export function articleChoices(facts: SelectionFacts | null): ArticleChoice[] {
	if (facts?.level === 'article' && facts.titled)
		return [
			{
				id: 'untitled',
				label: m.editor_article_untitled(),
				hint: m.editor_article_untitled_hint(),
				keywords: 'dieu khong ten thuong noi dung',
				command: setTitled(false)
			}
		];
	if (facts?.level === 'article')
		return [
			{
				id: 'titled',
				label: m.editor_article_titled(),
				hint: m.editor_article_titled_hint(),
				keywords: 'dieu co ten dam tieu de',
				command: setTitled(true)
			}
		];
	if (!facts?.inArticleText) return [];
	return [
		{
			id: 'divide',
			label: m.editor_article_divide(),
			hint: m.editor_article_divide_hint(),
			keywords: 'chia khoan 1 2',
			command: divideIntoClauses
		}
	];
}
