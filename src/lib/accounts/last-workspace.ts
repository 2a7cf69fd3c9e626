/** Cookie with the slug of the workspace that was open last: where `/` leads. */
export const LAST_WORKSPACE_COOKIE = 'plenum_workspace';
