import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './rows.ts';

/** supabase-js as a person, under row level security; it knows what sessions may read, write and call. */
export type Client = SupabaseClient<Database>;

type Relations = Database['public']['Tables'] & Database['public']['Views'];

/** A row of a table or view, as it is read. */
export type Row<Relation extends keyof Relations> = Relations[Relation]['Row'];

/** What may be written of a new row of a table. */
export type NewRow<Table extends keyof Database['public']['Tables']> = Database['public']['Tables'][Table]['Insert'];

type Functions = Database['public']['Functions'];

/** A row that a function answers. */
export type Answer<Name extends keyof Functions> = Functions[Name]['Returns'] extends (infer Row)[] ? Row : never;
