import { NO_AGENCY_COLOUR } from '../ui/data/agency-colours.ts';
import type { PlaceRole } from './roles.ts';
import type { GuestWorkspace, MyWorkspace } from './workspaces.server.ts';

/** How a person stands in a workspace: in whose name they are there, and what its pages offer them. */
export interface WorkspaceStanding {
	place: {
		role: PlaceRole;
		isHead: boolean;
		/** null for a guest. */
		agencyId: string | null;
		/** For a guest whom they speak for, twice. */
		agencyName: string;
		agencyShortName: string;
		colour: string;
	};
	can: {
		/** Its library, people and settings; a guest sees only what they are invited to. */
		seeWorkspace: boolean;
		rename: boolean;
		readAudit: boolean;
		/** Open rooms, background work and mails. */
		watchRooms: boolean;
		invite: boolean;
		inviteAnyRole: boolean;
		addAgency: boolean;
		/** Let any agency lead a new document, not only their own. */
		chooseLead: boolean;
	};
}

/** The standing of the signed-in person in a workspace of theirs; for members it is what the database says. */
export function standingIn(here: MyWorkspace | GuestWorkspace): WorkspaceStanding {
	if ('organisation' in here) return guestOf(here.organisation);
	const { role, isHead, agencyId, agencyName, agencyShortName, colour } = here;
	return {
		place: { role, isHead, agencyId, agencyName, agencyShortName, colour },
		can: {
			seeWorkspace: true,
			rename: here.canRename,
			readAudit: here.canReadAudit,
			watchRooms: here.canWatchRooms,
			invite: here.canInvite,
			inviteAnyRole: here.canInviteAnyRole,
			addAgency: here.canAddAgency,
			chooseLead: here.canChooseLead
		}
	};
}

function guestOf(organisation: string): WorkspaceStanding {
	return {
		place: {
			role: 'guest',
			isHead: false,
			agencyId: null,
			agencyName: organisation,
			agencyShortName: organisation,
			colour: NO_AGENCY_COLOUR
		},
		can: {
			seeWorkspace: false,
			rename: false,
			readAudit: false,
			watchRooms: false,
			invite: false,
			inviteAnyRole: false,
			addAgency: false,
			chooseLead: false
		}
	};
}
