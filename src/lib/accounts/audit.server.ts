import { camelKeys } from '../base/camel-keys.ts';
import type { Client } from '../server/client.ts';
import { AUDIT_GROUPS, type AuditDetails, type AuditEvent, type AuditGroup } from './audit.ts';

export interface AuditFilter {
	group: AuditGroup | null;
	/** Days as `YYYY-MM-DD` in Vietnam's time, both included; null: open. */
	from: string | null;
	to: string | null;
	/** Only events older than this id: the next page. */
	before: number | null;
	/** How many at most. */
	limit: number;
}

/** A page of the trail, the newest first, and whether there is more. Empty for everybody but owners. */
export async function listAuditEvents(
	client: Client,
	workspaceId: string,
	filter: AuditFilter
): Promise<{ events: AuditEvent[]; more: boolean }> {
	let query = client
		.from('audit_events')
		.select('id, person_id, person_name, verb, object_type, object_id, object_label, details, happened_at')
		.eq('workspace_id', workspaceId)
		.order('id', { ascending: false })
		.limit(filter.limit + 1);
	if (filter.group) query = query.in('verb', [...AUDIT_GROUPS[filter.group]]);
	if (filter.from) query = query.gte('happened_at', `${filter.from}T00:00:00+07:00`);
	if (filter.to) query = query.lte('happened_at', `${filter.to}T23:59:59.999+07:00`);
	if (filter.before) query = query.lt('id', filter.before);
	const { data } = await query.throwOnError();
	const events = data.map((row) => ({ ...camelKeys(row), details: camelKeys(row.details as object) as AuditDetails }));
	return { events: events.slice(0, filter.limit), more: events.length > filter.limit };
}
