import { isUuid } from '$lib/base/ids.ts';

/** Of `[id=uuid]` in an address: what cannot be the id of a row names nothing, and nobody is asked. */
export const match = (param: string): boolean => isUuid(param);
