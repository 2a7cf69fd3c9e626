// Written by `npm run rows` from the database after all migrations; supabase/tests/rows.test.ts compares them.

/** What is kept as JSON. */
type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

/** Schema `public` as sessions may read, write and call it: `SupabaseClient<Database>`. */
export type Database = {
	public: {
		Tables: {
			access_tokens: {
				Row: {
					created_at: string;
					expires_at: string;
					id: string;
					last_used_at: string | null;
					name: string;
					person_id: string;
					revoked_at: string | null;
					scope: 'read' | 'write';
				};
				Insert: { expires_at: string; name: string; scope: 'read' | 'write'; token_hash: string };
				Update: { revoked_at?: string | null };
				Relationships: [
					{
						foreignKeyName: 'access_tokens_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			agencies: {
				Row: {
					closed_on: string | null;
					code: string;
					colour: string;
					created_at: string;
					id: string;
					name: string;
					parent_id: string | null;
					short_name: string;
					successor_id: string | null;
					workspace_id: string;
				};
				Insert: {
					code: string;
					colour?: string;
					name: string;
					parent_id?: string | null;
					short_name: string;
					workspace_id: string;
				};
				Update: { code?: string; colour?: string; name?: string; parent_id?: string | null; short_name?: string };
				Relationships: [
					{
						foreignKeyName: 'agencies_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'agencies_workspace_id_parent_id_fkey';
						columns: ['workspace_id', 'parent_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['workspace_id', 'id'];
					},
					{
						foreignKeyName: 'agencies_workspace_id_successor_id_fkey';
						columns: ['workspace_id', 'successor_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['workspace_id', 'id'];
					}
				];
			};
			agency_names: {
				Row: { agency_id: string; id: number; name: string; short_name: string; valid_until: string };
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'agency_names_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					}
				];
			};
			audit_events: {
				Row: {
					details: Json;
					happened_at: string;
					id: number;
					object_id: string | null;
					object_label: string;
					object_type: 'document' | 'member' | 'invitation' | 'agency' | 'workspace';
					person_id: string | null;
					person_name: string;
					verb: string;
					workspace_id: string;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'audit_events_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			comment_revisions: {
				Row: { body: string; comment_id: string; replaced_at: string };
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'comment_revisions_comment_id_fkey';
						columns: ['comment_id'];
						isOneToOne: false;
						referencedRelation: 'comments';
						referencedColumns: ['id'];
					}
				];
			};
			comments: {
				Row: {
					author_agency: string;
					author_colour: string | null;
					author_id: string | null;
					author_name: string;
					author_title: string;
					body: string;
					created_at: string;
					deleted_at: string | null;
					edited_at: string | null;
					id: string;
					thread_id: string;
				};
				Insert: { body: string; id?: string; thread_id: string };
				Update: { body?: string };
				Relationships: [
					{
						foreignKeyName: 'comments_author_id_fkey';
						columns: ['author_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'comments_thread_id_fkey';
						columns: ['thread_id'];
						isOneToOne: false;
						referencedRelation: 'threads';
						referencedColumns: ['id'];
					}
				];
			};
			comparison_explanations: {
				Row: {
					after_document_id: string;
					after_version_id: string | null;
					before_document_id: string;
					before_version_id: string | null;
					id: string;
					revision: number;
					text: string;
					uid: string;
					written_at: string;
					written_by: string | null;
					written_by_agency: string;
					written_by_name: string;
				};
				Insert: {
					after_document_id: string;
					after_version_id?: string | null;
					before_document_id: string;
					before_version_id?: string | null;
					text: string;
					uid: string;
				};
				Update: { text?: string };
				Relationships: [
					{
						foreignKeyName: 'comparison_explanations_after_document_id_fkey';
						columns: ['after_document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'comparison_explanations_after_version_id_fkey';
						columns: ['after_version_id'];
						isOneToOne: false;
						referencedRelation: 'document_versions';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'comparison_explanations_before_document_id_fkey';
						columns: ['before_document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'comparison_explanations_before_version_id_fkey';
						columns: ['before_version_id'];
						isOneToOne: false;
						referencedRelation: 'document_versions';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'comparison_explanations_written_by_fkey';
						columns: ['written_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			document_access: {
				Row: {
					agency_id: string | null;
					document_id: string;
					granted_at: string;
					granted_by: string | null;
					guest_id: string | null;
					id: string;
					person_id: string | null;
					role: 'editor' | 'commenter' | 'viewer';
					workspace_id: string;
				};
				Insert: {
					agency_id?: string | null;
					document_id: string;
					person_id?: string | null;
					role: 'editor' | 'commenter' | 'viewer';
					workspace_id: string;
				};
				Update: { role?: 'editor' | 'commenter' | 'viewer' };
				Relationships: [
					{
						foreignKeyName: 'document_access_granted_by_fkey';
						columns: ['granted_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_access_workspace_id_agency_id_fkey';
						columns: ['workspace_id', 'agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['workspace_id', 'id'];
					},
					{
						foreignKeyName: 'document_access_workspace_id_document_id_fkey';
						columns: ['workspace_id', 'document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['workspace_id', 'id'];
					},
					{
						foreignKeyName: 'document_access_workspace_id_guest_id_fkey';
						columns: ['workspace_id', 'guest_id'];
						isOneToOne: false;
						referencedRelation: 'guests';
						referencedColumns: ['workspace_id', 'person_id'];
					},
					{
						foreignKeyName: 'document_access_workspace_id_person_id_fkey';
						columns: ['workspace_id', 'person_id'];
						isOneToOne: false;
						referencedRelation: 'members';
						referencedColumns: ['workspace_id', 'person_id'];
					}
				];
			};
			document_files: {
				Row: {
					bytes: string | null;
					content_type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
					created_at: string;
					created_by: string | null;
					document_id: string;
					file_id: string | null;
					id: string;
				};
				Insert: {
					content_type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
					document_id: string;
					file_id?: string | null;
					id?: string;
				};
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'document_files_created_by_fkey';
						columns: ['created_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_files_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_files_file_id_fkey';
						columns: ['file_id'];
						isOneToOne: false;
						referencedRelation: 'files';
						referencedColumns: ['id'];
					}
				];
			};
			document_restorations: {
				Row: {
					citation: string;
					document_id: string;
					id: string;
					restored_at: string;
					restored_by: string | null;
					restored_by_agency: string;
					restored_by_name: string;
					restored_by_title: string;
					taken_back_at: string | null;
					taken_back_by: string | null;
					taken_back_by_name: string;
					uid: string | null;
					version_id: string;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'document_restorations_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_restorations_restored_by_fkey';
						columns: ['restored_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_restorations_taken_back_by_fkey';
						columns: ['taken_back_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_restorations_version_id_fkey';
						columns: ['version_id'];
						isOneToOne: false;
						referencedRelation: 'document_versions';
						referencedColumns: ['id'];
					}
				];
			};
			document_texts: {
				Row: { document_id: string; opening: Json; refreshed_at: string; text: string };
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'document_texts_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: true;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					}
				];
			};
			document_transitions: {
				Row: {
					decided_at: string;
					decided_by: string | null;
					decided_by_agency: string;
					decided_by_name: string;
					decided_by_title: string;
					document_id: string;
					id: number;
					reason: string;
					state: 'drafting' | 'consulting' | 'appraisal' | 'submitted' | 'adopted' | 'issued';
				};
				Insert: {
					document_id: string;
					reason?: string;
					state: 'drafting' | 'consulting' | 'appraisal' | 'submitted' | 'adopted' | 'issued';
				};
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'document_transitions_decided_by_fkey';
						columns: ['decided_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_transitions_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					}
				];
			};
			document_trashings: {
				Row: { document_id: string; trashed_at: string; trashed_by: string | null };
				Insert: { document_id: string };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'document_trashings_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: true;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_trashings_trashed_by_fkey';
						columns: ['trashed_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			document_versions: {
				Row: {
					created_at: string;
					created_by: string | null;
					created_by_agency: string;
					created_by_name: string;
					created_by_title: string;
					document_id: string;
					docx_sha256: string | null;
					id: string;
					kind: 'frozen' | 'restore-point';
					label: string;
					note: string;
					number: number;
					provision_count: number;
					schema_version: number;
					sha256: string;
					word_count: number;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'document_versions_created_by_fkey';
						columns: ['created_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_versions_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_versions_docx_file_id_fkey';
						columns: ['docx_file_id'];
						isOneToOne: true;
						referencedRelation: 'files';
						referencedColumns: ['id'];
					}
				];
			};
			document_visits: {
				Row: { document_id: string; person_id: string; previous_at: string | null; visited_at: string };
				Insert: { document_id: string; previous_at?: string | null; visited_at?: string };
				Update: { previous_at?: string | null; visited_at?: string };
				Relationships: [
					{
						foreignKeyName: 'document_visits_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'document_visits_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			documents: {
				Row: {
					created_at: string;
					created_by: string | null;
					edited_at: string;
					edited_by: string | null;
					edited_by_name: string;
					epoch: number;
					folded_title: string | null;
					id: string;
					kind: 'resolution' | 'action-programme' | 'plan' | 'decision' | 'report' | 'conclusion-notice' | 'other';
					lead_agency_id: string;
					profile: 'nd30' | 'vbqppl-187' | 'party-2026' | 'party-2018';
					provision_count: number;
					revision: number;
					schema_version: number;
					state: 'drafting' | 'consulting' | 'appraisal' | 'submitted' | 'adopted' | 'issued';
					title: string;
					title_key: string | null;
					word_count: number;
					workspace_id: string;
				};
				Insert: {
					kind: 'resolution' | 'action-programme' | 'plan' | 'decision' | 'report' | 'conclusion-notice' | 'other';
					lead_agency_id: string;
					profile: 'nd30' | 'vbqppl-187' | 'party-2026' | 'party-2018';
					title: string;
					workspace_id: string;
				};
				Update: {
					kind?: 'resolution' | 'action-programme' | 'plan' | 'decision' | 'report' | 'conclusion-notice' | 'other';
					profile?: 'nd30' | 'vbqppl-187' | 'party-2026' | 'party-2018';
					title?: string;
				};
				Relationships: [
					{
						foreignKeyName: 'documents_created_by_fkey';
						columns: ['created_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'documents_edited_by_fkey';
						columns: ['edited_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'documents_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'documents_workspace_id_lead_agency_id_fkey';
						columns: ['workspace_id', 'lead_agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['workspace_id', 'id'];
					}
				];
			};
			exports: {
				Row: {
					asked_at: string;
					asked_by: string;
					document_id: string;
					expires_at: string;
					format: 'docx' | 'txt' | 'html' | 'json';
					id: string;
					job_id: string | null;
					workspace_id: string;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'exports_asked_by_fkey';
						columns: ['asked_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'exports_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'exports_file_id_fkey';
						columns: ['file_id'];
						isOneToOne: true;
						referencedRelation: 'files';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'exports_job_id_fkey';
						columns: ['job_id'];
						isOneToOne: true;
						referencedRelation: 'jobs';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'exports_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			guests: {
				Row: { joined_at: string; organisation: string; person_id: string; workspace_id: string };
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'guests_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'guests_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			invitation_links: {
				Row: { [_ in never]: never };
				Insert: { invitation_id: string; token_hash: string };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'invitation_links_invitation_id_fkey';
						columns: ['invitation_id'];
						isOneToOne: false;
						referencedRelation: 'invitations';
						referencedColumns: ['id'];
					}
				];
			};
			invitations: {
				Row: {
					accepted_at: string | null;
					accepted_by: string | null;
					agency_id: string | null;
					created_at: string;
					created_by: string | null;
					document_id: string | null;
					document_role: 'editor' | 'commenter' | 'viewer' | null;
					email: string | null;
					expires_at: string;
					id: string;
					is_head: boolean;
					organisation: string | null;
					revoked_at: string | null;
					role: 'owner' | 'secretary' | 'member' | 'guest';
					workspace_id: string;
				};
				Insert: {
					agency_id?: string | null;
					document_id?: string | null;
					document_role?: 'editor' | 'commenter' | 'viewer' | null;
					email?: string | null;
					expires_at: string;
					is_head?: boolean;
					organisation?: string | null;
					role: 'owner' | 'secretary' | 'member' | 'guest';
					workspace_id: string;
				};
				Update: { revoked_at?: string | null };
				Relationships: [
					{
						foreignKeyName: 'invitations_accepted_by_fkey';
						columns: ['accepted_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'invitations_created_by_fkey';
						columns: ['created_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'invitations_workspace_id_agency_id_fkey';
						columns: ['workspace_id', 'agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['workspace_id', 'id'];
					},
					{
						foreignKeyName: 'invitations_workspace_id_document_id_fkey';
						columns: ['workspace_id', 'document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['workspace_id', 'id'];
					},
					{
						foreignKeyName: 'invitations_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			jobs: {
				Row: {
					attempts: number;
					created_at: string;
					ended_at: string | null;
					id: string;
					kind: string;
					progress: number;
					reason: string | null;
					run_at: string;
					state: 'waiting' | 'running' | 'done' | 'failed' | 'discarded';
					workspace_id: string | null;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'jobs_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			members: {
				Row: {
					agency_id: string;
					is_head: boolean;
					joined_at: string;
					person_id: string;
					role: 'owner' | 'secretary' | 'member';
					workspace_id: string;
				};
				Insert: { [_ in never]: never };
				Update: { agency_id?: string; is_head?: boolean; role?: 'owner' | 'secretary' | 'member' };
				Relationships: [
					{
						foreignKeyName: 'members_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'members_workspace_id_agency_id_fkey';
						columns: ['workspace_id', 'agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['workspace_id', 'id'];
					},
					{
						foreignKeyName: 'members_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			notice_choices: {
				Row: {
					channel: 'application' | 'mail' | 'digest' | 'never';
					kind: 'document-shared' | 'comment-mention' | 'comment-answer' | 'thread-assigned' | 'thread-resolved';
					person_id: string;
				};
				Insert: {
					channel: 'application' | 'mail' | 'digest' | 'never';
					kind: 'document-shared' | 'comment-mention' | 'comment-answer' | 'thread-assigned' | 'thread-resolved';
				};
				Update: {
					channel?: 'application' | 'mail' | 'digest' | 'never';
					kind?: 'document-shared' | 'comment-mention' | 'comment-answer' | 'thread-assigned' | 'thread-resolved';
				};
				Relationships: [
					{
						foreignKeyName: 'notice_choices_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			notices: {
				Row: {
					actor_agency: string;
					actor_colour: string | null;
					actor_name: string;
					document_id: string | null;
					id: string;
					kind: 'document-shared' | 'comment-mention' | 'comment-answer' | 'thread-assigned' | 'thread-resolved';
					made_at: string;
					person_id: string;
					read_at: string | null;
					role: 'editor' | 'commenter' | 'viewer' | null;
					thread_id: string | null;
					workspace_id: string;
				};
				Insert: { [_ in never]: never };
				Update: { read_at?: string | null };
				Relationships: [
					{
						foreignKeyName: 'notices_access_id_fkey';
						columns: ['access_id'];
						isOneToOne: false;
						referencedRelation: 'document_access';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'notices_actor_id_fkey';
						columns: ['actor_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'notices_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'notices_mail_id_fkey';
						columns: ['mail_id'];
						isOneToOne: false;
						referencedRelation: 'outbox';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'notices_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'notices_thread_id_fkey';
						columns: ['thread_id'];
						isOneToOne: false;
						referencedRelation: 'threads';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'notices_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			outbox: {
				Row: {
					address: string | null;
					attempts: number;
					created_at: string;
					ended_at: string | null;
					id: string;
					invitation_id: string | null;
					next_attempt_at: string | null;
					password_reset_id: string | null;
					person_id: string | null;
					reason: string | null;
					state: 'queued' | 'sent' | 'failed' | 'cancelled';
					template: string;
					workspace_id: string | null;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'outbox_invitation_id_fkey';
						columns: ['invitation_id'];
						isOneToOne: false;
						referencedRelation: 'invitations';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'outbox_password_reset_id_fkey';
						columns: ['password_reset_id'];
						isOneToOne: false;
						referencedRelation: 'password_resets';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'outbox_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'outbox_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			people: {
				Row: {
					created_at: string;
					full_name: string;
					id: string;
					locale: 'vi' | 'en';
					position_title: string;
					spellcheck: boolean;
					theme: 'light' | 'dark' | 'system';
				};
				Insert: { [_ in never]: never };
				Update: {
					full_name?: string;
					locale?: 'vi' | 'en';
					position_title?: string;
					spellcheck?: boolean;
					theme?: 'light' | 'dark' | 'system';
				};
				Relationships: [];
			};
			proposal_decisions: {
				Row: {
					decided_at: string;
					decided_by: string | null;
					decided_by_agency: string;
					decided_by_name: string;
					decided_by_title: string;
					is_changed: boolean;
					kind: 'accepted' | 'declined' | 'withdrawn';
					proposal_id: string;
					reason: string;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'proposal_decisions_decided_by_fkey';
						columns: ['decided_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'proposal_decisions_proposal_id_fkey';
						columns: ['proposal_id'];
						isOneToOne: true;
						referencedRelation: 'proposals';
						referencedColumns: ['id'];
					}
				];
			};
			proposals: {
				Row: {
					after_number: string;
					after_uid: string | null;
					content: Json | null;
					document_id: string;
					id: string;
					kind: 'replace' | 'insert-after' | 'delete' | 'move';
					number_then: string;
					proposed_at: string;
					proposed_by: string | null;
					proposed_by_agency: string;
					proposed_by_colour: string | null;
					proposed_by_name: string;
					proposed_by_title: string;
					reason: string;
					thread_id: string;
					uid: string;
					was: Json;
				};
				Insert: {
					after_number?: string;
					after_uid?: string | null;
					content?: Json | null;
					document_id: string;
					kind: 'replace' | 'insert-after' | 'delete' | 'move';
					number_then?: string;
					reason?: string;
					thread_id: string;
					uid: string;
					was: Json;
				};
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'proposals_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'proposals_proposed_by_fkey';
						columns: ['proposed_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'proposals_thread_id_fkey';
						columns: ['thread_id'];
						isOneToOne: true;
						referencedRelation: 'threads';
						referencedColumns: ['id'];
					}
				];
			};
			provision_history: {
				Row: {
					after: string;
					before: string;
					began_at: string;
					document_id: string;
					ended_at: string;
					from_number: string;
					id: number;
					kind: string;
					number: string;
					person_agency: string;
					person_id: string | null;
					person_name: string;
					provisions: Json;
					type: string;
					uid: string;
				};
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'provision_history_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'provision_history_person_id_fkey';
						columns: ['person_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			retention_periods: {
				Row: {
					kind: 'resolution' | 'action-programme' | 'plan' | 'decision' | 'report' | 'conclusion-notice' | 'other';
					workspace_id: string;
					years: number;
				};
				Insert: {
					kind: 'resolution' | 'action-programme' | 'plan' | 'decision' | 'report' | 'conclusion-notice' | 'other';
					workspace_id: string;
					years: number;
				};
				Update: { years?: number };
				Relationships: [
					{
						foreignKeyName: 'retention_periods_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			thread_decisions: {
				Row: {
					assignee_id: string | null;
					decided_at: string;
					decided_by: string | null;
					decided_by_agency: string;
					decided_by_name: string;
					decided_by_title: string;
					id: string;
					kind: 'resolved' | 'reopened' | 'assigned' | 'hidden' | 'shown';
					sentence: string;
					thread_id: string;
				};
				Insert: {
					assignee_id?: string | null;
					kind: 'resolved' | 'reopened' | 'assigned' | 'hidden' | 'shown';
					sentence?: string;
					thread_id: string;
				};
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'thread_decisions_assignee_id_fkey';
						columns: ['assignee_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'thread_decisions_decided_by_fkey';
						columns: ['decided_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'thread_decisions_thread_id_fkey';
						columns: ['thread_id'];
						isOneToOne: false;
						referencedRelation: 'threads';
						referencedColumns: ['id'];
					}
				];
			};
			thread_ranges: {
				Row: {
					id: string;
					nth: number;
					number_then: string;
					prefix: string;
					quote: string | null;
					suffix: string;
					thread_id: string;
					uid: string;
				};
				Insert: {
					nth: number;
					number_then?: string;
					prefix?: string;
					quote?: string | null;
					suffix?: string;
					thread_id: string;
					uid: string;
				};
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'thread_ranges_thread_id_fkey';
						columns: ['thread_id'];
						isOneToOne: false;
						referencedRelation: 'threads';
						referencedColumns: ['id'];
					}
				];
			};
			threads: {
				Row: {
					agency_id: string | null;
					assignee_id: string | null;
					document_id: string;
					id: string;
					is_hidden: boolean;
					is_resolved: boolean;
					opened_at: string;
					opened_by: string | null;
				};
				Insert: { document_id: string; id?: string };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'threads_agency_id_fkey';
						columns: ['agency_id'];
						isOneToOne: false;
						referencedRelation: 'agencies';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'threads_assignee_id_fkey';
						columns: ['assignee_id'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'threads_document_id_fkey';
						columns: ['document_id'];
						isOneToOne: false;
						referencedRelation: 'documents';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'threads_opened_by_fkey';
						columns: ['opened_by'];
						isOneToOne: false;
						referencedRelation: 'people';
						referencedColumns: ['id'];
					}
				];
			};
			work_holds: {
				Row: { held_at: string; workspace_id: string };
				Insert: { [_ in never]: never };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'work_holds_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: true;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			workspace_words: {
				Row: { added_at: string; word: string; workspace_id: string };
				Insert: { word: string; workspace_id: string };
				Update: { [_ in never]: never };
				Relationships: [
					{
						foreignKeyName: 'workspace_words_workspace_id_fkey';
						columns: ['workspace_id'];
						isOneToOne: false;
						referencedRelation: 'workspaces';
						referencedColumns: ['id'];
					}
				];
			};
			workspaces: {
				Row: { created_at: string; file_quota_bytes: number; id: string; name: string; slug: string; time_zone: string };
				Insert: { [_ in never]: never };
				Update: { name?: string };
				Relationships: [];
			};
		};
		Views: {
			agency_list: {
				Row: {
					can_close: boolean;
					can_delete: boolean;
					can_edit: boolean;
					closed_on: string | null;
					code: string;
					colour: string;
					created_at: string;
					id: string;
					member_count: number;
					name: string;
					parent_id: string | null;
					short_name: string;
					successor_name: string | null;
					workspace_id: string;
				};
				Relationships: [];
			};
			document_list: {
				Row: {
					can_edit: boolean;
					can_share: boolean;
					can_trash: boolean;
					can_write: boolean;
					created_at: string;
					created_by: string | null;
					edited_at: string;
					edited_by: string | null;
					edited_by_name: string;
					epoch: number;
					folded_title: string | null;
					id: string;
					is_mine: boolean;
					is_shared: boolean;
					is_trashed: boolean;
					kind: 'resolution' | 'action-programme' | 'plan' | 'decision' | 'report' | 'conclusion-notice' | 'other';
					lead_agency_colour: string;
					lead_agency_id: string;
					lead_agency_name: string;
					lead_agency_short_name: string;
					profile: 'nd30' | 'vbqppl-187' | 'party-2026' | 'party-2018';
					provision_count: number;
					revision: number;
					role: 'manager' | 'editor' | 'commenter' | 'viewer';
					schema_version: number;
					state: 'drafting' | 'consulting' | 'appraisal' | 'submitted' | 'adopted' | 'issued';
					title: string;
					title_key: string | null;
					trashed_at: string | null;
					trashed_by: string | null;
					visited_at: string | null;
					word_count: number;
					workspace_id: string;
				};
				Relationships: [];
			};
			document_managers: { Row: { document_id: string; person_id: string }; Relationships: [] };
			export_list: {
				Row: {
					asked_at: string;
					document_id: string;
					expires_at: string;
					format: 'docx' | 'txt' | 'html' | 'json';
					id: string;
					progress: number;
					state: 'waiting' | 'running' | 'done' | 'failed';
				};
				Relationships: [];
			};
			guest_list: {
				Row: {
					can_remove: boolean;
					email: string | null;
					full_name: string;
					joined_at: string;
					organisation: string;
					person_id: string;
					workspace_id: string;
				};
				Relationships: [];
			};
			invitation_list: {
				Row: {
					accepted_at: string | null;
					accepted_by_name: string | null;
					agency_id: string | null;
					agency_name: string;
					agency_short_name: string | null;
					can_revoke: boolean;
					created_at: string;
					created_by: string | null;
					created_by_name: string | null;
					document_id: string | null;
					document_role: 'editor' | 'commenter' | 'viewer' | null;
					document_title: string | null;
					email: string | null;
					expires_at: string;
					id: string;
					is_head: boolean;
					revoked_at: string | null;
					role: 'owner' | 'secretary' | 'member' | 'guest';
					state: 'open' | 'used' | 'revoked' | 'expired';
					workspace_id: string;
				};
				Relationships: [];
			};
			mail_list: {
				Row: {
					about: string | null;
					address: string | null;
					attempts: number;
					can_cancel: boolean;
					can_copy_link: boolean;
					can_send_again: boolean;
					created_at: string;
					ended_at: string | null;
					id: string;
					next_attempt_at: string | null;
					reason: string | null;
					state: 'queued' | 'sent' | 'failed' | 'cancelled';
					template: string;
					workspace_id: string | null;
				};
				Relationships: [];
			};
			member_list: {
				Row: {
					agency_id: string;
					agency_name: string;
					agency_short_name: string;
					can_change: boolean;
					can_remove: boolean;
					can_reset_password: boolean;
					colour: string;
					email: string | null;
					full_name: string;
					is_head: boolean;
					joined_at: string;
					person_id: string;
					position_title: string;
					role: 'owner' | 'secretary' | 'member';
					workspace_id: string;
				};
				Relationships: [];
			};
			notice_list: {
				Row: {
					actor_agency: string;
					actor_colour: string | null;
					actor_name: string;
					document_id: string;
					document_title: string;
					id: string;
					kind: 'document-shared' | 'comment-mention' | 'comment-answer' | 'thread-assigned' | 'thread-resolved';
					made_at: string;
					read_at: string | null;
					role: 'editor' | 'commenter' | 'viewer' | null;
					thread_id: string | null;
					workspace_id: string;
				};
				Relationships: [];
			};
			proposal_list: {
				Row: {
					after_number: string;
					after_uid: string | null;
					can_decide: boolean;
					can_withdraw: boolean;
					content: Json | null;
					decided_at: string | null;
					decided_by_agency: string | null;
					decided_by_name: string | null;
					decided_by_title: string | null;
					decision_reason: string | null;
					document_id: string;
					document_profile: 'nd30' | 'vbqppl-187' | 'party-2026' | 'party-2018';
					document_state: 'drafting' | 'consulting' | 'appraisal' | 'submitted' | 'adopted' | 'issued';
					id: string;
					is_changed: boolean | null;
					kind: 'replace' | 'insert-after' | 'delete' | 'move';
					number_then: string;
					proposed_at: string;
					proposed_by: string | null;
					proposed_by_agency: string;
					proposed_by_colour: string | null;
					proposed_by_name: string;
					proposed_by_title: string;
					reason: string;
					state: 'open' | 'accepted' | 'declined' | 'withdrawn';
					thread_id: string;
					uid: string;
					was: Json;
				};
				Relationships: [];
			};
			thread_list: {
				Row: {
					agency_id: string | null;
					assignee_id: string | null;
					assignee_name: string | null;
					can_answer: boolean;
					can_hide: boolean;
					can_place: boolean;
					can_resolve: boolean;
					comments: Json | null;
					decisions: Json | null;
					document_id: string;
					document_profile: string | null;
					document_state: string | null;
					id: string;
					is_hidden: boolean;
					is_resolved: boolean;
					opened_at: string;
					opened_by: string | null;
					proposal: Json | null;
					ranges: Json | null;
				};
				Relationships: [];
			};
			trash_list: {
				Row: {
					can_delete: boolean;
					can_edit: boolean;
					can_share: boolean;
					can_trash: boolean;
					can_write: boolean;
					created_at: string;
					created_by: string | null;
					edited_at: string;
					edited_by: string | null;
					edited_by_name: string;
					epoch: number;
					folded_title: string | null;
					id: string;
					is_kept_for_ever: boolean;
					is_mine: boolean;
					is_shared: boolean;
					is_trashed: boolean;
					kept_until: string | null;
					kind: 'resolution' | 'action-programme' | 'plan' | 'decision' | 'report' | 'conclusion-notice' | 'other';
					lead_agency_colour: string;
					lead_agency_id: string;
					lead_agency_name: string;
					lead_agency_short_name: string;
					profile: 'nd30' | 'vbqppl-187' | 'party-2026' | 'party-2018';
					provision_count: number;
					revision: number;
					role: 'manager' | 'editor' | 'commenter' | 'viewer';
					schema_version: number;
					state: 'drafting' | 'consulting' | 'appraisal' | 'submitted' | 'adopted' | 'issued';
					title: string;
					title_key: string | null;
					trashed_at: string | null;
					trashed_by: string | null;
					visited_at: string | null;
					word_count: number;
					workspace_id: string;
				};
				Relationships: [];
			};
			work_documents: {
				Row: {
					due_at: string | null;
					kind: string | null;
					note: string;
					object_id: string;
					object_type: string | null;
					since: string;
					state: 'drafting' | 'consulting' | 'appraisal' | 'submitted' | 'adopted' | 'issued';
					title: string;
					workspace_id: string;
				};
				Relationships: [];
			};
			work_invitations: {
				Row: {
					due_at: string;
					kind: string | null;
					note: string | null;
					object_id: string;
					object_type: string | null;
					since: string;
					state: string | null;
					title: string | null;
					workspace_id: string;
				};
				Relationships: [];
			};
			work_list: {
				Row: {
					document_id: string | null;
					due_at: string | null;
					kind: 'thread-assigned' | 'proposal-open' | 'shared-unopened' | 'co-draft' | 'lead-draft' | 'invitation-waiting';
					note: string;
					object_id: string;
					object_type: 'document' | 'invitation' | 'thread';
					since: string;
					state: string | null;
					title: string;
					workspace_id: string | null;
				};
				Relationships: [];
			};
			work_proposals: {
				Row: {
					document_id: string;
					due_at: string | null;
					kind: string | null;
					note: string;
					object_id: string;
					object_type: string | null;
					since: string;
					state: string | null;
					title: string;
					workspace_id: string;
				};
				Relationships: [];
			};
			work_threads: {
				Row: {
					document_id: string;
					due_at: string | null;
					kind: string | null;
					note: string | null;
					object_id: string;
					object_type: string | null;
					since: string | null;
					state: string | null;
					title: string;
					workspace_id: string;
				};
				Relationships: [];
			};
			workspace_list: {
				Row: {
					agency_id: string;
					agency_name: string;
					agency_short_name: string;
					can_add_agency: boolean;
					can_choose_lead: boolean;
					can_invite: boolean;
					can_invite_any_role: boolean;
					can_read_audit: boolean;
					can_rename: boolean;
					can_set_retention: boolean;
					can_watch_rooms: boolean;
					colour: string;
					id: string;
					is_head: boolean;
					joined_at: string;
					name: string;
					role: 'owner' | 'secretary' | 'member';
					slug: string;
				};
				Relationships: [];
			};
		};
		Functions: {
			accept_invitation: {
				Args: { token: string; full_name?: string | null; position_title?: string | null };
				Returns: { workspace_slug: string; document_id: string | null }[];
			};
			cancel_mail: { Args: { mail: string }; Returns: undefined };
			change_document: {
				Args: {
					document: string;
					revision: number;
					title?: string | null;
					state?: string | null;
					reason?: string | null;
					lead_agency?: string | null;
					profile?: string | null;
				};
				Returns: undefined;
			};
			changes_since: {
				Args: { document: string; since: string };
				Returns: {
					uid: string;
					provisions: Json;
					type: string;
					number: string;
					from_number: string;
					people: Json;
					began_at: string;
					ended_at: string;
					before: string;
					after: string;
				}[];
			};
			close_agency: { Args: { agency: string; successor?: string | null }; Returns: undefined };
			count_documents: {
				Args: { workspace: string };
				Returns: {
					total: number;
					mine: number;
					shared: number;
					drafting: number;
					consulting: number;
					appraisal: number;
					submitted: number;
					adopted: number;
					issued: number;
					trashed: number;
				}[];
			};
			delete_comment: { Args: { comment: string }; Returns: undefined };
			delete_document: { Args: { document: string; reason: string }; Returns: undefined };
			discard_job: { Args: { job: string }; Returns: undefined };
			document_people: {
				Args: { document: string; query?: string | null };
				Returns: { type: string; id: string; name: string; detail: string; colour: string; can_answer: boolean }[];
			};
			end_session: { Args: { session: string }; Returns: boolean };
			find_threads: { Args: { document: string; query: string }; Returns: string[] };
			hand_over_document: { Args: { document: string; agency: string }; Returns: undefined };
			invitation_preview: {
				Args: { token: string };
				Returns: {
					workspace_name: string;
					workspace_slug: string;
					agency_name: string;
					role: 'owner' | 'secretary' | 'member' | 'guest';
					is_head: boolean;
					email: string | null;
					invited_by: string | null;
					expires_at: string;
					state: 'open' | 'used' | 'revoked' | 'expired';
					joined: boolean;
					document_id: string | null;
					document_title: string | null;
					document_role: 'editor' | 'commenter' | 'viewer' | null;
				}[];
			};
			list_password_requests: { Args: never; Returns: { person_id: string; requested_at: string }[] };
			my_data: { Args: never; Returns: Json };
			my_sessions: { Args: never; Returns: { id: string; user_agent: string; signed_in_at: string; last_used_at: string }[] };
			offer_password_reset: { Args: { person: string; token_hash: string }; Returns: string };
			open_thread: { Args: { document: string; passages: string; body: string; assignee?: string | null }; Returns: string };
			place_thread: { Args: { thread: string; passages: string }; Returns: undefined };
			record_disconnection: { Args: { document: string }; Returns: undefined };
			request_export: { Args: { document: string; format: string }; Returns: string };
			retry_job: { Args: { job: string }; Returns: undefined };
			search_documents: {
				Args: { workspace: string; query: string };
				Returns: { document_id: string; in_title: boolean; snippet: string | null }[];
			};
			send_mail_again: { Args: { mail: string }; Returns: undefined };
			visit_document: { Args: { document: string; leaving?: boolean | null }; Returns: string };
		};
		Enums: { [_ in never]: never };
		CompositeTypes: { [_ in never]: never };
	};
};
