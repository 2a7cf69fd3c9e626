import * as v from 'valibot';
import { LIMIT } from '../server/edge/paging.ts';
import { AUDIT_GROUPS, type AuditGroup } from './audit.ts';

const Day = v.pipe(v.string(), v.isoDate());
const Place = v.pipe(v.string(), v.digits(), v.transform(Number), v.safeInteger());

/** Which events somebody asks for, as an address says it. Days are those of Vietnam, both included; `after` is an event's id. */
export const AuditSearch = v.object({
	workspace: v.optional(v.string()),
	group: v.optional(v.nullable(v.picklist(Object.keys(AUDIT_GROUPS) as AuditGroup[])), null),
	from: v.optional(v.nullable(Day), null),
	to: v.optional(v.nullable(Day), null),
	after: v.optional(v.nullable(Place), null),
	limit: LIMIT
});
