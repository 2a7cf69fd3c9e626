import type { Client } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';

/** The words of a workspace, by the alphabet; none for guests, who see nothing of it. */
export async function listWords(supabase: Client, workspaceId: string): Promise<string[]> {
	const words: string[] = [];
	for (let from = 0; ; from += PAGE) {
		const { data } = await supabase
			.from('workspace_words')
			.select('word')
			.eq('workspace_id', workspaceId)
			.order('word')
			.range(from, from + PAGE - 1)
			.throwOnError();
		words.push(...data.map(({ word }) => word));
		if (data.length < PAGE) return words.sort((a, b) => a.localeCompare(b, 'vi'));
	}
}

/** So many rows one request brings. */
const PAGE = 1000;

/** Adds a word; one that is there already stays. @throws Refusal 403 for all but owners and secretaries, 409 when there is no room */
export async function addWord(supabase: Client, workspaceId: string, word: string): Promise<void> {
	await supabase
		.from('workspace_words')
		.upsert({ workspace_id: workspaceId, word }, { onConflict: 'workspace_id,word', ignoreDuplicates: true })
		.throwOnError();
}

/** Takes a word out. @throws Refusal 404 when it is none of the workspace, 403 for all but owners and secretaries */
export async function removeWord(supabase: Client, workspaceId: string, word: string): Promise<void> {
	const { data: found } = await supabase
		.from('workspace_words')
		.select('word')
		.eq('workspace_id', workspaceId)
		.eq('word', word)
		.maybeSingle()
		.throwOnError();
	if (!found) throw new Refusal(404);
	const { data } = await supabase
		.from('workspace_words')
		.delete()
		.eq('workspace_id', workspaceId)
		.eq('word', word)
		.select('word')
		.throwOnError();
	if (data.length === 0) throw new Refusal(403);
}
