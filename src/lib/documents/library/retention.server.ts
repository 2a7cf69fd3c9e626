import type { Client } from '../../server/client.ts';
import { Refusal } from '../../server/edge/refusal.ts';
import { KINDS, type Kind } from '../schema/kinds.ts';

/** For how many years documents of each kind are kept after their last official act; null: for ever. */
export type RetentionPeriods = Record<Kind, number | null>;

/** The periods of a workspace, as its members see them. */
export async function findRetention(supabase: Client, workspaceId: string): Promise<RetentionPeriods> {
	const { data } = await supabase.from('retention_periods').select('kind, years').eq('workspace_id', workspaceId).throwOnError();
	const years = new Map(data.map((row) => [row.kind, row.years]));
	return Object.fromEntries(KINDS.map((kind) => [kind, years.get(kind) ?? null])) as RetentionPeriods;
}

/** Changes the periods. @throws Refusal 404, 403 for all but owners */
export async function saveRetention(supabase: Client, workspaceId: string, periods: RetentionPeriods): Promise<void> {
	// Of what is kept for ever there is no row, by which the policies could refuse.
	const { data: place } = await supabase
		.from('workspace_list')
		.select('can_set_retention')
		.eq('id', workspaceId)
		.single()
		.throwOnError();
	if (!place.can_set_retention) throw new Refusal(403);
	const kept = KINDS.flatMap((kind) =>
		periods[kind] === null ? [] : [{ workspace_id: workspaceId, kind, years: periods[kind] }]
	);
	const forEver = KINDS.filter((kind) => periods[kind] === null);
	await supabase.from('retention_periods').upsert(kept, { onConflict: 'workspace_id,kind' }).throwOnError();
	if (forEver.length === 0) return;
	await supabase.from('retention_periods').delete().eq('workspace_id', workspaceId).in('kind', forEver).throwOnError();
}
